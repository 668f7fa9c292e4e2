// SPDX-License-Identifier: GPL-2.0-or-later
// LatexPage: text of LaTeX put on a page: paragraphs, items within lists, rows of tables, and texts
// that go elsewhere (titles, headings). One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/builder.h"

namespace tome {

class LatexPage {
 public:
  void say(std::string_view text, std::uint32_t line);  // with the accent that waits
  void set_accent(char32_t mark) { accent_ = mark; }
  // {} behind an accent: the sign itself.
  void drop_accent(std::uint32_t line);

  void end_paragraph();
  void code(std::string_view text, std::uint32_t line);
  void math(std::string_view text, std::uint32_t line);
  void heading(int level, std::string_view text, std::uint32_t line);

  void begin_list();
  void end_list();
  void item(std::string_view label, std::uint32_t line);
  void begin_table();
  void end_table();
  bool in_table() const { return tables_ > 0; }
  void end_cell(std::uint32_t line);
  void end_row();

  // Text goes into a text of its own from here to take_capture(); so within another. False beyond
  // the bound.
  bool begin_capture();
  std::string take_capture();
  std::size_t captured() const { return captures_.empty() ? 0 : captures_.back().size(); }
  bool capturing() const { return !captures_.empty(); }

  // What was to go elsewhere and found no end goes into the paragraph.
  void release_captures();

  void drop_text();  // what was said so far

  Document finish() &&;

 private:
  DocumentBuilder builder_;
  std::string text_;
  std::string label_;
  std::vector<std::string> captures_;
  std::uint32_t text_line_ = 0;
  std::uint32_t label_line_ = 0;
  std::uint32_t capture_line_ = 0;
  char32_t accent_ = 0;
  std::size_t lists_ = 0;
  std::size_t tables_ = 0;
};

}  // namespace tome
