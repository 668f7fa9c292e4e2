// SPDX-License-Identifier: GPL-2.0-or-later
// What `tome eval DIR` does, apart from reading its words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>
#include <string>

#include "tome/shards.h"
#include "tome/weights.h"

namespace tome {

struct EvalOptions {
  std::filesystem::path dir;           // the collection, see collection.h
  std::filesystem::path index;         // kept and used again; empty: temporary
  ShardOptions shards;                 // instead of `index`: what is there is asked, not indexed
  std::filesystem::path run_file;      // write the run here; empty: nowhere
  std::filesystem::path compare_file;  // compare with this run; empty: with none
  std::string qrels;                   // which judgements; empty: the usual ones
  bool books = false;
  bool as_typed = false;  // see SearchOptions::correct
  RankWeights weights;
  unsigned threads = 0;             // 0: as many as the machine has cores
  std::uint64_t limit_queries = 0;  // 0: all
};

// Measures to `out`; what was indexed, notes, errors and the timing to `err`. Exit status: 0, 1
// when it failed, 2 when the words of the call are off.
int eval_command(const EvalOptions& options, std::ostream& out, std::ostream& err);

}  // namespace tome
