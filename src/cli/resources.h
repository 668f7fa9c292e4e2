// SPDX-License-Identifier: GPL-2.0-or-later
// What commands that index may take of the machine.
#pragma once

#include <CLI/CLI.hpp>

#include "tome/index.h"

namespace tome::cli {

// --workers and --memory.
void add_resource_options(CLI::App& command, IndexOptions& options);

}  // namespace tome::cli
