// SPDX-License-Identifier: GPL-2.0-or-later
// What lines of a PDF tell of the paragraph that they open, and how far apart lines stand.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "extract/pdf_line.h"

namespace tome {

// "• item", "◦ item" -> "item"; empty when the line opens no item. A dash alone may open one.
std::string_view item_text(std::string_view line);

// "1. ", "2) ", "(a) ", "[12] ".
bool opens_numbered_item(std::string_view line);

// The usual distance between two lines of a paragraph, by font size.
class LinePitches {
 public:
  explicit LinePitches(const std::vector<PdfLine>& lines);
  double of(double size) const;

 private:
  std::map<long, double> pitch_;
};

}  // namespace tome
