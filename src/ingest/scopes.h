// SPDX-License-Identifier: GPL-2.0-or-later
// Scopes: which roots, or parts of roots, the paths that a person names stand for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/absorb.h"
#include "ingest/plan.h"
#include "store/shelf_config.h"
#include "tome/index.h"
#include "tome/result.h"

namespace tome {

// The root of that name; null when none.
const Root* find_root(const ShelfConfig& config, std::string_view name);

// Absolute, without symbolic links as far as it exists, without a / at the end.
std::filesystem::path clean_path(const std::filesystem::path& path);

// `path` relative to `root` when it is the root (then empty) or below it.
std::optional<std::string> relative_to(const std::filesystem::path& path,
                                       const std::filesystem::path& root);

// Parts that lie in another are left out; the whole root, "", takes all others (then none is left).
std::vector<std::string> outermost(std::vector<std::string> parts);

struct Scopes {
  std::vector<Scope> list;  // at most one a root
  std::vector<Absorbed> absorbed;
};

// All roots for no paths. New roots and the options that are remembered go into `config`; a path
// that `tome remove` excluded is taken back by naming it; a root that is named absorbs those
// inside.
Result<Scopes> scopes_of(const std::filesystem::path& index,
                         const std::vector<std::filesystem::path>& paths,
                         const IndexOptions& options, ShelfConfig& config);

// What is said of a path that was named and does not exist.
Error no_such_path(const std::filesystem::path& path);

}  // namespace tome
