// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/scopes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "extract/row_fields.h"
#include "ingest/calibre.h"
#include "ingest/ignore.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

std::string unique_name(const ShelfConfig& config, const fs::path& path) {
  std::string base = path.filename().string();
  if (base.empty()) base = "root";
  std::string name = base;
  for (int n = 2; find_root(config, name) != nullptr; ++n) name = fmt::format("{}-{}", base, n);
  return name;
}

void remember(const IndexOptions& options, Root& root) {
  if (options.keep_missing) root.keep_missing = true;
  for (const auto& [field, column] : options.maps) root.maps[field] = column;
  for (const std::string& exclude : options.excludes) {
    if (std::find(root.excludes.begin(), root.excludes.end(), exclude) == root.excludes.end()) {
      root.excludes.push_back(exclude);
    }
  }
}

// The roots that were named themselves, outer ones first.
std::vector<std::string> named_whole(const fs::path& index, const ShelfConfig& config,
                                     const std::map<std::string, std::vector<std::string>>& parts) {
  std::vector<std::pair<std::size_t, std::string>> order;  // length of the path, name
  for (const auto& [name, list] : parts) {
    if (std::find(list.begin(), list.end(), "") == list.end()) continue;
    order.emplace_back(root_path(index, *find_root(config, name)).string().size(), name);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::string> names;
  names.reserve(order.size());
  for (auto& [length, name] : order) names.push_back(std::move(name));
  return names;
}

}  // namespace

const Root* find_root(const ShelfConfig& config, std::string_view name) {
  const auto found = std::find_if(config.roots.begin(), config.roots.end(),
                                  [&](const Root& root) { return root.name == name; });
  return found == config.roots.end() ? nullptr : &*found;
}

fs::path clean_path(const fs::path& path) {
  std::error_code code;
  const fs::path clean = fs::weakly_canonical(fs::absolute(path, code), code);
  return clean.has_filename() ? clean : clean.parent_path();
}

std::optional<std::string> relative_to(const fs::path& path, const fs::path& root) {
  if (path == root) return std::string();
  const std::string base = root.string() == "/" ? "/" : root.string() + "/";
  if (!path.string().starts_with(base)) return std::nullopt;
  return path.string().substr(base.size());
}

std::vector<std::string> outermost(std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  std::vector<std::string> out;
  for (const std::string& part : parts) {
    if (part.empty()) return {};
    const bool covered = std::any_of(out.begin(), out.end(), [&](const std::string& other) {
      return relative_to(part, other).has_value();
    });
    if (!covered) out.push_back(part);
  }
  return out;
}

Error no_such_path(const fs::path& path) {
  return Error{Code::kNotFound, "there is no such file or folder", "check the spelling",
               path.string()};
}

Result<Scopes> scopes_of(const fs::path& index, const std::vector<fs::path>& paths,
                         const IndexOptions& options, ShelfConfig& config) {
  for (const auto& [field, column] : options.maps) {
    if (is_mappable(field) && !column.empty()) continue;
    return Error{Code::kUsage, fmt::format("--map does not know the field {}", field),
                 "write FIELD=COLUMN; the fields are: " + mappable_fields(), ""};
  }
  std::map<std::string, std::vector<std::string>> parts;  // root -> what was named of it
  if (paths.empty()) {
    for (const Root& root : config.roots) parts[root.name] = {""};
  }
  for (const fs::path& given : paths) {
    const fs::path path = clean_path(given);
    std::size_t home = config.roots.size();
    std::string part;
    for (std::size_t i = 0; i < config.roots.size(); ++i) {  // the deepest root it is in
      const auto inside = relative_to(path, root_path(index, config.roots[i]));
      if (!inside || (home < config.roots.size() && inside->size() >= part.size())) continue;
      home = i;
      part = *inside;
    }
    if (home == config.roots.size()) {
      std::error_code code;
      if (!fs::exists(path, code)) return no_such_path(given);
      config.roots.push_back({unique_name(config, path), path.string(), {}, false, {}});
    }
    std::erase(config.roots[home].excludes, Ignore::pattern_for(part));
    const fs::path base = root_path(index, config.roots[home]);
    parts[config.roots[home].name].push_back(with_calibre_folder(base, part));
  }
  Scopes scopes;
  for (Root& root : config.roots) {
    if (parts.contains(root.name)) remember(options, root);
  }
  if (!paths.empty()) {
    for (const std::string& name : named_whole(index, config, parts)) {
      for (Absorbed& inner : absorb_inner_roots(index, name, options.keep_missing, config)) {
        scopes.absorbed.push_back(std::move(inner));
      }
    }
  }
  for (const Root& root : config.roots) {
    const auto named = parts.find(root.name);
    if (named != parts.end()) scopes.list.push_back({root, outermost(std::move(named->second))});
  }
  return scopes;
}

}  // namespace tome
