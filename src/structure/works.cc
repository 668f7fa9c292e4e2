// SPDX-License-Identifier: GPL-2.0-or-later
#include "structure/works.h"

#include <algorithm>
#include <array>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kBookWords = 20000;

// "3.1.2. Numeric types" -> "Numeric types"; "2001: A Space Odyssey" and "3 little pigs" stay.
std::string_view without_number(std::string_view title) {
  std::size_t at = 0;
  bool dot = false;
  while (at < title.size() && ((title[at] >= '0' && title[at] <= '9') || title[at] == '.')) {
    dot = dot || title[at] == '.';
    ++at;
  }
  return dot && at > 1 && at + 1 < title.size() && title[at] == ' ' ? title.substr(at + 1) : title;
}

std::string comparable(std::string_view title) { return fold(without_number(squeeze(title))); }

std::string without_tail(std::string_view title, std::string_view tail) {
  std::string out = squeeze(title);
  // The tail was found in squeezed titles, so it begins with a space that must still be there.
  if (!tail.empty() && out.size() > tail.size() &&
      out.compare(out.size() - tail.size(), tail.size(), tail) == 0) {
    out.resize(out.size() - tail.size());
  }
  return squeeze(out);
}

// Whether `page` is `heading` beside the name of a site: "Locks | Threads Weekly".
bool has_site_name(std::string_view page, std::string_view heading) {
  constexpr std::array<std::string_view, 6> kBetween = {
      " | ", " - ", " :: ", " \u2013 ", " \u2014 ", " \u00B7 "};
  if (heading.empty() || page.size() <= heading.size()) return false;
  const std::size_t rest = page.size() - heading.size();
  return std::any_of(kBetween.begin(), kBetween.end(), [&](std::string_view between) {
    if (rest <= between.size()) return false;
    return (page.substr(0, heading.size()) == heading &&
            page.substr(heading.size(), between.size()) == between) ||
           (page.substr(rest) == heading &&
            page.substr(rest - between.size(), between.size()) == between);
  });
}

const Byline* byline_of(const std::vector<Byline>& bylines, std::size_t heading) {
  const auto found = std::find_if(bylines.begin(), bylines.end(),
                                  [heading](const Byline& b) { return b.heading == heading; });
  return found == bylines.end() ? nullptr : &*found;
}

// Whether the first heading is one book of a series rather than the document's own title: it is
// numbered, or below level 1, and another heading like it has a byline too.
bool is_one_of_series(const Document& document, const std::vector<Byline>& bylines,
                      std::size_t heading) {
  const Block& block = document.blocks[heading];
  if (byline_of(bylines, heading) == nullptr) return false;
  if (document.format == "text" ? !block.numbered : !block.numbered && block.level <= 1) {
    return false;
  }
  return std::any_of(bylines.begin(), bylines.end(), [&](const Byline& other) {
    const Block& peer = document.blocks[other.heading];
    return other.heading != heading && peer.numbered == block.numbered && peer.level == block.level;
  });
}

struct OwnHeading {
  std::size_t block = kNoBlock;  // the heading that speaks for the whole document
  bool is_title = false;         // it says what the title says
};

OwnHeading own_heading(const Document& document, const std::vector<Byline>& bylines,
                       const WorkInfo& given) {
  std::size_t first = kNoBlock, top = kNoBlock;
  for (std::size_t i = 0; i < document.blocks.size() && top == kNoBlock; ++i) {
    const Block& block = document.blocks[i];
    if (block.style != Style::kHeading) continue;
    if (first == kNoBlock) first = i;
    if (block.level == 1) top = i;
  }
  if (first == kNoBlock) return {};
  if (document.format == "text" || top == kNoBlock) top = first;
  if (given.title.empty()) {
    if (is_one_of_series(document, bylines, top)) return {};
    return {top, true};
  }
  const std::string title = comparable(given.title);
  const std::string both = comparable(given.title + ": " + given.subtitle);
  for (const std::size_t heading : {first, top}) {
    const std::string text = comparable(block_text(document, document.blocks[heading]));
    if (text == title || text == both) return {heading, true};
  }
  // A title of other words. The heading still speaks for the whole when it is the largest, alone in
  // having a byline there, and nothing else says who wrote the document.
  const Block& block = document.blocks[top];
  const bool peer = std::any_of(bylines.begin(), bylines.end(), [&](const Byline& other) {
    return other.heading != top && document.blocks[other.heading].level <= 1;
  });
  const bool own = block.level <= 1 && !block.numbered && given.authors.empty() && !peer;
  return {own ? top : kNoBlock, false};
}

