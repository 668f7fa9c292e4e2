// SPDX-License-Identifier: GPL-2.0-or-later
// What an indexing run came to: the report on standard output, failures on standard error.
#pragma once

#include <filesystem>

#include "tome/index.h"

namespace tome::cli {

// Returns the exit code.
int print_report(const IndexReport& report, const std::filesystem::path& index, bool quiet,
                 double seconds);

// Failures and warnings on standard error, the first of each.
void print_failures(const IndexReport& report);

}  // namespace tome::cli
