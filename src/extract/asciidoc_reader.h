// SPDX-License-Identifier: GPL-2.0-or-later
// AsciiDocReader: one walk over a file of AsciiDoc, without recursion. asciidoc.cc has sections and
// paragraphs, asciidoc_header.cc the header and attributes, asciidoc_lists.cc lists,
// asciidoc_blocks.cc what stands between delimiters. In these, `i` is the line where something
// begins; who returns a line returns the one after what was read. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/asciidoc_attributes.h"
#include "extract/asciidoc_inline.h"
#include "extract/asciidoc_lines.h"
#include "extract/document.h"
#include "extract/markup.h"
#include "extract/markup_writer.h"
#include "tome/work.h"

namespace tome {

class AsciiDocReader {
 public:
  // `lines_before`: how many lines of the file stand before `text`.
  AsciiDocReader(std::string_view text, std::uint32_t lines_before);

  // The whole document; once.
  Document read() &&;

 private:
  struct Open {
    std::string delimiter;
    std::size_t lists = 0;    // markers when it was opened
    std::string attribution;  // of a quotation
  };

  std::uint32_t number(std::size_t i) const { return lines_.number(i) + before_; }
  std::string inline_text(std::string_view text);
  std::size_t line(std::size_t i);
  std::size_t base() const { return open_.empty() ? 0 : open_.back().lists; }
  void begin_block(std::size_t);
  std::size_t section(std::size_t i, const asciidoc::Title& title);
  std::string prefix() const;
  char separator() const;
  std::size_t text_end(std::size_t i, bool in_list) const;
  std::string gathered(std::size_t first, std::size_t last, bool verse);
  std::size_t paragraph(std::size_t i);
  std::size_t literal(std::size_t i);

  // asciidoc_header.cc
  std::size_t entry(std::size_t i);
  void describe(const std::string& key, const std::string& value);
  void add_authors(std::string_view text);
  std::size_t header();

  // asciidoc_lists.cc
  void enter_list(const asciidoc::Marker& marker, std::size_t i);
  std::size_t item(std::size_t i, const asciidoc::Marker& marker);
  std::size_t terms(std::size_t i);

  // asciidoc_blocks.cc
  bool block_macro(std::size_t i);
  std::size_t verbatim(std::size_t i);
  void listing(std::size_t first, std::size_t last, std::string_view style);
  std::size_t table(std::size_t i);
  std::size_t compound(std::size_t i);
  std::string attribution(const AsciiDocAttributes& attributes);

  markup::MarkupLines lines_;
  std::uint32_t before_;
  AsciiDocNames names_;
  MarkupWriter writer_;
  WorkInfo meta_;
  std::vector<std::string> markers_;  // of the lists that are open, outermost first
  std::vector<Open> open_;
  AsciiDocAttributes attributes_;  // of the next block
  std::string block_title_;
  std::uint32_t title_line_ = 0;
  std::map<std::string, int> ids_;
  bool attached_ = false;  // a "+" stood above
  bool after_blank_ = true;
};

}  // namespace tome
