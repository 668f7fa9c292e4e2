// SPDX-License-Identifier: GPL-2.0-or-later
// tome-all: every command. `tome` (asking/main.cc) becomes it for those that do more than ask.
#include "cli/run.h"

int main(int argc, char** argv) {
  using namespace tome::cli;
  return run({argv + 1, argv + argc},
             {add_search_commands, add_index_commands, add_watch_command, add_shelf_commands,
              add_check_commands, add_copy_commands, add_export_command, add_eval_command,
              add_mcp_command, add_serve_command, add_shard_commands});
}
