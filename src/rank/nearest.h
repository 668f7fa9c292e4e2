// SPDX-License-Identifier: GPL-2.0-or-later
// Nearest words of the shelf to a word it does not know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/word_list.h"

namespace tome {

// Edits (insert, delete, replace, swap of neighbours; Damerau, 1964, restricted form) between two
// words, in characters; `limit` + 1 when more than `limit`.
unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

// The words of a shelf, laid out for finding those near to another: by length, with the set of
// their letters beside them, so that nearly all are passed over unread. Takes about 28 bytes a word
// and its letters. A plain value; reading it is safe from any thread.
class NearWords {
 public:
  NearWords() = default;
  explicit NearWords(const std::vector<WordCount>& words);

  // At most `count` words within one edit (two from six letters on), nearest first, then most
  // frequent.
  std::vector<std::string> nearest(std::string_view word, std::size_t count) const;

 private:
  struct Entry {
    std::uint64_t count = 0;
    std::size_t begin = 0;  // in text_
    std::uint32_t bytes = 0;
  };

  std::vector<std::uint64_t> letters_;  // of each word; ordered by length
  std::vector<Entry> entries_;          // in the same order
  std::vector<std::size_t> starts_;     // where the words of each length begin, and the end
  std::string text_;
};

}  // namespace tome
