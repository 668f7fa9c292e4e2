// SPDX-License-Identifier: GPL-2.0-or-later
// DocumentBuilder: blocks in, Document out. Owns the growing text and keeps its invariants: blocks
// in order, never empty, with nothing but white space between them. One thread.
#pragma once

#include <string>
#include <string_view>

#include "extract/document.h"

namespace tome {

// White space runs become one space, except that a \n stays one \n; trimmed. No-break spaces count
// as white space.
std::string tidy(std::string_view text);

class DocumentBuilder {
 public:
  // Appends a block with the given style, level, numbered, line and anchor. `text` (valid UTF-8) is
  // tidied, of code only blank lines at both ends are dropped; without visible text nothing is
  // added and the answer is false.
  bool add(Block block, std::string_view text);

  // The same for a heading: "2. Title" becomes "Title" with numbered = true.
  bool add_heading(int level, std::string_view text, std::uint32_t line, std::string anchor,
                   std::uint32_t page = 0);

  // The same for a paragraph, which is a label when it is nothing but one ("Key Features:").
  bool add_paragraph(std::string_view text, std::uint32_t line, std::string anchor);

  bool empty() const { return document_.blocks.empty(); }
  std::size_t size() const { return document_.blocks.size(); }  // blocks so far

  Document finish() && { return std::move(document_); }

 private:
  Document document_;
};

}  // namespace tome
