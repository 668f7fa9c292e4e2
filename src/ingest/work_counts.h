// SPDX-License-Identifier: GPL-2.0-or-later
// How many works and books a generation has. They are known only when the records of all sources
// are joined, so they are kept, in index/counts, for the run that finds nothing changed. That file
// is no part of the index: without it, or when it speaks of another generation, they are counted.
#pragma once

#include <cstdint>
#include <filesystem>

#include "tome/result.h"

namespace tome {

struct WorkCounts {
  std::uint64_t works = 0;
  std::uint64_t books = 0;
};

// Of `generation`, which is in force. REQUIRES: the writer lock is held.
Result<WorkCounts> works_on_shelf(const std::filesystem::path& index, std::uint64_t generation);

}  // namespace tome
