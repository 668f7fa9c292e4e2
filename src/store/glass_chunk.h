// SPDX-License-Identifier: GPL-2.0-or-later
// A chunk's database written without Xapian: postings in an inverter until the end, data as it
// comes, each table in one go.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "store/chunk_database.h"

namespace tome {

// Takes the place of the empty database in `folder`, of which `version` is the version file, of a
// known format.
Result<std::unique_ptr<ChunkDatabase>> create_glass_chunk(const std::filesystem::path& folder,
                                                          std::string version);

}  // namespace tome
