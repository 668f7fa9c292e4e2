// SPDX-License-Identifier: GPL-2.0-or-later
// Publication: what a plan says becomes the next generation of an index.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "ingest/plan.h"
#include "store/generation.h"
#include "store/reader.h"
#include "tome/index.h"

namespace tome {

// What the index holds now; nothing for a rebuild or a new index.
struct Before {
  Manifest manifest;
  std::optional<Reader> reader;
  std::vector<PackedSource> sources;  // by root, then path
};

// Fails with kUnsupported when another version of the analyser made it.
Result<Before> open_before(const std::filesystem::path& index);

// Builds the plan's jobs, edits the segments that they replace something in, publishes, and says
// what is on the shelf then; leaves nothing behind when it fails. REQUIRES: the writer lock is
// held.
Result<IndexReport> carry_out(const std::filesystem::path& index, UpdatePlan plan,
                              const Before& before, const IndexOptions& options);

}  // namespace tome
