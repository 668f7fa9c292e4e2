// SPDX-License-Identifier: GPL-2.0-or-later
#include "structure/passages.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "structure/atoms.h"

namespace tome {
namespace {

// Atoms [begin, end) of a section that stay together.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
  Size size;
};

bool fits(Size size) { return size.value() <= kLargest; }
bool small(Size size) { return size.value() < kSmall; }

std::vector<Run> groups_of(const std::vector<Atom>& atoms, std::uint32_t limit) {
  std::vector<Run> groups;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Atom& atom = atoms[i];
    const std::uint32_t bound = atom.soft ? kTarget : limit;
    if (atom.glued && !groups.empty() && (groups.back().size + atom.size).value() <= bound) {
      groups.back().size += atom.size;
      groups.back().end = i + 1;
    } else {
      groups.push_back({i, i + 1, atom.size});
    }
  }
  return groups;
}

// Joins the groups of a section to passages; `opening`: the size of its headings, which go with the
// first. Nothing when a passage would be too large or left too small.
std::optional<std::vector<Run>> join(const std::vector<Atom>& atoms, const std::vector<Run>& groups,
                                     Size opening) {
  std::vector<Run> runs;
  for (const Run& group : groups) {
    if (runs.empty()) {
      runs.push_back(group);
      runs.back().size += opening;
      if (!fits(runs.back().size)) return std::nullopt;
      continue;
    }
    Run& run = runs.back();
    const Size both = run.size + group.size;
    const bool wanted = both.value() <= kTarget && !atoms[group.begin].apart;
    if (fits(both) && (wanted || small(run.size))) {
      run.size = both;
      run.end = group.end;
      continue;
    }
    if (small(run.size)) {  // no room after it: perhaps before
      if (runs.size() < 2 || !fits(runs[runs.size() - 2].size + run.size)) return std::nullopt;
      runs[runs.size() - 2].size += run.size;
      runs[runs.size() - 2].end = run.end;
      runs.pop_back();
    }
    runs.push_back(group);
  }
  if (runs.size() > 1 && small(runs.back().size)) {
    Run& before = runs[runs.size() - 2];
    before.size += runs.back().size;
    before.end = runs.back().end;
    runs.pop_back();
    if (!fits(before.size)) return std::nullopt;
  }
  return runs;
}

std::vector<std::uint32_t> works_of(const Section& section) {
  if (section.book == kNoBlock) return {0};
  return {static_cast<std::uint32_t>(section.book + 1), 0};
}

class Maker {
 public:
  Maker(const Document& document, const std::vector<Size>& sizes, std::string_view language)
      : document_(document), sizes_(sizes), language_(language) {}

  void add(const Section& section) {
    if (section.body == section.end) {
      add_headings(section);
    } else {
      add_body(section);
    }
  }

  std::vector<PassageDraft> finish() && {
    if (passages_.empty() && !document_.text.empty()) passages_.emplace_back().works = {0};
    for (std::size_t i = 0; i < passages_.size(); ++i) {
      PassageDraft& passage = passages_[i];
      if (i == 0) passage.begin = 0;
      passage.end = i + 1 < passages_.size() ? passages_[i + 1].begin
                                             : static_cast<std::uint32_t>(document_.text.size());
      if (passage.body == kNoBody) passage.body = passage.end;
    }
    return std::move(passages_);
  }

 private:
  static constexpr std::size_t kLongestAnchor = 1000;  // every passage below has a copy
  static constexpr std::uint32_t kNoBody = static_cast<std::uint32_t>(-1);

  Size opening(const Section& section) const {
    Size size;
    for (std::size_t i = section.first; i < section.body; ++i) size += sizes_[i];
    return size;
  }

  void add_headings(const Section& section) {
    const Size size = opening(section);
    if (!passages_.empty() && book_ == section.book && fits(last_ + size)) {
      last_ += size;
      return;
    }
    const Block& heading = document_.blocks[section.first];
    push(section, heading.begin, size);
    passages_.back().body = kNoBody;
    passages_.back().line = heading.line;
    stand_at(heading);
    anchor_.clear();
    take_anchors(section.first, section.body);
  }

  void add_body(const Section& section) {
    const Size headings = opening(section);
    std::vector<Atom> atoms = atoms_of(document_, section, sizes_, kUsual, language_);
    auto runs = join(atoms, groups_of(atoms, kUsual.group), headings);
    if (!runs) {
      atoms = atoms_of(document_, section, sizes_, kStrict, language_);
      const std::vector<Run> groups = groups_of(atoms, kStrict.group);
      runs = join(atoms, groups, headings);
      if (!runs) runs = groups;  // sizes.h shows why this cannot be; cover the text all the same
    }
    anchor_.clear();
    std::size_t seen = section.first;  // anchors of the blocks before this one are taken
    for (const Run& run : *runs) {
      const Atom& first = atoms[run.begin];
      const bool opens = run.begin == 0 && section.first < section.body;
      push(section, opens ? document_.blocks[section.first].begin : first.begin, run.size);
      passages_.back().body = first.begin;
      passages_.back().line = line_of(first);
      stand_at(document_.blocks[first.block]);
      take_anchors(seen, first.block + 1);
      seen = first.block + 1;
    }
  }

  // Of atoms in order: each line of a long block is counted once.
  std::uint32_t line_of(const Atom& atom) {
    const Block& block = document_.blocks[atom.block];
    if (block.line == 0 || block.style != Style::kCode) return block.line;
    // Only code keeps the lines of the file.
    if (counted_in_ != atom.block) {
      counted_in_ = atom.block;
      counted_ = block.begin;
      line_ = block.line;
    }
    const char* text = document_.text.data();
    line_ += static_cast<std::uint32_t>(std::count(text + counted_, text + atom.begin, '\n'));
    counted_ = atom.begin;
    return line_;
  }

  void push(const Section& section, std::uint32_t begin, Size size) {
    PassageDraft& passage = passages_.emplace_back();
    passage.begin = begin;
    passage.headings = section.headings;
    passage.works = works_of(section);
    last_ = size;
    book_ = section.book;
  }

  // Gives the latest passage the page and chapter of a block.
  void stand_at(const Block& block) {
    passages_.back().page = block.page;
    passages_.back().chapter = block.chapter;
  }

  // Gives the latest passage the last anchor of the section up to here, in the same file.
  void take_anchors(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i > 0 && document_.blocks[i].chapter != document_.blocks[i - 1].chapter) anchor_.clear();
      const std::string& anchor = document_.blocks[i].anchor;
      if (!anchor.empty() && anchor.size() <= kLongestAnchor) anchor_ = anchor;
    }
    passages_.back().anchor = anchor_;
  }

  const Document& document_;
  const std::vector<Size>& sizes_;
  std::string_view language_;
  std::vector<PassageDraft> passages_;
  std::string anchor_;
  std::size_t counted_in_ = kNoBlock;  // the block of code whose lines are counted
  std::uint32_t counted_ = 0;          // up to here
  std::uint32_t line_ = 0;             // there
  Size last_;                          // of the latest passage
  std::size_t book_ = kNoBlock;        // that the latest passage is about
};

}  // namespace

std::vector<PassageDraft> make_passages(const Document& document,
                                        const std::vector<Section>& sections,
                                        const std::vector<Size>& sizes, std::string_view language) {
  Maker maker(document, sizes, language);
  for (const Section& section : sections) maker.add(section);
  return std::move(maker).finish();
}

}  // namespace tome
