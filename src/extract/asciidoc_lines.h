// SPDX-License-Identifier: GPL-2.0-or-later
// What single lines of AsciiDoc are: titles, items, delimiters, attributes, conditions. Pure
// functions; lines are without white space at either end, and not empty.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "extract/markup.h"

namespace tome::asciidoc {

struct Marker {
  std::string key;       // equal for the items of one list
  std::size_t size = 0;  // bytes before the text
  bool term = false;     // "term::": the text before the mark is the term
  std::size_t term_size = 0;
};

// "ifdef::a,b[text]" -> its parts; an empty name: no such line.
struct Condition {
  std::string_view name;  // ifdef, ifndef, ifeval, endif, include
  std::string_view target;
  std::string_view text;
};

struct Title {
  int level = 0;  // 0: no title begins here
  std::string_view text;
  std::size_t end = 0;
};

// "Note" for "NOTE"; empty: no admonition.
std::string_view admonition(std::string_view name);

// Delimits a block whose lines are read as they stand.
bool is_verbatim(std::string_view text);

// Delimits a block of blocks.
bool is_compound(std::string_view text);

bool is_table(std::string_view text);

// What makes `text` a list item; size 0: nothing.
Marker marker_of(std::string_view text);

Condition condition_of(std::string_view line);

// ":name: value" -> both.
std::pair<std::string_view, std::string_view> attribute_entry(std::string_view line);

Title title_at(const markup::MarkupLines& lines, std::size_t i);

// At most four words before an address, and no full stop: else it is the first paragraph.
bool is_author(std::string_view line);

// Titles by the anchors above them, which may be referred to before they come.
std::map<std::string, std::string, std::less<>> titles_by_anchor(const markup::MarkupLines& lines);

// Takes out the lines of ifdef and its like, with what stands under a false one.
void drop_conditions(markup::MarkupLines& lines);

}  // namespace tome::asciidoc
