// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of a terminal: colours, wrapped blocks, and the phrases that several views share. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "present/clean.h"
#include "present/terminal.h"
#include "tome/search.h"

namespace tome {

// Select Graphic Rendition (ECMA-48, 8.3.117) parameters.
inline constexpr std::string_view kBold = "1";
inline constexpr std::string_view kDim = "2";
inline constexpr std::string_view kTitleColour = "1;36";
inline constexpr std::string_view kHeadingColour = "36";
inline constexpr std::string_view kErrorColour = "1;31";

// `text`, which is clean, in a colour; unchanged without colours.
std::string paint(std::string_view text, std::string_view colour, const TerminalStyle& style);

struct BlockStyle {
  std::string first = "  ";      // before the first line
  std::string rest = "  ";       // before each other line; both ASCII
  std::string_view colour = {};  // of the whole text
  std::string_view marks = kBold;
  bool blank_lines = false;  // keep empty lines
};

// Wrapped to the style's width; every line ends with \n. Nothing for empty text.
std::string block(const MarkedText& text, const BlockStyle& look, const TerminalStyle& style);

// "Title: Subtitle, A. Author, 2022 (in: The Whole)", the title marked. `in` are the other works
// that it is part of; `untitled` stands in for a title that is missing.
MarkedText title_line(const WorkInfo& work, const std::vector<WorkRef>& in,
                      std::string_view untitled);

// "Outer > Inner".
std::string heading_path(const std::vector<std::string>& headings);

// "path:line", linked to the file when the style has hyperlinks.
std::string locator(const Locator& where, const TerminalStyle& style);

// The snippet with … where more of the passage stands.
MarkedText snippet(const Snippet& snippet);

// The parts of a score as a table under their sum; nothing without parts.
std::string score_table(double score, const std::vector<ScorePart>& parts, std::string_view indent);

// "131.3 kB": decimal units, as ls and df call them with --si.
std::string size_name(std::uint64_t bytes);

std::string grouped(std::uint64_t n);                             // "12,345"
std::string counted(std::uint64_t n, std::string_view singular);  // "1 book", "2 books"

}  // namespace tome
