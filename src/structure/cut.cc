// SPDX-License-Identifier: GPL-2.0-or-later
#include "structure/cut.h"

#include <algorithm>
#include <cstddef>

#include "text/breaks.h"

namespace tome {
namespace {

// How far a cut between words waits for a space before it is made at any boundary.
constexpr std::uint32_t kPatience = 20;

std::uint32_t parts_of(std::uint32_t size, std::uint32_t part) { return (size + part - 1) / part; }

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Appends pieces of text[base, base + run.size()), which is over a limit, cut between words.
void cut_words(std::string_view run, std::size_t base, std::uint32_t size,
               std::vector<CutPiece>& pieces) {
  const std::uint32_t target = parts_of(size, parts_of(size, kTarget));
  std::size_t begin = 0;
  std::uint32_t words = 0;
  const auto so_far = [&](std::size_t at) {
    return Size{words, static_cast<std::uint32_t>(at - begin)};
  };
  bool spaced = false;  // white space stands right before the boundary
  const auto cut = [&](std::size_t at) {
    pieces.push_back({static_cast<std::uint32_t>(base + begin), so_far(at)});
    begin = at;
    words = 0;
  };
  for_each_word(run, [&](std::size_t from, std::size_t to, bool word) {
    const bool space = is_space(run[from]);
    const std::uint32_t now = so_far(from).value();
    if (from > begin && !space && (now >= target + kPatience || (now >= target && spaced))) {
      cut(from);
    }
    words += word ? 1 : 0;
    spaced = space;
    while ((to - begin) / kBytesPerWord > target + kPatience) {  // one endless word
      const std::size_t part = std::size_t{target} * kBytesPerWord;
      cut(begin + utf8_floor(run.substr(begin), part));
    }
  });
  if (begin < run.size()) cut(run.size());
}

// What a unit weighs when pieces are balanced; it adds up, as value() does not.
std::uint64_t weight(Size size) {
  return std::max(std::uint64_t{size.words} * kBytesPerWord, std::uint64_t{size.bytes});
}

// Joins units of values up to `limit`, in order, to about `parts` pieces of the same weight: a unit
// begins a new piece when its middle lies in a further part of the whole than the piece's first
// one. `least`: a part that the unit does not lie before; empty or one a unit.
std::vector<CutPiece> pack(const std::vector<CutPiece>& units, std::uint32_t parts,
                           std::uint32_t limit, const std::vector<std::uint32_t>& least) {
  std::uint64_t total = 1;
  for (const CutPiece& unit : units) total += weight(unit.size);
  std::vector<CutPiece> pieces;
  std::uint64_t done = 0;
  std::uint64_t current = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint64_t all = weight(units[i].size);
    std::uint64_t part = (done + all / 2) * parts / total;
    if (!least.empty()) part = std::max(part, std::uint64_t{least[i]});
    done += all;
    if (!pieces.empty() && part <= current &&
        (pieces.back().size + units[i].size).value() <= limit) {
      pieces.back().size += units[i].size;
      continue;
    }
    pieces.push_back(units[i]);
    current = std::max(part, current);
  }
  return pieces;
}

// How many pieces of about the target size the units make.
std::uint32_t parts_for(const std::vector<CutPiece>& units) {
  Size total;
  for (const CutPiece& unit : units) total += unit.size;
  return parts_of(std::max(total.value(), 1u), kTarget);
}

void add_unit(std::string_view unit, std::size_t base, std::uint32_t limit,
              std::vector<CutPiece>& units) {
  const Size size = size_of(unit);
  if (size.value() > limit) {
    cut_words(unit, base, size.value(), units);
  } else {
    units.push_back({static_cast<std::uint32_t>(base), size});
  }
}

}  // namespace

std::vector<CutPiece> cut_prose(std::string_view text, std::string_view language,
                                std::uint32_t limit) {
  std::vector<CutPiece> units;
  for (const Range& range : sentences(text, language)) {
    add_unit(text.substr(range.begin, range.end - range.begin), range.begin, limit, units);
  }
  return pack(units, parts_for(units), limit, {});
}

std::vector<CutPiece> cut_code(std::string_view text, std::uint32_t limit) {
  std::vector<CutPiece> units;
  std::vector<std::uint32_t> lines;  // the line that each unit is of
  std::uint32_t line = 0;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t newline = text.find('\n', begin);
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    add_unit(text.substr(begin, end - begin), begin, limit, units);
    lines.resize(units.size(), line);
    begin = end;
  }
  const std::uint32_t parts = std::max(parts_for(units), parts_of(line, kCodeLines));
  for (std::uint32_t& at : lines) at = at * parts / line;
  return pack(units, parts, limit, lines);
}

}  // namespace tome
