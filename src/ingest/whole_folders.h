// SPDX-License-Identifier: GPL-2.0-or-later
// Folders that say of themselves what they are: work.yaml (front-matter keys), book.toml (mdBook).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ingest/wholes.h"
#include "tome/result.h"

namespace tome {

// Whether a file describes a whole rather than being a source: its name is work.yaml or book.toml.
bool is_whole_file(const std::string& path);

// Reads those files in the folders of `members` and above them, up to `base`. One that is not
// understood is reported in `warnings` and left out.
std::vector<WholeFolder> find_whole_folders(const std::filesystem::path& base,
                                            const std::vector<WholeMember>& members,
                                            std::vector<Error>& warnings);

}  // namespace tome
