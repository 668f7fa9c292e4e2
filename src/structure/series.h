// SPDX-License-Identifier: GPL-2.0-or-later
// Series: the books that an article reviews one after the other, each under a heading with a
// byline.
//
// Pure functions over a Document; block indices everywhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "tome/work.h"

namespace tome {

constexpr std::size_t kNoBlock = static_cast<std::size_t>(-1);

// The part of an article that is about one book: blocks [begin, end), the first its heading.
struct BookPart {
  std::size_t begin = 0;
  std::size_t end = 0;
  WorkInfo work;
};

// A heading with a byline right under it.
struct Byline {
  std::size_t heading = 0;
  std::vector<std::string> authors;
};

// The text of a block, a view into the document.
std::string_view block_text(const Document& document, const Block& block);

// All headings with a byline under them, in order.
std::vector<Byline> find_bylines(const Document& document);

// True when the byline may start a book of a series: in plain text its heading must be numbered.
bool can_start_book(const Document& document, const Byline& byline);

// The books of the series, in order and disjoint; `own_heading` is the document's own title, which
// never starts one (kNoBlock: none). A heading deeper than a book's stays in its part, byline or
// not. What else ends a part:
// - in Markdown and HTML a heading without byline of the same or a higher level;
// - in plain text, whose levels are guesses, any such heading that has a number, and after the last
//   book the first unnumbered one;
// but never one of the same level whose folded text stands under two books or more: that is a
// sub-heading of each ("Verdict").
std::vector<BookPart> find_series(const Document& document, const std::vector<Byline>& bylines,
                                  std::size_t own_heading);

// The items of the first list under a "Key Features:" or "Features:" label, paragraph or heading
// among the blocks [begin, end); empty when there is none.
std::vector<std::string> find_features(const Document& document, std::size_t begin,
                                       std::size_t end);

}  // namespace tome
