// SPDX-License-Identifier: GPL-2.0-or-later
// What a rebuild takes over from the index it replaces, and what would be lost with it.
#pragma once

#include <filesystem>
#include <vector>

#include "ingest/plan.h"
#include "store/reader.h"
#include "store/shelf_config.h"

namespace tome {

// Adds to `plan` the `sources` (of `old`) of roots that keep what is missing and are not planned.
void carry_over(const Reader& old, KnownSources sources, const ShelfConfig& config,
                UpdatePlan& plan);

// Counts in `plan` what is neither planned nor carried over, and names the roots that have nothing
// left. What came of roots that shelf.toml no longer has is no loss.
void note_losses(KnownSources sources, const ShelfConfig& config, UpdatePlan& plan);

// When the old index cannot be read: says of each root that keeps what is missing that nothing of
// it is carried over; one that is missing altogether counts as lost.
void note_unknown(const std::filesystem::path& index, const ShelfConfig& config, UpdatePlan& plan);

}  // namespace tome
