// SPDX-License-Identifier: GPL-2.0-or-later
// Document: what an extractor makes of the bytes of one file. A plain value.
//
// `text` is valid UTF-8, in NFC as far as the file is, lines ended by \n, without NUL. Blocks lie
// in order, do not overlap, and between two blocks stands only white space (usually "\n\n"; "\n"
// between list items, table rows and the lines of a label). Byte ranges are half open.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tome/work.h"

namespace tome {

enum class Style : std::uint8_t {
  kParagraph,
  kHeading,
  kListItem,  // one item; `level` is its nesting depth from 1
  kTableRow,  // cells joined by " | "
  kCode,      // a whole code block, lines kept
  kLabel,     // "Key Features:" alone on its line: belongs to the next list or single paragraph
};

struct Block {
  Style style = Style::kParagraph;
  int level = 0;          // heading: 1 (largest) to 6; list item: depth; else 0
  bool numbered = false;  // a heading that had a number "2. " before it (the number is not in text)
  std::uint32_t begin = 0;  // byte range in Document::text
  std::uint32_t end = 0;
  std::uint32_t line = 0;  // 1-based line of the file where the block starts; 0: not known
  std::string anchor;      // fragment that leads to it ("whatsnew-310"); may be empty
  std::uint32_t page = 0;  // 1-based page it starts on, of a PDF; 0: the format has no pages
  std::string chapter;     // file of its chapter within an EPUB ("text/ch03.xhtml"); else empty
};

struct Document {
  std::string format;  // see format_name()
  std::string text;
  std::vector<Block> blocks;
  WorkInfo meta;  // what front matter or <meta> says; wins over what is inferred
  std::vector<std::string> page_labels;  // of page 1, 2 ...: "iv"; empty when they have none
  std::string title;                     // <title>, as found, white space folded; may be empty
  std::string encoding;        // what the bytes were: "UTF-8", "UTF-16LE", "WINDOWS-1252" ...
  std::uint64_t replaced = 0;  // invalid sequences that became U+FFFD
  std::vector<std::string> warnings;  // one sentence each: front matter that was not understood
};

// What a page says of the whole it belongs to; read cheaply from its head. Empty: not said.
struct WholeHints {
  std::string title;       // <title>, white space folded
  std::string home;        // href of link rel=home, start, top or index, as written
  std::string home_title;  // its title attribute
  std::string site_name;   // og:site_name
  bool redirect = false;   // a small page that only leads to another
  bool unlisted = false;   // <meta name=robots content=noindex>: what it says stands elsewhere too
  bool listing = false;    // program source, shown beside the documentation that was made of it
};

}  // namespace tome
