// SPDX-License-Identifier: GPL-2.0-or-later
// Breaking text into lines of a terminal. Pure, safe from any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tome {

struct Line {
  std::size_t begin = 0;  // half-open byte range in the text, without white space at its end
  std::size_t end = 0;
  std::size_t indent = 0;  // spaces to put before it: the indentation of the line that it continues
};

// Lines of at most `width` columns (at least 2), each \n of `text` (as clean_block makes it) ends
// one. Breaks at white space, and in scripts without it where ICU allows; identifiers and paths
// stay whole, unless they alone are wider. Empty lines are kept as one when `blank_lines`, else
// dropped.
std::vector<Line> wrap(std::string_view text, std::size_t width, bool blank_lines);

}  // namespace tome
