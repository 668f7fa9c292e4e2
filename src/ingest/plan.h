// SPDX-License-Identifier: GPL-2.0-or-later
// What an update has to do: the files of the roots held against the sources of the index.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ingest/pipeline.h"
#include "store/packed_source.h"
#include "store/shelf_config.h"
#include "tome/index.h"

namespace tome {

struct UpdatePlan {
  std::vector<SourceJob> jobs;        // new and changed sources, by root, then path
  std::set<std::string> removed;      // IDs of sources that are gone or are replaced by a job
  std::vector<PackedSource> touched;  // unchanged but for their time, which is new here
  bool moved = false;                 // records of touched sources must be written
  std::set<std::string> found;  // "root/path" of files there, of roots that keep what is missing
  IndexReport report;           // added, changed, removed, unchanged, kept, skipped filled in
  std::vector<std::string>
      empty_roots;  // roots that are missing or suddenly empty, with the reason
};

// What of a root is to be brought up to date. At most one scope a root.
struct Scope {
  Root root;
  std::vector<std::string> parts;  // relative to the root, none in another; empty: all of it
};

// `before`: sources that the index holds now, by root, then path (none for a rebuild). Reads only
// what it must: the heads of new files, and files of another time and the same size to compare
// digests.
Result<UpdatePlan> plan_update(const std::filesystem::path& index, const std::vector<Scope>& scopes,
                               KnownSources before, const IndexOptions& options);

}  // namespace tome
