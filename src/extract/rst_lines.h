// SPDX-License-Identifier: GPL-2.0-or-later
// What single lines of reStructuredText are: titles, items, fields, directives. Pure functions;
// lines are without white space at either end, and not empty.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "extract/markup.h"
#include "extract/rst_inline.h"

namespace tome::rst {

bool is_punctuation(char c);  // of ASCII

struct Title {
  std::size_t text = 0;  // its line
  std::size_t end = 0;   // the line after it; 0: no title begins here
  std::pair<char, bool> style;
};

// The character that a line is made of, when that can stand under a title; else 0.
char adornment(std::string_view line);

// Bytes of "- " before an item; 0: none.
std::size_t bullet(std::string_view line);

// Bytes of "1.", "(a)", "iv)", "#." before an item; 0: none.
std::size_t enumerator(std::string_view line);

// Where the colon that ends ":name:" stands; 0: the line is no field.
std::size_t field_end(std::string_view line);

// Where the description of "-a, --all=X  text" begins (the line's size: on the next line); 0: none.
std::size_t option_end(std::string_view line);

// "name" and what stands after "::" of a directive; an empty name: it is none.
std::pair<std::string_view, std::string_view> split_directive(std::string_view text);

// "_name: rest" and "_`name`: rest" -> both; an empty name: it is no target.
std::pair<std::string_view, std::string_view> split_target(std::string_view text);

Title title_at(const markup::MarkupLines& lines, std::size_t i, std::size_t last);

// What the document defines for its inline markup, which may be used before it is defined; without
// a budget.
RstNames collect_names(const markup::MarkupLines& lines);

}  // namespace tome::rst
