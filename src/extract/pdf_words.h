// SPDX-License-Identifier: GPL-2.0-or-later
// The words of one page, as poppler finds them, with their look.
#pragma once

#include <poppler-page.h>

#include <string>
#include <vector>

namespace tome {

struct PdfWord {
  std::string text;
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;
  double size = 0;
  double advance = 0;  // of its letters when all have one width; else 0
  bool code = false;   // narrow and wide letters have one width
  bool bold = false;
  bool space = false;  // poppler saw a space behind it
  int turned = 0;
};

// In poppler's reading order, those without letters left out. Of turned text the box is as if the
// page, of `width` and `height`, were turned until it stands upright.
std::vector<PdfWord> read_pdf_words(const poppler::page& page, double width, double height);

// `value` when it is a length that a page may have; 0 for what is no number.
double finite_length(double value);

}  // namespace tome
