// SPDX-License-Identifier: GPL-2.0-or-later
// Lines -> paragraphs, list items, code and headings, still with what is known of their look.
#pragma once

#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/pdf_line.h"

namespace tome {

struct PdfParagraph {
  std::string text;  // lines joined; of code kept, with their indentation
  Style style = Style::kParagraph;
  int level = 0;           // of a heading or list item
  std::uint32_t page = 0;  // where it starts
  std::size_t lines = 0;
  double left = 0;  // of the first line
  double size = 0;
  bool bold = false;  // every line is
};

// `body` is the font size of most text. Lines of one letter width are code unless most text is.
std::vector<PdfParagraph> join_lines(const std::vector<PdfLine>& lines, double body);

// Makes headings of short paragraphs in larger or bold letters, for a document without outline;
// does nothing when that many paragraphs look so that it means nothing.
void guess_headings(std::vector<PdfParagraph>& paragraphs, double body);

// The title that the first page shows: what stands there in the largest letters; empty when
// nothing does.
std::string guess_title(const std::vector<PdfParagraph>& paragraphs, double body);

}  // namespace tome
