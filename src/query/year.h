// SPDX-License-Identifier: GPL-2.0-or-later
// Years and ranges of years as a filter says them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tome::query {

struct Years {
  int from = 0;  // both included; 0: open
  int to = 0;
};

// 2019, 2015..2022, ..2000, 2015.. with years 1 to 9999; an ellipsis character is taken for two
// dots, since keyboards make it of them.
std::optional<Years> parse_years(std::string_view text);

// The inverse.
std::string format_years(int from, int to);

}  // namespace tome::query
