// SPDX-License-Identifier: GPL-2.0-or-later
// Place: where an index is that is copied to or from, and how to get there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"

namespace tome {

struct Place {
  std::string host;  // "user@machine", "[::1]"; empty: this machine
  std::string path;  // of the index
};

// Reads HOST, HOST:PATH, or a local path. kUsage for what might be read as an option, as an rsync
// module, or by a shell.
Result<Place> parse_place(std::string_view text);

// The words of "ssh -p 2222"; no quotes.
Result<std::vector<std::string>> parse_ssh(std::string_view text);

// A program's name or path, which the other machine's shell sees; kUsage for more than that.
Status check_remote_program(std::string_view name);

// As rsync takes it, with `below` added: "HOST:PATH/below".
std::string rsync_name(const Place& place, std::string_view below);

}  // namespace tome
