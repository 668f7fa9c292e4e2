// SPDX-License-Identifier: GPL-2.0-or-later
// Filters: programs of the user that turn a file into text or HTML.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/limits.h"
#include "tome/index.h"
#include "tome/result.h"

namespace tome {

// The filter for a file of that name; null when there is none. Patterns are matched against the
// last part of `path`, whatever their case; of several that fit, the longest counts.
const Filter* find_filter(const std::vector<Filter>& filters, std::string_view path);

// What its command writes to standard output. No shell is involved. The program and all it starts
// are killed when it is over a limit or done. kNotFound: no such program; kLimit; kUnsupported: it
// failed, with its exit status and the last line it wrote to standard error.
Result<std::string> run_filter(const Filter& filter, const std::filesystem::path& file,
                               const ExtractLimits& limits);

}  // namespace tome
