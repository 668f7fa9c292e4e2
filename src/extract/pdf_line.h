// SPDX-License-Identifier: GPL-2.0-or-later
// What the parts of the PDF reader hand on to each other: the lines of the pages, in reading order.
// Lengths are in points; y grows downwards; of turned text they are as if the page were turned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tome {

struct PdfLine {
  std::string text;  // clean UTF-8 without white space at either end, never empty
  double left = 0;
  double right = 0;
  double top = 0;  // of the letters of the common size
  double bottom = 0;
  double size = 0;          // font size of most letters
  double advance = 0;       // width of a letter when all are of one width; else 0
  bool code = false;        // and narrow letters are among them
  bool leader = false;      // dots led to a page number: "Overview . . . . . 3"
  bool cells = false;       // of a table: its cells are joined by " | "
  int turned = 0;           // quarter turns of the text
  bool bold = false;        // most letters are
  std::uint32_t page = 0;   // 1-based
  int heading = 0;          // level, when the outline names it
  std::uint32_t lines = 1;  // how many lines a heading takes, this one and the next
};

struct PdfPage {
  double height = 0;
  std::vector<PdfLine> lines;
};

struct PdfTitle {  // an entry of the outline
  std::string text;
  int level = 1;
};

}  // namespace tome
