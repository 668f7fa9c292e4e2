// SPDX-License-Identifier: GPL-2.0-or-later
// Works: what a document is called, who wrote it, and which books it reviews.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "structure/series.h"
#include "structure/structure.h"

namespace tome {

// The document as a whole, before its sections.
struct Outline {
  WorkInfo work;           // the document's own work, or the whole that it is a chapter of
  std::string page_title;  // a chapter's own title, to open every heading path; may be empty
  std::size_t title_heading = kNoBlock;  // the heading that only repeats a title: in no path
  std::vector<BookPart> books;
};

// Front matter wins. Else the title is <title> (without the tail that the site's titles share), the
// first level-1 heading (in plain text, where levels are guesses, the first heading), the first
// heading, or the file name. Else the authors are those of the byline under that heading, and the
// kind is book when the document has over 20,000 `words` and is no series.
Outline outline(const Document& document, const StructureContext& context, std::size_t words);

// Whether two titles are the same to a reader: folded, without "3.1. " before them.
bool same_title(std::string_view a, std::string_view b);

}  // namespace tome
