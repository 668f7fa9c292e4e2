// SPDX-License-Identifier: GPL-2.0-or-later
// An update of parts of roots, for a caller that knows what has changed. The rest of updating is
// public: tome/index.h.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tome/index.h"

namespace tome {

// Root name -> paths relative to it; an empty one is the whole root.
using Parts = std::map<std::string, std::vector<std::string>>;

// As update_index() with the paths of these parts, but no root is added, absorbed or configured
// anew: parts of roots that the shelf no longer has are passed over. What the roots exclude stays
// so.
Result<IndexReport> update_parts(const std::filesystem::path& index, const Parts& parts,
                                 const IndexOptions& options);

}  // namespace tome
