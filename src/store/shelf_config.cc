// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/shelf_config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <optional>
#include <set>
#include <sstream>

#include "store/files.h"
#include "text/text.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kHead =
    "# What this tome index is made from. `tome index FOLDER` adds a root, `tome remove` takes "
    "one\n"
    "# off, `tome rebuild` makes the index anew from this file alone.\n\n";

Error not_understood(const fs::path& path, std::string_view why, std::uint32_t line) {
  return Error{Code::kUsage,
               line == 0 ? fmt::format("shelf.toml is not understood: {}", why)
                         : fmt::format("shelf.toml is not understood, line {}: {}", line, why),
               "mend that file, or remove it and name the folders again: tome index FOLDER",
               path.string()};
}

// The addresses in a string or a list of strings.
Status read_addresses(const fs::path& path, const toml::node& node, ShardPlaces& places) {
  const auto line = node.source().begin.line;
  const auto add = [&](const toml::node& item) -> Status {
    const std::optional<std::string> text = item.value<std::string>();
    if (!item.is_string() || !text) return not_understood(path, "an address is in quotes", line);
    Result<ShardAddress> address = parse_shard_address(*text);
    if (!address) return not_understood(path, address.error().message, line);
    places.replicas.push_back(std::move(address).value());
    return Ok{};
  };
  if (!node.is_array()) return add(node);
  for (const toml::node& item : *node.as_array()) {
    if (Status status = add(item); !status) return status;
  }
  return Ok{};
}

// [[shard]] with address and replicas, or shards = [...]; spread and part.
Status read_shards(const fs::path& path, const toml::table& table, ShelfConfig& config) {
  const auto number = [&](const char* name, std::int64_t most, unsigned& out) -> Status {
    const toml::node* node = table.get(name);
    if (node == nullptr) return Ok{};
    const std::optional<std::int64_t> value = node->value<std::int64_t>();
    if (!node->is_integer() || !value || *value < 1 || *value > most) {
      return not_understood(path, fmt::format("{} is a number from 1 to {}", name, most),
                            node->source().begin.line);
    }
    out = static_cast<unsigned>(*value);
    return Ok{};
  };
  if (Status status = number("spread", kMostShards, config.spread); !status) return status;
  if (Status status = number("part_of", kMostShards, config.part.of); !status) return status;
  if (config.part.of > 0) {
    unsigned place = 0;
    if (Status status = number("part", config.part.of, place); !status) return status;
    if (place == 0) return not_understood(path, "part_of needs part", 0);
    config.part.number = place - 1;
  }
  if (const toml::node* list = table.get("shards")) {
    if (!list->is_array()) {
      return not_understood(path, "shards is a list of addresses", list->source().begin.line);
    }
    for (const toml::node& item : *list->as_array()) {  // an inner list: replicas of one shard
      ShardPlaces& places = config.shards.emplace_back();
      if (Status status = read_addresses(path, item, places); !status) return status;
      if (places.replicas.empty()) {
        return not_understood(path, "a shard needs an address", item.source().begin.line);
      }
    }
  }
  if (const toml::node* list = table.get("shard")) {
    if (!list->is_array_of_tables()) {
      return not_understood(path, "shard must be written as [[shard]]", list->source().begin.line);
    }
    for (const toml::node& node : *list->as_array()) {
      const toml::table& item = *node.as_table();
      const toml::node* address = item.get("address");
      if (address == nullptr || !address->is_string()) {
        return not_understood(path, "a shard needs an address", node.source().begin.line);
      }
      ShardPlaces& places = config.shards.emplace_back();
      if (Status status = read_addresses(path, *address, places); !status) return status;
      if (const toml::node* replicas = item.get("replicas")) {
        if (Status status = read_addresses(path, *replicas, places); !status) return status;
      }
    }
  }
  if (config.shards.size() > kMostShards) {
    return not_understood(path, fmt::format("there are more than {} shards", kMostShards), 0);
  }
  if (Status status = check_distinct(config.shards); !status) {
    return not_understood(path, status.error().message + ": " + status.error().path, 0);
  }
  return Ok{};
}

}  // namespace

fs::path shelf_config_path(const fs::path& index) { return index / "shelf.toml"; }

