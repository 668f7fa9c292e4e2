// SPDX-License-Identifier: GPL-2.0-or-later
// The outline of a PDF, and the lines of its pages that it names.
#pragma once

#include <poppler-toc.h>

#include <functional>
#include <string_view>
#include <vector>

#include "extract/pdf_line.h"

namespace tome {

// The entries of the outline in order: at most 20,000, those deeper than 64 levels left out.
std::vector<PdfTitle> read_outline(const poppler::toc_item& root);

// Tells whether a text is one of the titles; compares as mark_headings() does.
std::function<bool(std::string_view)> title_test(const std::vector<PdfTitle>& titles);

// Marks the lines (of all pages, in order) that the titles name: the choice of lines, in the order
// of the titles, that look most like headings. A title that no line has is left out. Titles and
// lines are compared folded, without white space and punctuation, with or without their numbers.
// `body` is the font size of most text.
void mark_headings(const std::vector<PdfTitle>& titles, double body, std::vector<PdfLine>& lines);

}  // namespace tome
