// SPDX-License-Identifier: GPL-2.0-or-later
// Layout of plain text: which lines of the file belong together. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

// One paragraph, list item, heading, label or author line, or a block of code: the lines of the
// file that form it joined.
struct LogicalLine {
  std::string text;           // trimmed; a code block's lines as they are
  std::uint32_t line = 0;     // 1-based line of the file
  std::size_t indent = 0;     // columns before the first line
  bool blank_before = false;  // a blank line or the beginning of the file stands before
  bool code = false;
  char underline = 0;  // '=', '-', '*' or '~' when a line of them stands below
};

struct Layout {
  bool wrapped = false;  // lines are wrapped, blank lines stand between paragraphs; else every line
                         // is a paragraph
  std::vector<LogicalLine> lines;
};

// Decides the layout of `text` and joins its lines. A hyphen at a line's end stays.
Layout read_layout(std::string_view text);

// "- item", "* item", "• item" -> "item"; empty when the line is no list item.
std::string_view bullet_text(std::string_view line);

}  // namespace tome
