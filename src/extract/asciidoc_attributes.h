// SPDX-License-Identifier: GPL-2.0-or-later
// The line "[style#id.role%option,second,key=value]" above an AsciiDoc block, and the rows of an
// AsciiDoc table. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/markup.h"

namespace tome {

struct AsciiDocAttributes {
  std::string style;                         // "source", "NOTE", "quote"
  std::string id;                            // also of "[[id]]"
  std::vector<std::string> positional;       // all without a name, the first with style and id
  std::map<std::string, std::string> named;  // cols=..., format=...
};

// Adds what the line `text` says ("[...]" or "[[...]]"); false: it is no such line.
bool read_asciidoc_attributes(std::string_view text, AsciiDocAttributes& attributes);

struct AsciiDocRow {
  std::vector<std::string> cells;  // with inline markup
  std::uint32_t line = 0;          // of the file
};

// The rows of the lines [first, last) between two delimiters "|===" (`mark` '|', or '!', ',', ':').
// Copies of a cell ("3*|") are taken from the budget.
std::vector<AsciiDocRow> read_asciidoc_table(const markup::MarkupLines& lines, std::size_t first,
                                             std::size_t last, char mark,
                                             const AsciiDocAttributes& attributes,
                                             markup::Budget& budget);

}  // namespace tome
