// SPDX-License-Identifier: GPL-2.0-or-later
// Tables of reStructuredText that are drawn: grid and simple ones -> rows of cells (still with
// inline markup). Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extract/markup.h"

namespace tome {

struct RstRow {
  std::vector<std::string> cells;
  std::size_t line = 0;  // where it begins, from 0
};

struct RstTable {
  std::vector<RstRow> rows;
  std::size_t end = 0;  // the line after it; 0: no table begins here
};

RstTable read_grid_table(const markup::MarkupLines& lines, std::size_t i, std::size_t last);
RstTable read_simple_table(const markup::MarkupLines& lines, std::size_t i, std::size_t last);

// A two-level bullet list (list-table, flat-table), which takes [first, last).
std::vector<RstRow> read_list_table(const markup::MarkupLines& lines, std::size_t first,
                                    std::size_t last);

}  // namespace tome
