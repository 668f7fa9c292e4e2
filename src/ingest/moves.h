// SPDX-License-Identifier: GPL-2.0-or-later
// Moves: files that were renamed, or put into another folder or root, since they were indexed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "ingest/absorb.h"
#include "ingest/plan.h"
#include "ingest/publication.h"
#include "store/shelf_config.h"

namespace tome {

// Finds the plan's new files that have the bytes of a source that vanishes, and counts them as
// moved, neither added nor removed. What the index holds of them is carried over
// (SourceJob::recall) where nothing of it came from the name or from what the file was a chapter
// of. So it is with what `absorbed` roots held, which is counted by replace_absorbed() already.
// Reads only new files whose size is that of a source that vanishes. `before` must outlive the
// jobs.
void find_moves(const std::filesystem::path& index, const ShelfConfig& config,
                const std::vector<Absorbed>& absorbed, const Before& before, UpdatePlan& plan);

// How many of `sources` that the plan (of a rebuild) does not have are there under another name: no
// losses.
std::uint64_t count_moves(const std::filesystem::path& index, const ShelfConfig& config,
                          KnownSources sources, const UpdatePlan& plan);

}  // namespace tome
