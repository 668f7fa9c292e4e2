// SPDX-License-Identifier: GPL-2.0-or-later
// The values of metadata fields as they stand in word processors' files. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tome/work.h"

namespace tome {

// "a, b; c" -> all three, squeezed, none empty, none twice; at most 100.
std::vector<std::string> split_keywords(std::string_view text);

// Takes a field that users name themselves ("publisher", "isbn", "subtitle", "date"), in any case.
void take_named_field(std::string_view name, std::string_view value, WorkInfo& info);

}  // namespace tome
