// SPDX-License-Identifier: GPL-2.0-or-later
// Evaluating: a collection is indexed and every query asked, on the path that `tome search` and
// `tome books` take, so that what is measured is what a reader gets.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "eval/collection.h"
#include "eval/collection_index.h"
#include "eval/run.h"
#include "tome/result.h"
#include "tome/search.h"

namespace tome {

struct EvaluateOptions {
  std::filesystem::path index;  // empty: a temporary one, removed afterwards
  // Shards that hold the collection: named here, or listed by `index`. They are asked as they are,
  // and all of them must answer.
  ShardOptions shards;
  bool as_typed = false;  // words that the shelf does not have are not corrected
  bool books = false;     // documents are books, ranked by Shelf::books()
  unsigned threads = 0;   // 0: as many as the machine has cores
  RankWeights weights;
  std::uint64_t limit_queries = 0;  // ask only so many, spread evenly over all; 0: all
};

struct Evaluated {
  CollectionIndex index;
  std::vector<std::string> queries;          // asked ones, in file order
  Run run;                                   // queries without an answer are not in it
  std::vector<double> milliseconds;          // of each query, all pages of its answer together
  std::map<std::string, std::size_t> notes;  // what the answers said beside results: how often
};

Result<Evaluated> evaluate(const Collection& collection, const EvaluateOptions& options);

inline constexpr std::size_t kRunDepth = 100;  // distinct documents wanted of each query

// Paths of the documents of one page of results, best first; `more` false when none can follow.
struct DocumentPage {
  struct Hit {
    std::string path;
    double score = 0;
  };
  std::vector<Hit> hits;
  std::uint64_t results = 0;  // passages or books on the page: how far to page on
  bool more = false;
};

// Asks page after page until kRunDepth distinct documents came; a document stands where its best
// passage does. Scores are made to fall strictly: where the product's are equal, or a later stage
// hands on another scale, the score becomes the next smaller float, so that every tool that sorts
// the run by score sees the order that the product showed.
Result<Ranking> rank_documents(
    const std::function<Result<DocumentPage>(std::uint64_t offset)>& page);

}  // namespace tome
