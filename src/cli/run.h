// SPDX-License-Identifier: GPL-2.0-or-later
// Reading the command line of both programs: each subcommand stands in a file of its own.
#pragma once

#include <string>
#include <vector>

#include "cli/context.h"

namespace tome::cli {

using AddCommands = void (*)(CLI::App& app, Context& context);

// Reads the arguments (without the program's name), runs the command that they name, and returns
// the exit code.
int run(const std::vector<std::string>& given, const std::vector<AddCommands>& commands);

}  // namespace tome::cli
