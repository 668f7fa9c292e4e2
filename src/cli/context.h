// SPDX-License-Identifier: GPL-2.0-or-later
// What every subcommand shares: where the index is, how to print, what to return.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "present/terminal.h"
#include "tome/result.h"
#include "tome/shards.h"

namespace tome::cli {

enum Exit {
  kFound = 0,
  kNothingFound = 1,
  kUsage = 2,
  kIndexTrouble = 3,     // missing, locked, damaged; or the output could not be written
  kSomeFilesFailed = 4,  // the rest was indexed
};

struct Context {
  std::vector<std::string> indexes;  // --index, as often as it was given
  double shard_timeout = 3;          // seconds
  bool require_all = false;
  std::string config;        // --config; empty: not given
  bool json = false;         // of the subcommand that has it
  std::function<int()> run;  // set by the subcommand that was called
};

// --index, else $TOME_INDEX, else ./index if it is one, else $XDG_DATA_HOME/tome (or
// ~/.local/share). Empty when --index names shards: several, or one on another machine.
std::filesystem::path index_folder(const Context& context);

// How the shards of a shelf are asked; which, when --index names them.
ShardOptions shard_options(const Context& context);

// kUsage when --index names shards and the command works on one index directory.
Status one_folder(const Context& context);

// The user's own synonyms: $XDG_CONFIG_HOME/tome/synonyms.txt (or ~/.config). Need not be there.
std::filesystem::path synonym_file();

// Colour and links on a terminal unless NO_COLOR or TERM=dumb; its width.
TerminalStyle style_of_stdout();
bool stderr_is_terminal();

// Writes all of `text` to standard output and returns `code`; kIndexTrouble when that fails. A
// closed pipe is no failure.
int print(const std::string& text, int code = kFound);

// Prints the error (JSON to standard output when context.json) and returns its exit code.
int fail(const Context& context, const Error& error);

// Every subcommand: adds itself to `app`, fills context.run when called.
void add_index_commands(CLI::App& app, Context& context);  // index, rebuild, remove
void add_watch_command(CLI::App& app, Context& context);
void add_search_commands(CLI::App& app, Context& context);  // search, books
void add_shelf_commands(CLI::App& app, Context& context);   // show, similar, list, status
void add_check_commands(CLI::App& app, Context& context);   // check, repair
void add_copy_commands(CLI::App& app, Context& context);    // push, pull
void add_export_command(CLI::App& app, Context& context);   // export
void add_eval_command(CLI::App& app, Context& context);     // eval
void add_mcp_command(CLI::App& app, Context& context);      // mcp
void add_serve_command(CLI::App& app, Context& context);    // serve
void add_shard_commands(CLI::App& app, Context& context);   // shard serve

// Words of a question may look like options (`-Wall`, `-not`, all after a lone `--`) or like what
// CLI11 reads in its own way (`++`, `[a,b]`): before it reads the arguments they are marked, and
// unmarked when the question is put together.
std::vector<std::string> mark_words(const std::vector<std::string>& arguments);
std::string join_words(const std::vector<std::string>& words);

}  // namespace tome::cli
