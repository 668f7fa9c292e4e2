// SPDX-License-Identifier: GPL-2.0-or-later
// RstReader: one walk over a file of reStructuredText. rst.cc has sections, paragraphs and lists,
// rst_fields.cc what is said of a name, rst_explicit.cc what begins with ".." and tables. In these,
// `i` is the line where something begins and `last` the line after what may belong to it; who
// returns a line returns the one after what was read. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/document.h"
#include "extract/markup.h"
#include "extract/markup_writer.h"
#include "extract/rst_directives.h"
#include "extract/rst_inline.h"
#include "extract/rst_lines.h"
#include "extract/rst_tables.h"
#include "tome/work.h"

namespace tome {

class RstReader {
 public:
  explicit RstReader(std::string_view text);

  // The whole document; once.
  Document read() &&;

 private:
  // The lines of a directive: its argument, its options, its content.
  struct Parts {
    std::vector<std::string_view> arguments;
    std::map<std::string, std::string_view> options;
    std::size_t content = 0;
  };

  std::string inline_text(std::string_view text) { return rst_inline(text, names_); }
  void take_subtitle(Document& document);
  void body(std::size_t first, std::size_t last, std::uint32_t indent, int nesting);
  void inner(std::size_t first, std::size_t end, int nesting);
  void flat(std::size_t i, std::size_t last);
  std::size_t block(std::size_t i, std::size_t last, std::uint32_t indent, int nesting);
  bool is_item(std::size_t i, std::size_t last) const;
  std::size_t section(const rst::Title& title);
  std::size_t content(std::size_t i, std::size_t last, std::size_t cut, int nesting);
  std::size_t item(std::size_t i, std::size_t last, std::size_t mark, int nesting);
  std::size_t doctest(std::size_t i, std::size_t last);
  std::size_t line_block(std::size_t i, std::size_t last);
  std::size_t paragraph(std::size_t i, std::size_t last, int nesting);
  std::size_t literal_block(std::size_t i, std::size_t last, std::uint32_t indent);

  // rst_fields.cc
  std::size_t field(std::size_t i, std::size_t last, std::size_t end, int nesting);
  bool bibliographic(const std::string& name, std::size_t i, std::size_t last, std::size_t cut);
  std::size_t option(std::size_t i, std::size_t last, std::size_t end, int nesting);
  std::size_t described(std::size_t i, std::size_t last, std::size_t cut, std::string_view term,
                        int nesting);

  // rst_explicit.cc
  std::size_t explicit_markup(std::size_t i, std::size_t last, int nesting);
  Parts parts_of(std::size_t i, std::size_t end, std::string_view argument, bool has_argument);
  void directive(std::size_t i, std::size_t end, const std::string& name, std::string_view argument,
                 int nesting);
  void note(std::size_t i, std::size_t end, const RstDirective& known, std::string_view argument,
            int nesting);
  void listing_block(std::size_t i, std::size_t end, const std::string& name, const Parts& parts,
                     bool marked);
  void csv(const Parts& parts, std::size_t end);
  void signature(std::size_t i, std::size_t end, const std::string& name, const Parts& parts,
                 int nesting);
  void rows(const std::vector<RstRow>& rows);
  std::size_t drawn_table(std::size_t i, std::size_t last);

  markup::MarkupLines lines_;
  RstNames names_;
  MarkupWriter writer_;
  WorkInfo meta_;
  std::vector<std::pair<char, bool>> styles_;  // of titles, in the order of their levels
  std::set<std::string> ids_;
  std::string title_;
  std::string module_;
  std::string scope_;
  int top_titles_ = 0;
  bool docinfo_ = true;
};

}  // namespace tome
