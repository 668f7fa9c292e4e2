// SPDX-License-Identifier: GPL-2.0-or-later
// Sizes of passages. The unit is the word as count_words() counts; text of very long "words" (an
// encoded image, a ruler of dashes) counts one for each 32 bytes, so that no passage is huge.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "text/text.h"

namespace tome {

constexpr std::uint32_t kBytesPerWord = 32;  // no script that count_words() knows needs as many

struct Size {
  std::uint32_t words = 0;
  std::uint32_t bytes = 0;

  std::uint32_t value() const { return std::max(words, bytes / kBytesPerWord); }
  Size operator+(Size other) const { return {words + other.words, bytes + other.bytes}; }
  Size& operator+=(Size other) { return *this = *this + other; }
};

inline Size size_of(std::string_view text) {
  return {static_cast<std::uint32_t>(count_words(text)), static_cast<std::uint32_t>(text.size())};
}

constexpr std::uint32_t kTarget = 150;   // paragraphs are joined up to this
constexpr std::uint32_t kSmall = 40;     // less joins a neighbour
constexpr std::uint32_t kLargest = 300;  // no passage is larger
constexpr std::uint32_t kCodeLines = 60;

// Above what a block is cut.
struct Limits {
  std::uint32_t prose;  // paragraphs, list items, table rows
  std::uint32_t code;
  std::uint32_t group;  // what should stay together: a label and its list
};

constexpr Limits kUsual = {220, kLargest, kLargest};
// Where a small remainder is caught between blocks too large to take it in (30 words, code of 290,
// 30 words), smaller blocks leave room: headings of 80 + 178 + a remainder of 39 are below 300.
constexpr Limits kStrict = {178, 178, 178};

}  // namespace tome
