// SPDX-License-Identifier: GPL-2.0-or-later
// A spread index: one tree of files over several shards, each a whole index below the directory
// that lists them. What is planned is planned of all at once, so that wholes, moves and losses are
// those of one index; then each shard takes its part.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "ingest/plan.h"
#include "ingest/publication.h"
#include "store/files.h"
#include "store/shelf_config.h"

namespace tome {

// Which of `shards` holds a source, by a hash of its ID and so of its root and path.
unsigned shard_of_source(std::string_view source, unsigned shards);

// kUsage for a part of a spread index, which is brought up to date from its whole, and for a
// directory that lists shards elsewhere and not itself: nobody would ask what it holds.
Status refuse_part(const std::filesystem::path& index, const ShelfConfig& config);

// Takes up what IndexOptions::shards wishes for an index that is made now; kUsage when the index is
// there already and is spread in another way.
Status set_spread(const std::filesystem::path& index, const IndexOptions& options, bool fresh,
                  ShelfConfig& config);

// What the shards hold now, each and all together; the locks of all.
struct SpreadBefore {
  std::vector<WriterLock> locks;
  std::vector<Before> parts;
  Before all;
};

// Makes the folders of the shards and their shelf.toml. REQUIRES: the lock of the index is held.
Result<SpreadBefore> open_spread(const std::filesystem::path& index, const ShelfConfig& config,
                                 const IndexOptions& options);

// As carry_out(), with each part of the plan in its shard. REQUIRES: the same.
Result<IndexReport> carry_out_spread(const std::filesystem::path& index, const ShelfConfig& config,
                                     UpdatePlan plan, const std::vector<Before>& parts,
                                     const IndexOptions& options);

}  // namespace tome
