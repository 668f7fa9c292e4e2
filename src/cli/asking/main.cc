// SPDX-License-Identifier: GPL-2.0-or-later
// tome: answers questions itself, and becomes tome-all for everything else. A program that is
// linked with what reads and serves every format takes four times as long to start
// (docs/experiments.md).
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>

#include "cli/run.h"
#include "present/clean.h"
#include "sandbox/program.h"

namespace {

using namespace tome::cli;

// Whether the arguments are one of the commands that are here, after nothing but where to look, or
// ask for the version.
bool asks(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--index" || argument == "--config" || argument == "--shard-timeout") {
      ++i;
    } else if (argument != "--require-all" && !argument.starts_with("--index=") &&
               !argument.starts_with("--config=") && !argument.starts_with("--shard-timeout=")) {
      return argument == "--version" || argument == "search" || argument == "books" ||
             argument == "show" || argument == "similar" || argument == "list" ||
             argument == "status";
    }
  }
  return false;
}

// Returns only when that failed, with the exit code.
int become_all(char** argv) {
  const tome::Result<std::filesystem::path> program = tome::find_own_program("tome-all");
  std::string message;
  if (program) {
    ::execv(program->c_str(), argv);
    message = program->string() + ": " + std::generic_category().message(errno);
  } else {
    message = "the program tome-all, which does more than ask, is missing";
  }
  std::fprintf(stderr, "tome: %s\ntry: install tome again\n", tome::clean_line(message).c_str());
  return kIndexTrouble;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!asks(arguments)) return become_all(argv);
  return run(arguments, {add_search_commands, add_shelf_commands});
}