// What <title> and the first level-1 heading make of each other.
std::string page_title(const Document& document, const StructureContext& context) {
  std::string title = without_tail(document.title, context.whole_tail);
  for (const Block& block : document.blocks) {
    if (title.empty() || block.style != Style::kHeading || block.level != 1) continue;
    std::string heading = squeeze(block_text(document, block));
    return has_site_name(title, heading) ? heading : title;
  }
  return title;
}

Outline chapter(const Document& document, const StructureContext& context) {
  Outline out;
  out.work = context.whole;
  out.page_title =
      document.meta.title.empty() ? page_title(document, context) : squeeze(document.meta.title);
  const auto first =
      std::find_if(document.blocks.begin(), document.blocks.end(),
                   [](const Block& block) { return block.style == Style::kHeading; });
  if (first != document.blocks.end()) {
    std::string text = squeeze(block_text(document, *first));
    if (out.page_title.empty()) out.page_title = text;
    if (same_title(text, out.page_title) || same_title(text, out.work.title)) {
      out.title_heading = static_cast<std::size_t>(first - document.blocks.begin());
    }
  }
  // The first page of a manual is called as the manual is, and that is left out of every path.
  if (same_title(out.page_title, out.work.title)) out.page_title.clear();
  return out;
}

}  // namespace

std::string title_of_file(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  for (const std::string_view packed : {".gz", ".xz", ".zst", ".bz2"}) {
    if (name.size() > packed.size() && name.ends_with(packed)) name.remove_suffix(packed.size());
  }
  const std::size_t dot = name.rfind('.');
  if (dot != std::string_view::npos && dot > 0) name = name.substr(0, dot);
  std::string title(name);
  std::replace_if(
      title.begin(), title.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
  title = squeeze(title);
  return title.empty() ? std::string(name) : title;
}

bool same_title(std::string_view a, std::string_view b) { return comparable(a) == comparable(b); }

Outline outline(const Document& document, const StructureContext& context, std::size_t words) {
  if (context.chapter) return chapter(document, context);
  Outline out;
  out.work = document.meta;
  WorkInfo& work = out.work;
  if (work.title.empty()) work.title = page_title(document, context);
  const std::vector<Byline> bylines = find_bylines(document);
  const OwnHeading own = own_heading(document, bylines, work);
  if (own.is_title) out.title_heading = own.block;
  if (work.title.empty() && own.block != kNoBlock) {
    work.title = squeeze(block_text(document, document.blocks[own.block]));
  }
  if (work.title.empty()) work.title = title_of_file(context.file_name);
  if (work.authors.empty() && own.block != kNoBlock) {
    if (const Byline* byline = byline_of(bylines, own.block)) work.authors = byline->authors;
  }
  // "Written by Ann Lee." under the heading AUTHOR of a man page makes that no book.
  if (document.meta.kind != Kind::kBook && document.format != "man") {
    out.books = find_series(document, bylines, own.block);
  }
  if (work.kind == Kind::kUnknown) {
    work.kind = words > kBookWords && out.books.empty() ? Kind::kBook : Kind::kArticle;
  }
  if (work.kind == Kind::kBook && work.features.empty()) {
    work.features = find_features(document, 0, document.blocks.size());
  }
  return out;
}

}  // namespace tome
