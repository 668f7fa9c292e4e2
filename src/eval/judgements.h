// SPDX-License-Identifier: GPL-2.0-or-later
// Judgements: which documents answer which query, and how well. Plain values.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "tome/result.h"

namespace tome {

// Document -> grade; 1 and above is relevant. Negative grades count as not judged, as in trec_eval.
using Grades = std::map<std::string, int>;

// Query -> its grades.
using Judgements = std::map<std::string, Grades>;

// Reads qrels: "query <tab> document <tab> grade" with or without a header line (BEIR), or
// "query iteration document grade" apart by white space (TREC). Errors name the line.
Result<Judgements> read_judgements(const std::filesystem::path& file);

}  // namespace tome
