// SPDX-License-Identifier: GPL-2.0-or-later
// The word list: every surface form of a segment with its count, sorted, in blocks among its
// records, of which each has its first word in its key: "words/aback"; each block sealed by a
// checksum. Serves prefix*, spelling, suggestions.
//
// Acronyms that the text explains stand in it too, so that they are counted, merged and taken off
// as words are: an entry of a mark, the acronym, a mark and its expansion. No word holds the mark,
// and the entries sort before all words.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

struct WordCount {
  std::string word;
  std::uint64_t count = 0;
};

inline constexpr std::string_view kWordsKey = "words/";
inline constexpr char kAcronymMark = '\x01';

// An acronym that passages explain, and how many times they do.
struct AcronymCount {
  std::string acronym;
  std::string expansion;  // words with a space between
  std::uint64_t count = 0;
};

std::string acronym_entry(std::string_view acronym, std::string_view expansion);

// False when the entry is a word.
bool read_acronym(const WordCount& entry, AcronymCount& out);

// Cuts a sorted list into sealed blocks of so many words, in order.
inline constexpr std::size_t kWordsPerBlock = 4096;
std::vector<std::string> encode_words(const std::vector<WordCount>& sorted);

// Appends a block's words to `out`; false when the block is damaged.
bool decode_words(std::string_view block, std::vector<WordCount>& out);

// Calls visit(word, count) for each entry of a block in order until it says false; false when the
// block is damaged. The word is valid during the call.
using VisitWord = std::function<bool(std::string_view, std::uint64_t)>;
bool visit_words(std::string_view block, const VisitWord& visit);

// Key of the block that begins with the word `first`.
std::string word_block_key(std::string_view first);

// Key of block `number` where it is served (store/served.h).
std::string words_key(std::size_t number);

// Adds up sorted lists into one sorted list.
std::vector<WordCount> add_words(const std::vector<std::vector<WordCount>>& lists);

}  // namespace tome
