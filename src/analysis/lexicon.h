// SPDX-License-Identifier: GPL-2.0-or-later
// Lexicon: raw word -> folded surface and term, remembered.
//
// Keys are the raw bytes with ASCII capitals lowered, so that a word that was seen before costs one
// hash and one comparison and neither ICU nor the stemmer. The strings of the forms it returns live
// until trim() empties it. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "analysis/stemmer.h"

namespace tome {

inline constexpr std::size_t kMaxTerm = 64;  // bytes

struct Form {
  std::string_view surface;
  std::string_view term;
  bool stop = false;
  bool exact_differs = false;
};

class Lexicon {
 public:
  explicit Lexicon(std::string_view language);

  // Folded and stemmed (not stemmed when there is a digit in it). Only the first kMaxTerm bytes of
  // `raw` count. Empty when folding leaves nothing.
  Form word(std::string_view raw) { return find(raw, true); }

  // Folded only.
  Form verbatim(std::string_view raw) { return find(raw, false); }

  // Forgets everything when it has grown over its bound (about 8 MB). Forms returned before are
  // then invalid.
  void trim();

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::string_view key;
    Form form;
  };

  Form find(std::string_view raw, bool stem);
  Form make(std::string_view key, bool stem);
  std::string_view keep(std::string_view text);
  void grow();

  Stemmer stemmer_;
  std::string language_;
  std::vector<std::uint32_t> slots_;  // index + 1 into entries_; 0: free; a power of two of them
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_used_ = 0;
};

}  // namespace tome
