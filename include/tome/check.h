// SPDX-License-Identifier: GPL-2.0-or-later
// Checking an index against what was written, and falling back to a generation that is whole.
//
// Safe to call from any thread and process. check_index() takes no lock and changes nothing;
// repair_index() holds the writer's lock for its whole run. Neither prints.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tome/result.h"

namespace tome {

struct CheckOptions {
  // A program and its arguments that calls check_segment_into(folder, 1) with the folder that is
  // added as the last argument: Xapian may crash on damaged files, and is to crash there alone.
  // Empty: what stands in a segment is checked in this process, where its files are what was
  // written.
  std::vector<std::string> checker;
  // How long that may take for each segment, and as much again for each 64 MB of it.
  std::chrono::milliseconds patience{60000};
};

struct CheckReport {
  std::uint64_t generation = 0;  // in force; 0: not known
  std::uint64_t fallback = 0;    // the newest other generation that is whole; 0: there is none
  // Of the generation in force, as far as they could be read.
  std::uint64_t segments = 0, files = 0, bytes = 0;
  std::uint64_t passages = 0, sources = 0, work_records = 0, words = 0;
  std::vector<Error> problems;  // by file, each with what to do; none: the index is sound
  std::vector<Error> notices;   // no damage to what answers: missing roots, a damaged spare
};

// Reads all that the generation in force consists of, and shelf.toml. kNotFound when there is no
// index or nothing in it; damage is no error but a problem in the report.
Result<CheckReport> check_index(const std::filesystem::path& index, const CheckOptions& options);

// What the checker does, for one segment: writes what it finds to descriptor `out`; false when that
// fails.
bool check_segment_into(const std::filesystem::path& folder, int out);

struct RepairOptions {
  CheckOptions check;
  std::chrono::milliseconds patience{10000};  // wait for the lock
};

struct RepairReport {
  bool repaired = false;         // false: there was nothing to repair
  std::uint64_t damaged = 0;     // the generation that was in force; 0: not known
  std::uint64_t taken = 0;       // the one whose content is in force now
  std::uint64_t generation = 0;  // in force now
  std::uint64_t passages = 0;
  std::uint64_t dropped = 0;    // damaged generations that were not in force and are gone now
  std::vector<Error> problems;  // what was wrong
};

// Puts the newest generation that is whole in force when the one that is in force is not. Reads
// nothing of the damaged one but to check it. kDamaged when no generation is whole.
Result<RepairReport> repair_index(const std::filesystem::path& index, const RepairOptions& options);

}  // namespace tome
