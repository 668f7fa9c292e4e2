// SPDX-License-Identifier: GPL-2.0-or-later
// shelf.toml: what an index is made from (decision 11). Written atomically, outside the
// generations; never holds commands.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "store/shard_address.h"
#include "tome/result.h"

namespace tome {

struct Root {
  std::string name;  // unique on the shelf; part of every source's and passage's ID
  std::string path;  // as written: absolute, or relative to the index directory
  std::vector<std::string> excludes;  // as in .gitignore
  bool keep_missing = false;
  std::map<std::string, std::string> maps = {};  // field -> column of catalogues that holds it
  friend bool operator==(const Root&, const Root&) = default;
};

// Which part of a spread index this one is: of the sources whose hash falls on it.
struct Part {
  unsigned number = 0;  // from 0
  unsigned of = 0;      // 0: no part, a whole index
  friend bool operator==(const Part&, const Part&) = default;
};

struct ShelfConfig {
  std::vector<Root> roots;
  std::vector<ShardPlaces> shards = {};  // that are asked; none: the index itself
  unsigned spread =
      0;  // `tome index` spreads the sources over so many, see shard_folder(); 0: none
  Part part = {};
  friend bool operator==(const ShelfConfig&, const ShelfConfig&) = default;
};

std::filesystem::path shelf_config_path(const std::filesystem::path& index);

// kNotFound when there is no shelf.toml; kUsage naming the line when it is not understood.
Result<ShelfConfig> read_shelf_config(const std::filesystem::path& index);

Status write_shelf_config(const std::filesystem::path& index, const ShelfConfig& config);

// Where the index of a shard of a spread index is: INDEX/shards/3.
std::filesystem::path shard_folder(const std::filesystem::path& index, unsigned number);

inline constexpr unsigned kMostShards = 256;

// The shards that `config` lists, local ones found from the index directory.
std::vector<ShardPlaces> shards_of(const std::filesystem::path& index, const ShelfConfig& config);

// Why `index` is none: there is none yet, or it may not be read.
Error no_index(const std::filesystem::path& index);

// Where a root is, absolute and without "..".
std::filesystem::path root_path(const std::filesystem::path& index, const Root& root);

}  // namespace tome