Result<ShelfConfig> read_shelf_config(const fs::path& index) {
  const fs::path path = shelf_config_path(index);
  Result<std::string> text = read_file(path, 16u << 20);
  if (!text) return text.error();
  ShelfConfig config;
  try {
    const toml::table table = toml::parse(std::string_view(*text));
    if (Status status = read_shards(path, table, config); !status) return status.error();
    const toml::node* roots = table.get("root");
    if (roots == nullptr) return config;
    if (!roots->is_array_of_tables()) {
      return not_understood(path, "root must be written as [[root]]", roots->source().begin.line);
    }
    std::set<std::string> names;
    for (const toml::node& node : *roots->as_array()) {
      const toml::table& item = *node.as_table();
      Root root;
      root.name = item["name"].value_or(std::string());
      root.path = item["path"].value_or(std::string());
      root.keep_missing = item["keep_missing"].value_or(false);
      if (item.contains("keep_missing") && !item["keep_missing"].is_boolean()) {
        return not_understood(path, "keep_missing is true or false", node.source().begin.line);
      }
      if (item.contains("exclude")) {
        const toml::array* excludes = item["exclude"].as_array();
        if (excludes == nullptr ||
            (!excludes->empty() && !excludes->is_homogeneous<std::string>())) {
          return not_understood(path, "exclude is a list of patterns, each in quotes",
                                node.source().begin.line);
        }
        for (const toml::node& exclude : *excludes) {
          root.excludes.push_back(exclude.value_or(std::string()));
        }
      }
      if (item.contains("maps")) {
        const toml::table* maps = item["maps"].as_table();
        if (maps == nullptr || (!maps->empty() && !maps->is_homogeneous<std::string>())) {
          return not_understood(path, "maps says which column holds what: { title = 'Name' }",
                                node.source().begin.line);
        }
        for (const auto& [field, column] : *maps) {
          root.maps[std::string(field.str())] = column.value_or(std::string());
        }
      }
      if (root.name.empty() || root.path.empty()) {
        return not_understood(path, "a root needs a name and a path", node.source().begin.line);
      }
      if (!names.insert(root.name).second) {
        return not_understood(path, "two roots have one name", node.source().begin.line);
      }
      config.roots.push_back(std::move(root));
    }
  } catch (const toml::parse_error& error) {
    return not_understood(path, error.description(), error.source().begin.line);
  }
  return config;
}

Status write_shelf_config(const fs::path& index, const ShelfConfig& config) {
  std::ostringstream out;
  out << kHead;
  if (config.spread > 0) out << "spread = " << config.spread << "\n\n";
  if (config.part.of > 0) {
    out << "part = " << config.part.number + 1 << "\npart_of = " << config.part.of << "\n\n";
  }
  for (const ShardPlaces& places : config.shards) {
    if (places.replicas.empty()) continue;
    toml::table item{{"address", to_string(places.replicas.front())}};
    toml::array replicas;
    for (std::size_t i = 1; i < places.replicas.size(); ++i) {
      replicas.push_back(to_string(places.replicas[i]));
    }
    if (!replicas.empty()) item.insert("replicas", std::move(replicas));
    out << "[[shard]]\n" << item << "\n\n";
  }
  for (const Root& root : config.roots) {
    // TOML is UTF-8; a name that is not would make the whole file unreadable.
    std::vector<std::string> texts = root.excludes;
    texts.insert(texts.end(), {root.name, root.path});
    for (const auto& [field, column] : root.maps) texts.push_back(column);
    for (const std::string& text : texts) {
      std::string copy = text;
      if (repair_utf8(copy) > 0) {
        return Error{Code::kUsage,
                     "the names of roots, of columns and what they exclude must be UTF-8",
                     "rename that folder", text};
      }
    }
    toml::table item{{"name", root.name}, {"path", root.path}};
    if (!root.excludes.empty()) {
      toml::array excludes;
      for (const std::string& exclude : root.excludes) excludes.push_back(exclude);
      item.insert("exclude", std::move(excludes));
    }
    if (root.keep_missing) item.insert("keep_missing", true);
    if (!root.maps.empty()) {
      toml::table maps;
      for (const auto& [field, column] : root.maps) maps.insert(field, column);
      maps.is_inline(true);
      item.insert("maps", std::move(maps));
    }
    out << "[[root]]\n" << item << "\n\n";
  }
  std::string text = out.str();
  text.pop_back();
  return write_file_atomically(shelf_config_path(index), text);
}

fs::path shard_folder(const fs::path& index, unsigned number) {
  return index / "shards" / std::to_string(number);
}

std::vector<ShardPlaces> shards_of(const fs::path& index, const ShelfConfig& config) {
  std::vector<ShardPlaces> shards = config.shards;
  for (ShardPlaces& places : shards) {
    for (ShardAddress& address : places.replicas) {
      if (address.kind == ShardAddress::Kind::kLocal) address.path = index / address.path;
    }
  }
  return shards;
}

Error no_index(const fs::path& index) {
  std::error_code code;
  [[maybe_unused]] const bool there = fs::exists(shelf_config_path(index), code);
  if (is_denial(code.value())) return system_error("open", shelf_config_path(index), code.value());
  return Error{Code::kNotFound, "there is no index yet", "make one: tome index FOLDER",
               index.string()};
}

fs::path root_path(const fs::path& index, const Root& root) {
  std::error_code code;
  const fs::path absolute = fs::absolute(index / root.path, code);
  fs::path clean = fs::weakly_canonical(absolute, code);
  if (code) clean = absolute.lexically_normal();
  return clean;
}

}  // namespace tome
