// SPDX-License-Identifier: GPL-2.0-or-later
// Document -> works, sections, passages.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "tome/work.h"

namespace tome {

// What is known of a document from outside of it.
struct StructureContext {
  std::string file_name;  // "fluent-python.md": names a work that has no other title
  bool chapter = false;   // the file is a chapter of a whole that is described elsewhere:
  WorkInfo whole;  // ... then this is the only work and the page title opens the heading path
  std::string whole_tail;  // ending that page titles share (" - The Rust Programming Language")
};

// Heading paths: the titles above and at the passage, outermost first. The heading that only
// repeats the work's title is left out. In an article's part about a book the path is the book's
// main title, then the headings inside that part, so that a reader sees which book is spoken of;
// headings of the article above it are left out. In a chapter of a whole the page's own title comes
// first (unless it is the whole's), and a first heading that repeats it is left out.
struct PassageDraft {
  std::uint32_t begin = 0;  // byte range in Document::text; the drafts cover the text without gap
  std::uint32_t end = 0;    // or overlap, in order
  std::uint32_t body = 0;   // where the text after the headings that open the passage begins; `end`
                            // when there is none
  std::uint32_t line = 0;   // of the first block after those headings (of the heading if none)
  std::string anchor;       // nearest anchor (of up to 1000 bytes) at or before the body within the
                            // section; may be empty
  std::uint32_t page = 0;   // of the first block after those headings; 0: no pages
  std::string chapter;      // of the same block
  std::vector<std::string> headings;  // heading path
  std::vector<std::uint32_t> works;   // indices into Structured::works; the book, then its article
};

struct Structured {
  std::vector<WorkInfo>
      works;  // [0] is the document's own work; then the books it reviews, in order
  std::vector<PassageDraft> passages;
};

// Linear in the text. The document need not live on.
Structured structure(const Document& document, const StructureContext& context);

// The title that a work without any other takes from its file: "fluent-python.md" -> "fluent
// python".
std::string title_of_file(std::string_view name);

// The names in a line "by Ann Lee and Bob Ray", "Author: Ann Lee", "Authors: Ann Lee & Bob Ray,
// Cy Dee", without emphasis, degrees and what follows them (a date, "translated by ..."); "Lee,
// Ann; Ray, Bob" is turned round. Empty when the line is not of that form, as prose is not.
std::vector<std::string> parse_byline(std::string_view line);

}  // namespace tome
