// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_join.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "extract/epub_title.h"
#include "extract/labels.h"

namespace tome::epub {
namespace {

constexpr std::size_t kLookPast = 3;         // short blocks before a heading: a number, a picture
constexpr std::uint32_t kShort = 200;        // bytes of such a block
constexpr std::size_t kRun = 3;              // "Part One", "Chapter 1", "The Beginning"
constexpr std::uint32_t kLongHeading = 600;  // bytes of what is no title any more

// An entry of the table and the block before which it belongs.
struct Point {
  std::size_t block;
  const TocEntry* entry;
  TitleKey key;
};

// Headings [first, last] of a file that together or one of them say what an entry says.
struct Match {
  std::size_t first = 0;
  std::size_t last = 0;
  bool found = false;
};

}  // namespace

class Joiner::File {
 public:
  File(Joiner& book, const std::string& name, const Chapter& chapter)
      : book_(book), name_(name), blocks_(chapter.document.blocks), chapter_(chapter) {}

  void add(const std::vector<const TocEntry*>& entries) {
    find_points(entries);
    emit(0, points_.empty() ? blocks_.size() : points_.front().block);
    for (std::size_t i = 0; i < points_.size();) i = open_at(i);
  }

 private:
  std::string_view text(std::size_t i) const {
    return std::string_view(chapter_.document.text)
        .substr(blocks_[i].begin, blocks_[i].end - blocks_[i].begin);
  }

  bool is_heading(std::size_t i) const {
    return blocks_[i].style == Style::kHeading && blocks_[i].end - blocks_[i].begin < kLongHeading;
  }

  // An entry whose fragment is nowhere stands at the heading that says the same; the first one of a
  // file else at its beginning, another nowhere.
  void find_points(const std::vector<const TocEntry*>& entries) {
    if (entries.empty()) return;
    std::unordered_map<std::string_view, std::size_t> ids;
    for (const IdPlace& place : chapter_.ids) ids.emplace(place.id, place.block);
    std::map<std::string, std::size_t> headings;  // filled when needed
    for (const TocEntry* entry : entries) {
      Point point{0, entry, key_of(entry->title)};
      if (!entry->fragment.empty()) {
        const auto place = ids.find(entry->fragment);
        if (place != ids.end()) {
          point.block = place->second;
        } else {
          if (headings.empty()) {
            for (std::size_t i = 0; i < blocks_.size(); ++i) {
              if (is_heading(i)) headings.emplace(key_of(text(i)).words, i);
            }
          }
          const auto heading = headings.find(point.key.words);
          if (heading != headings.end() && !point.key.words.empty()) {
            point.block = heading->second;
          } else if (!points_.empty()) {
            continue;
          }
        }
      }
      // Nothing stands there that it could name.
      if (point.block >= blocks_.size() && !entry->parent) continue;
      points_.push_back(std::move(point));
    }
    std::stable_sort(points_.begin(), points_.end(),
                     [](const Point& a, const Point& b) { return a.block < b.block; });
  }

  // The headings between `from` and `to` that say what `key` says.
  Match find_match(std::size_t from, std::size_t to, const TitleKey& key) const {
    std::size_t first = from;
    while (first < to && first < from + kLookPast && !is_heading(first) &&
           blocks_[first].end - blocks_[first].begin <= kShort) {
      ++first;
    }
    std::string together;
    for (std::size_t i = first; i < to && i < first + kRun && is_heading(i); ++i) {
      together += text(i);
      together += ' ';
      if (same_key(key_of(text(i)), key) || (i > first && same_key(key_of(together), key))) {
        return {first, i, true};
      }
    }
    return {};
  }

  // Writes the headings of all entries that stand where points_[i] does, then what follows up to
  // the next one, whose index is the answer.
  std::size_t open_at(std::size_t i) {
    const std::size_t here = points_[i].block;
    std::size_t end = i;
    while (end < points_.size() && points_[end].block == here) ++end;
    const std::size_t to = end < points_.size() ? points_[end].block : blocks_.size();
    std::size_t at = here;
    int depth = 1;
    bool matched = false;
    for (std::size_t p = i; p < end; ++p) {
      const Point& point = points_[p];
      // Some tables repeat a chapter as the first of its sections.
      if (p > i && same_key(point.key, points_[p - 1].key)) continue;
      depth = point.entry->depth;
      const Match match = find_match(at, to, point.key);
      matched = match.found;
      if (!matched) {
        insert(*point.entry);
        continue;
      }
      int level = blocks_[match.first].level;
      for (std::size_t b = match.first; b <= match.last; ++b) {
        level = std::min(level, blocks_[b].level);
      }
      book_.shift_ = depth - level;
      for (std::size_t b = match.first; b <= match.last; ++b) copy(b, depth);
      emit(at, match.first);  // short blocks that stood before it
      at = match.last + 1;
    }
    // What follows nests below the last of them.
    if (here == 0) file_depth_ = depth;
    const int largest = !matched || here == 0 ? largest_heading(at, to) : 0;
    if (!matched) book_.shift_ = largest == 0 ? depth : depth + 1 - largest;
    if (matched && largest > 0) book_.shift_ = std::max(book_.shift_, depth + 1 - largest);
    emit(at, to, file_depth_ + 1);
    return end;
  }

  int largest_heading(std::size_t from, std::size_t to) const {
    int largest = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (blocks_[i].style != Style::kHeading) continue;
      if (largest == 0 || blocks_[i].level < largest) largest = blocks_[i].level;
    }
    return largest;
  }

  void insert(const TocEntry& entry) {
    Block block;
    block.style = Style::kHeading;
    block.level = std::clamp(entry.depth, 1, 6);
    block.anchor = entry.fragment;
    block.chapter = name_;
    const Numbered numbered = split_number(entry.title);
    block.numbered = numbered.number >= 0;
    const std::string_view title = block.numbered ? numbered.rest : entry.title;
    book_.builder_.add(std::move(block), title);
  }

  void emit(std::size_t from, std::size_t to, int largest = 1) {
    for (std::size_t i = from; i < to; ++i) copy(i, largest);
  }

  // `largest`: the level above which no heading rises.
  void copy(std::size_t i, int largest) {
    Block block = blocks_[i];
    block.line = 0;
    block.chapter = name_;
    if (block.style == Style::kHeading) {
      block.level = std::clamp(block.level + book_.shift_, std::min(largest, 6), 6);
    }
    if (book_.builder_.add(std::move(block), text(i))) ++book_.blocks_;
  }

  Joiner& book_;
  const std::string& name_;
  const std::vector<Block>& blocks_;
  const Chapter& chapter_;
  std::vector<Point> points_;
  int file_depth_ = 0;  // of the entry that opens the file; 0: none does
};

void Joiner::add(const std::string& name, const Chapter& chapter,
                 const std::vector<const TocEntry*>& entries) {
  File(*this, name, chapter).add(entries);
}

}  // namespace tome::epub
