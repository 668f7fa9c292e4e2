// SPDX-License-Identifier: GPL-2.0-or-later
// MarkupWriter: a DocumentBuilder for markup that nests: knows how deep in lists it stands, and
// holds back a lead ("Note: ", the term of a definition, a signature) until the text that it
// belongs to comes. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/builder.h"

namespace tome {

class MarkupWriter {
 public:
  int depth = 0;  // of the list items around; 0: none

  void paragraph(std::string_view text, std::uint32_t line);
  void heading(int level, std::string_view text, std::uint32_t line, std::string anchor);
  void code(std::string_view text, std::uint32_t line);
  void row(const std::vector<std::string>& cells, std::uint32_t line);

  // Text before the next paragraph. Leads add up.
  void lead(std::string_view text, std::uint32_t line);

  // Writes a lead that got no paragraph as one of its own; with its colon when `more` follows.
  void flush(bool more);

  // Leads to the next block.
  void anchor(std::string name) { anchor_ = std::move(name); }
  const std::string& pending_anchor() const { return anchor_; }

  bool empty() const { return builder_.empty() && lead_.empty(); }
  bool only_headings() const { return !body_ && lead_.empty(); }

  Document finish() &&;

 private:
  void add(Style style, std::string_view text, std::uint32_t line);

  DocumentBuilder builder_;
  std::string lead_;
  std::uint32_t lead_line_ = 0;
  int lead_depth_ = 0;
  std::string anchor_;
  bool body_ = false;
};

}  // namespace tome
