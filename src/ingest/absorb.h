// SPDX-License-Identifier: GPL-2.0-or-later
// Absorption: a root that is named later and lies around others takes their place, so that no file
// is indexed twice.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/plan.h"
#include "store/packed_source.h"
#include "store/shelf_config.h"

namespace tome {

// A root that another took the place of; it is no longer in shelf.toml.
struct Absorbed {
  std::string root;   // its name
  std::string into;   // name of the outer root
  std::string place;  // where it is in the outer root
  bool file = false;  // it was a file
};

// Takes the roots inside of the root `outer` out of `config` and carries their excludes over,
// unless the outer root would not come to their files. One that keeps what is missing, or is
// missing itself, stays a root; its place is left out of the outer one, so that nothing is lost.
// `keep_missing`: of this run. Nothing to do when there is no such root any more.
std::vector<Absorbed> absorb_inner_roots(const std::filesystem::path& index,
                                         const std::string& outer, bool keep_missing,
                                         ShelfConfig& config);

// ID that the source at `path` of an absorbed root has in the outer root.
std::string absorbed_id(const Absorbed& root, std::string_view path);

// Removes the sources of absorbed roots: those that the outer root adds count as changed instead,
// those that it does not have count as removed.
void replace_absorbed(const std::vector<Absorbed>& absorbed, KnownSources before, UpdatePlan& plan);

}  // namespace tome
