// SPDX-License-Identifier: GPL-2.0-or-later
// What a user has configured, for all indexes: config.toml. It names programs to run, so it is
// never read from an index directory, which may come from somebody else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tome/index.h"
#include "tome/result.h"

namespace tome::cli {

struct Config {
  std::vector<Filter> filters;
};

// Reads `file`; when that is empty $XDG_CONFIG_HOME/tome/config.toml (or ~/.config), which need not
// be there.
Result<Config> read_config(const std::string& file);

// Words of a command line: apart by blanks; '...' as it stands; in "..." and outside of quotes a
// backslash takes the next character as it stands. None when a quote is not closed.
std::optional<std::vector<std::string>> split_command(std::string_view line);

}  // namespace tome::cli
