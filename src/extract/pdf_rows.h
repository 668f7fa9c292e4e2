// SPDX-License-Identifier: GPL-2.0-or-later
// The words of a page in rows: what stands on one line without a wide gap.
#pragma once

#include <vector>

#include "extract/pdf_words.h"

namespace tome {

struct PdfRow {
  std::vector<PdfWord> words;  // never empty
  bool beside = false;         // goes on in the line of the row before, behind a wide gap
  bool cell = false;           // of a table
};

// Whether two words stand on one line.
bool same_height(const PdfWord& a, const PdfWord& b);

// In the order of the words.
std::vector<PdfRow> cut_into_rows(std::vector<PdfWord> words);

// Puts the number or bullet of a list item, which poppler may read long before, in front of the
// item's text.
void join_marks(std::vector<PdfRow>& rows);

// The headings of two columns often stand at one height, and poppler takes them for one line. The
// right one goes to the text below it; what stands beside otherwise is a cell of a table's row.
std::vector<PdfRow> order_rows(std::vector<PdfRow> rows);

}  // namespace tome
