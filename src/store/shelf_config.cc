// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/shelf_config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

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

}  // namespace

fs::path shelf_config_path(const fs::path& index) { return index / "shelf.toml"; }

Result<ShelfConfig> read_shelf_config(const fs::path& index) {
  const fs::path path = shelf_config_path(index);
  Result<std::string> text = read_file(path, 16u << 20);
  if (!text) return text.error();
  ShelfConfig config;
  try {
    const toml::table table = toml::parse(std::string_view(*text));
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
