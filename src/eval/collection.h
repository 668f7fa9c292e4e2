// SPDX-License-Identifier: GPL-2.0-or-later
// Collection: questions, the documents to ask, and which documents answer which question. For
// measuring only. A plain value.
//
//   BEIR   corpus.jsonl  queries.jsonl  qrels/*.tsv
//   TREC   corpus.jsonl  topics*, *.topics (<top><num><title>)  qrels*, *.qrels
//
// The two may be mixed: BEIR's file of a kind wins over TREC's.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "eval/judgements.h"
#include "tome/result.h"

namespace tome {

struct CollectionQuery {
  std::string id;
  std::string text;
};

struct Collection {
  std::filesystem::path dir;
  std::filesystem::path corpus;          // see Corpus
  std::filesystem::path qrels;           // the file that was read
  std::vector<CollectionQuery> queries;  // judged ones only, in file order
  Judgements judgements;                 // of these queries
};

// Reads all but the documents. `qrels` names the file of judgements: a path, or a name in qrels/ or
// in the folder, its ending optional; empty: qrels/test.tsv, else the only one there is.
Result<Collection> read_collection(const std::filesystem::path& dir, const std::string& qrels = "");

// queries.jsonl: objects with "_id" and "text".
Result<std::vector<CollectionQuery>> read_queries(const std::filesystem::path& file);

// TREC topics: the number and the title of each <top>.
Result<std::vector<CollectionQuery>> read_topics(const std::filesystem::path& file);

}  // namespace tome
