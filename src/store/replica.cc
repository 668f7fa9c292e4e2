// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/replica.h"

#include <toml++/toml.h>

#include "store/files.h"
#include "store/shelf_config.h"

namespace tome {
namespace {

constexpr std::string_view kText =
    "# A replica: `tome push` or `tome pull` copies whole generations here. Nothing is indexed "
    "here;\n# with roots of its own it would be a replica no more.\n\nreplica = true\n";

}  // namespace

Result<bool> is_replica(const std::filesystem::path& index) {
  const Result<std::string> text = read_file(shelf_config_path(index), 16u << 20);
  if (!text && text.error().code == Code::kNotFound) return false;
  if (!text) return text.error();
  const Result<ShelfConfig> config = read_shelf_config(index);
  if (!config) return config.error();
  return config->roots.empty() && toml::parse(std::string_view(*text))["replica"].value_or(false);
}

Status write_replica_config(const std::filesystem::path& index) {
  return write_file_atomically(shelf_config_path(index), kText);
}

}  // namespace tome
