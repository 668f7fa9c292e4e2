// SPDX-License-Identifier: GPL-2.0-or-later
// Sections: a heading, or several with nothing between them, and what stands under it up to the
// next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "extract/document.h"
#include "structure/sizes.h"
#include "structure/works.h"

namespace tome {

struct Section {
  std::size_t first = 0;  // blocks [first, body) are the headings that open it,
  std::size_t body = 0;   // [body, end) what stands under them
  std::size_t end = 0;
  std::size_t book = kNoBlock;        // index into Outline::books; kNoBlock: the document's own
  std::vector<std::string> headings;  // heading path, outermost first
};

// A heading of more words than this is set like one and reads like a paragraph; it opens nothing.
constexpr std::uint32_t kMaxHeading = 60;
// Headings in a row beyond this many words (a table of contents) are divided.
constexpr std::uint32_t kMaxHeadingRun = 80;

// Whether the block opens sections; `size`: its own.
bool opens_section(const Block& block, Size size);

// The sections of the document in order; every block is in one. None goes over the border of a
// book's part.
//
// Paths: titles of the headings above and at the section, by their levels. Left out is the heading
// that repeats the work's title. In a chapter of a whole the page's own title comes first. In a
// part about a book the path is the book's main title, then the headings inside the part: what is
// above it in the article says nothing of the book. `sizes`: one a block.
std::vector<Section> find_sections(const Document& document, const Outline& outline,
                                   const std::vector<Size>& sizes);

}  // namespace tome
