// SPDX-License-Identifier: GPL-2.0-or-later
#include "structure/sections.h"

#include <algorithm>
#include <utility>

#include "text/text.h"

namespace tome {
namespace {

// The headings in force, outermost first.
class HeadingStack {
 public:
  // `shown`: it appears in paths.
  void push(int level, std::string text, bool shown) {
    while (!open_.empty() && open_.back().level >= level) open_.pop_back();
    open_.push_back({level, std::move(text), shown});
  }

  void append_to(std::vector<std::string>& path) const {
    for (const Heading& heading : open_) {
      if (heading.shown) path.push_back(heading.text);
    }
  }

 private:
  struct Heading {
    int level;
    std::string text;
    bool shown;
  };
  std::vector<Heading> open_;
};

// Every passage below has a copy of its path, so what is no title is cut; headings are as short.
std::string shortened(const std::string& title) {
  return title.substr(0, utf8_floor(title, std::size_t{kMaxHeading} * kBytesPerWord));
}

}  // namespace

bool opens_section(const Block& block, Size size) {
  return block.style == Style::kHeading && size.value() <= kMaxHeading;
}

std::vector<Section> find_sections(const Document& document, const Outline& outline,
                                   const std::vector<Size>& sizes) {
  const std::vector<Block>& blocks = document.blocks;
  const std::vector<BookPart>& books = outline.books;
  std::vector<Section> sections;
  HeadingStack own, inside;
  std::size_t book = kNoBlock;
  std::size_t next_book = 0;
  Size run;  // size of the headings that open the latest section
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    bool border = i == 0;
    if (book != kNoBlock && books[book].end == i) {
      book = kNoBlock;
      border = true;
    }
    if (next_book < books.size() && books[next_book].begin == i) {
      book = next_book++;
      inside = {};
      border = true;
    }
    const Block& block = blocks[i];
    const bool heading = opens_section(block, sizes[i]);
    if (!heading && !border) {
      sections.back().end = i + 1;
      continue;
    }
    // Headings in a row open one section together.
    const bool joins = !border && sections.back().body == i && sections.back().end == i &&
                       (run + sizes[i]).value() <= kMaxHeadingRun;
    if (!joins) {
      sections.emplace_back();
      sections.back().first = sections.back().body = i;
      sections.back().book = book;
      run = {};
    }
    Section& section = sections.back();
    section.end = i + 1;
    if (heading) {
      section.body = i + 1;
      run += sizes[i];
      const std::string text = squeeze(block_text(document, block));
      if (book == kNoBlock) {
        own.push(block.level, text, i != outline.title_heading);
      } else if (i != books[book].begin) {
        // Plain text has no levels to tell a sub-heading from a book's: what is in the part is
        // below.
        inside.push(std::max(block.level, blocks[books[book].begin].level + 1), text, true);
      }
    }
    section.headings.clear();
    if (!outline.page_title.empty()) section.headings.push_back(shortened(outline.page_title));
    if (book == kNoBlock) {
      own.append_to(section.headings);
    } else {
      section.headings.push_back(shortened(books[book].work.title));
      inside.append_to(section.headings);
    }
  }
  return sections;
}

}  // namespace tome
