// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a table of contents and a heading name the same chapter. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace tome::epub {

// "Chapter II. The Pool of Tears" -> "2", "the pool of tears": folded, without punctuation.
struct TitleKey {
  std::string number;  // "2", "2.1"; empty: none
  std::string words;   // empty when the title is nothing but a number
  std::string all;     // number and words as they stand
};

TitleKey key_of(std::string_view title);

// The same words, and not two different numbers.
bool same_key(const TitleKey& a, const TitleKey& b);

}  // namespace tome::epub
