// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/run.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <new>
#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/fatal.h"
#include "present/clean.h"

namespace {

constexpr const char* kAbout =
    "tome answers questions from a shelf of books and articles: it ranks the passages that\n"
    "answer, and names the best book for a concept.";

constexpr const char* kExamples =
    "Examples:\n"
    "  tome index ~/books                     put a folder on the shelf, or bring it up to date\n"
    "  tome search how do descriptors work?   the passages that answer\n"
    "  tome books CQRS                        the books that treat a concept\n"
    "\n"
    "Exit codes: 0 found, 1 nothing found, 2 usage, 3 index missing, locked or damaged,\n"
    "4 some files could not be read.\n"
    "The index is --index DIR, else $TOME_INDEX, else ./index if it is one, else\n"
    "$XDG_DATA_HOME/tome.";

// Says what is wrong with the command line and where to look.
int usage(const CLI::App& app, const std::string& message) {
  const std::vector<CLI::App*> commands = app.get_subcommands();
  const std::string command = commands.empty() ? "" : " " + commands.front()->get_name();
  std::string hint = "tome" + command + " --help";
  if (command == " search" || command == " books") {
    hint += "; words that begin with --: tome" + command + " -- WORDS";
  }
  std::fprintf(stderr, "tome: %s\ntry: %s\n", tome::clean_line(message).c_str(), hint.c_str());
  return tome::cli::kUsage;
}

}  // namespace

namespace tome::cli {

int run(const std::vector<std::string>& given, const std::vector<AddCommands>& commands) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe ends the output, not the program
  std::signal(SIGXFSZ, SIG_IGN);  // a bound on the size of files is an error of that write
  report_fatal_signals();
  CLI::App app(kAbout, "tome");
  app.footer(kExamples);
  app.set_version_flag("--version", "tome " TOME_VERSION);
  app.require_subcommand(0, 1);
  app.fallthrough();  // --index stands before or after the subcommand
  app.get_formatter()->column_width(34);

  Context context;
  app.add_option("--index", context.indexes,
                 "Index directory, or a shard of the shelf (repeatable): a directory,\n"
                 "tcp://host:port, ssh://host/path")
      ->type_name("DIR")
      ->take_all()
      ->allow_extra_args(false);
  app.add_option("--shard-timeout", context.shard_timeout, "Leave out a shard that takes longer")
      ->check(CLI::Range(0.01, 3600.0))
      ->type_name("SECONDS")
      ->capture_default_str();
  app.add_flag("--require-all", context.require_all,
               "An error (exit code 3) rather than an answer without some shard");
  app.add_option("--config", context.config, "Your configuration (~/.config/tome/config.toml)")
      ->type_name("FILE");
  for (const AddCommands add : commands) add(app, context);

  std::vector<std::string> arguments = mark_words(given);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11's parse(vector) wants them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    // The first of what is left when no subcommand was read was meant to be one.
    const std::vector<std::string> left = app.remaining();
    const bool command = app.get_subcommands().empty() && !left.empty();
    return usage(app, command ? "there is no command " + left.front() : error.what());
  }
  if (!context.run) return usage(app, "a command is missing");
  try {
    return context.run();
  } catch (const std::bad_alloc&) {
    return fail(context, {Code::kLimit, "there is not enough memory",
                          "end other programs, or try fewer --workers", ""});
  }
}

}  // namespace tome::cli
