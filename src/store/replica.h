// SPDX-License-Identifier: GPL-2.0-or-later
// The mark of a replica: `replica = true` in its shelf.toml, and no roots.
#pragma once

#include <filesystem>

#include "tome/result.h"

namespace tome {

// Whether generations are copied to `index` from elsewhere. False when there is no shelf.toml;
// errors as read_shelf_config().
Result<bool> is_replica(const std::filesystem::path& index);

// Writes a shelf.toml that says so.
Status write_replica_config(const std::filesystem::path& index);

}  // namespace tome
