// SPDX-License-Identifier: GPL-2.0-or-later
#include "structure/series.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "structure/structure.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxFeatureLead = 80;  // bytes of a paragraph that can be "Key Features:"

bool plain(const Document& document) { return document.format == "text"; }

WorkInfo book_info(const Document& document, const Byline& byline) {
  WorkInfo work;
  work.kind = Kind::kBook;
  work.title = squeeze(block_text(document, document.blocks[byline.heading]));
  work.authors = byline.authors;
  const std::size_t colon = work.title.find(": ");
  if (colon != std::string::npos && colon > 0) {
    work.subtitle = work.title.substr(colon + 2);
    work.title.resize(colon);
  }
  return work;
}

// What a heading is to a series.
struct Event {
  std::size_t block = 0;
  const Byline* byline = nullptr;  // it may start a book; null: it may end one
  std::string folded;              // its text, where it may end one
};

// The headings from the first book on, without those that can be nothing but inside a part.
std::vector<Event> find_events(const Document& document, const std::vector<Byline>& bylines,
                               std::size_t own_heading) {
  const std::vector<Block>& blocks = document.blocks;
  std::vector<Event> events;
  auto next = bylines.begin();
  int level = 0;        // of the latest book
  bool inside = false;  // no heading since then that could have ended it
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (blocks[i].style != Style::kHeading) continue;
    while (next != bylines.end() && next->heading < i) ++next;
    const bool starts = next != bylines.end() && next->heading == i && i != own_heading &&
                        can_start_book(document, *next);
    const bool deeper = !events.empty() && blocks[i].level > level;
    if (starts && !(deeper && inside && !plain(document))) {
      events.push_back({i, &*next, {}});
      level = blocks[i].level;
      inside = true;
    } else if (!events.empty() && !deeper) {
      events.push_back({i, nullptr, fold(squeeze(block_text(document, blocks[i])))});
      inside = false;
    }
  }
  return events;
}

// The folded headings that stand under two books or more.
std::set<std::string> shared_headings(const std::vector<Event>& events) {
  std::map<std::string, const Event*> first;  // folded heading -> the book it is under
  std::set<std::string> shared;
  const Event* book = nullptr;
  for (const Event& event : events) {
    if (event.byline != nullptr) {
      book = &event;
    } else if (const auto at = first.emplace(event.folded, book); at.first->second != book) {
      shared.insert(event.folded);
    }
  }
  return shared;
}

bool feature_lead(const Document& document, const Block& block) {
  if (block.end - block.begin > kMaxFeatureLead) return false;
  if (block.style != Style::kLabel && block.style != Style::kParagraph &&
      block.style != Style::kHeading) {
    return false;
  }
  std::string text = fold(squeeze(block_text(document, block)));
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '*' || c == '_'; }),
             text.end());
  const bool colon = !text.empty() && text.back() == ':';
  if (colon) text.pop_back();
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (block.style == Style::kParagraph && !colon) return false;
  constexpr std::string_view kKey = "key features";
  if (text == "features" || text == kKey) return true;
  return block.style == Style::kParagraph && text.size() > kKey.size() &&
         text.compare(text.size() - kKey.size(), kKey.size(), kKey) == 0;
}

// "by Ann Lee<br>Northgate Press, 2021" names one author, "by Ann Lee and<br>Bob Ray" two.
std::string_view first_line(std::string_view text) {
  for (std::size_t end = 0; (end = text.find('\n', end)) != std::string_view::npos; ++end) {
    std::string_view line = text.substr(0, end);
    while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
    const auto ends = [line](std::string_view tail) {
      return line.size() > tail.size() && line.substr(line.size() - tail.size()) == tail;
    };
    if (!ends(",") && !ends(" &") && !ends(" and")) return line;
  }
  return text;
}

}  // namespace

std::string_view block_text(const Document& document, const Block& block) {
  return std::string_view(document.text).substr(block.begin, block.end - block.begin);
}

std::vector<Byline> find_bylines(const Document& document) {
  std::vector<Byline> found;
  const std::vector<Block>& blocks = document.blocks;
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    if (blocks[i].style != Style::kHeading || blocks[i + 1].style != Style::kParagraph) continue;
    std::vector<std::string> authors =
        parse_byline(first_line(block_text(document, blocks[i + 1])));
    if (!authors.empty()) found.push_back({i, std::move(authors)});
  }
  return found;
}

bool can_start_book(const Document& document, const Byline& byline) {
  return !plain(document) || document.blocks[byline.heading].numbered;
}

std::vector<BookPart> find_series(const Document& document, const std::vector<Byline>& bylines,
                                  std::size_t own_heading) {
  const std::vector<Block>& blocks = document.blocks;
  const std::vector<Event> events = find_events(document, bylines, own_heading);
  const std::set<std::string> shared = shared_headings(events);
  const auto starts = [](const Event& event) { return event.byline != nullptr; };
  const auto books = static_cast<std::size_t>(std::count_if(events.begin(), events.end(), starts));
  std::vector<BookPart> parts;
  bool open = false;
  for (const Event& event : events) {
    const Block& heading = blocks[event.block];
    const int level = open ? blocks[parts.back().begin].level : 0;
    if (starts(event)) {
      if (open && heading.level > level && !plain(document)) continue;
      if (open) parts.back().end = event.block;
      parts.push_back({event.block, blocks.size(), book_info(document, *event.byline)});
      open = true;
      continue;
    }
    if (!open) continue;
    if (shared.count(event.folded) > 0 && (heading.level == level || plain(document))) continue;
    if (plain(document) && !heading.numbered && parts.size() < books) continue;
    parts.back().end = event.block;
    open = false;
  }
  for (BookPart& part : parts) {
    part.work.features = find_features(document, part.begin + 1, part.end);
  }
  return parts;
}

std::vector<std::string> find_features(const Document& document, std::size_t begin,
                                       std::size_t end) {
  const std::vector<Block>& blocks = document.blocks;
  std::vector<std::string> features;
  for (std::size_t i = begin; i + 1 < end; ++i) {
    if (blocks[i + 1].style != Style::kListItem || !feature_lead(document, blocks[i])) continue;
    const int depth = blocks[i + 1].level;
    for (std::size_t item = i + 1; item < end && blocks[item].style == Style::kListItem; ++item) {
      std::string text = squeeze(block_text(document, blocks[item]));
      if (blocks[item].level <= depth || features.empty()) features.push_back(std::move(text));
    }
    break;
  }
  return features;
}

}  // namespace tome
