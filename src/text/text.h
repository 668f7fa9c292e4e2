// SPDX-License-Identifier: GPL-2.0-or-later
// UTF-8 text: checking, folding, words and sentences. Byte ranges everywhere; nothing here keeps
// state between calls (ICU break iterators are cached per thread).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

struct Range {
  std::uint32_t begin = 0;  // half-open byte range
  std::uint32_t end = 0;
};

// Whether all of it is UTF-8 (RFC 3629).
bool is_utf8(std::string_view text);

// Replaces each maximal invalid sequence by U+FFFD (Unicode 15, 3.9) and NUL by U+FFFD; returns how
// many were replaced.
std::uint64_t repair_utf8(std::string& text);

// Folded form for matching: NFKC, full case folding, accents dropped (canonical decomposition,
// marks of category Mn removed for Latin, Greek and Cyrillic), soft hyphens and zero-width
// characters dropped, typographic apostrophes as '. Idempotent.
std::string fold(std::string_view text);

// The same without dropping accents: the "exact" form.
std::string fold_keep_accents(std::string_view text);

// Sentences by UAX 29 (ICU), with byte ranges in `text` covering it without gap. Does not break
// after common abbreviations (e.g., i.e., Dr., Mr., vs., etc., Fig., No.) or inside a decimal
// number.
std::vector<Range> sentences(std::string_view text, std::string_view language);

// Number of words by the same rule everywhere in tome (UAX 29 words that hold a letter or digit;
// for Han, kana, Thai, Lao and Khmer the words that ICU's dictionary finds).
std::size_t count_words(std::string_view text);

// White space runs (also no-break space) as one space, trimmed.
std::string squeeze(std::string_view text);

// The code point at `i`, which is moved past it; -1 for (and past) a maximal invalid sequence.
std::int32_t next_character(std::string_view text, std::size_t& i);

// How many code points `text` has; an invalid sequence counts as one.
std::size_t count_characters(std::string_view text);

// Largest n <= limit at which `text` can be cut on a character boundary.
std::size_t utf8_floor(std::string_view text, std::size_t limit);

// Display columns of `text` in a terminal (East Asian wide: 2, combining: 0).
std::size_t display_width(std::string_view text);

}  // namespace tome
