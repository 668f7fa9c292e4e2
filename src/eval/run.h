// SPDX-License-Identifier: GPL-2.0-or-later
// Run: what was answered to each query, in TREC's form "query Q0 document rank score tag".
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tome/result.h"

namespace tome {

struct RunEntry {
  std::string document;
  float score = 0;  // single precision, as trec_eval holds it: what is equal there is equal here
};

using Ranking = std::vector<RunEntry>;  // of one query, best first

using Run = std::map<std::string, Ranking>;  // by query

// Sorts as trec_eval does, which heeds the scores and not the ranks: by falling score, documents of
// equal score by falling ID (bytes).
void sort_ranking(Ranking& ranking);

// Reads a run; each ranking comes sorted. Errors name the line.
Result<Run> read_run(const std::filesystem::path& file);

// Writes a run atomically; scores with the 9 digits that give the same float back. kUnsupported
// when an ID holds white space, which the form cannot carry.
Status write_run(const std::filesystem::path& file, const Run& run, const std::string& tag);

}  // namespace tome
