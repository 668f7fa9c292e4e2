// SPDX-License-Identifier: GPL-2.0-or-later
// Lexicon: raw word -> folded surface and term, remembered.
//
// Keys are the raw bytes with ASCII capitals lowered, so that a word that was seen before costs one
// hash and one comparison and neither ICU nor the stemmer. The strings of the forms it returns live
// until trim() empties it. One thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/stemmer.h"
#include "text/word_table.h"

namespace tome {

inline constexpr std::size_t kMaxTerm = 64;  // bytes

// Small, since a form is looked at for each word of a text.
struct Form {
  const char* surface_begin = nullptr;
  const char* term_begin = nullptr;
  std::uint32_t surface_hash = 0;  // word_hash() of these
  std::uint32_t term_hash = 0;
  std::uint8_t surface_size = 0;
  std::uint8_t term_size = 0;
  bool stop = false;
  bool exact_differs = false;

  std::string_view surface() const { return {surface_begin, surface_size}; }
  std::string_view term() const { return {term_begin, term_size}; }
};

class Lexicon {
 public:
  explicit Lexicon(std::string_view language);

  // Folded and stemmed (not stemmed when there is a digit in it). Only the first kMaxTerm bytes of
  // `raw` count. Empty when folding leaves nothing. Valid until the next call.
  const Form& word(std::string_view raw) { return find(raw, true); }

  // Folded only.
  const Form& verbatim(std::string_view raw) { return find(raw, false); }

  // Forgets everything when it has grown over its bound (about 8 MB). Forms returned before are
  // then invalid.
  void trim();

 private:
  static constexpr std::size_t kShort = 16;  // bytes that a key holds itself

  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  // its index + 1; 0: free
  };
  // A raw word with ASCII capitals lowered, told apart by the first and the other eight bytes, or
  // the first and a hash of the others when it is longer; its bytes are looked at as well then.
  struct Key {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::uint32_t kind = 0;  // twice the size, and 1 when it is stemmed
    bool operator==(const Key&) const = default;
    std::size_t size() const { return kind / 2; }
    bool stem() const { return kind % 2 != 0; }
  };
  struct alignas(64) Entry {  // a line of the processor's cache
    Key key;
    const char* bytes = nullptr;
    Form form;
  };

  const Form& find(std::string_view raw, bool stem) {
    return raw.size() <= kShort ? find_short(raw, stem) : find_long(raw, stem);
  }
  const Form& find_short(std::string_view raw, bool stem);
  const Form& find_long(std::string_view raw, bool stem);
  const Form& add(const Key& key, std::uint32_t hash, const char* bytes);
  Form make(std::string_view key, bool stem);
  void grow();

  Stemmer stemmer_;
  std::string language_;
  // A power of two of them, by the upper bits of the hash: the lower ones hang on the first letters
  // alone.
  std::vector<Slot> slots_;
  unsigned shift_;
  std::vector<Entry> entries_;
  StringArena strings_;
};

}  // namespace tome
