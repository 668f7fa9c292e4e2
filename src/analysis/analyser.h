// SPDX-License-Identifier: GPL-2.0-or-later
// Analyser: text -> tokens. The same one serves indexing, questions, snippets and highlights.
//
// An Analyser owns a cache of stems and the memory of the tokens it returns: one a thread. Tokens
// are valid until the next call of analyse() on the same object.
//
// Terms are folded stems. Programmers' words are kept whole (C++, C#, F#, .NET, node.js,
// std::vector,
// __init__, f-string, TCP/IP, camelCase, snake_case, O(n)) and, where they have parts, given in
// parts as well: the whole first, then the parts, the whole at the position of its first part. Han
// and kana give ICU's words and 1- and 2-grams; Thai, Lao, Khmer ICU's words; Hangul words and
// 2-grams so that particles do not hide a word. A hyphenated word gives its parts as words; after a
// prefix of at most three letters ("e-mail", "pre-process") the joined word too, as an identifier.
//
// A lone & is the word "and".
//
// Positions and phrases: exactly one token at each position is an atom; the others there (wholes
// whose parts are atoms, humps of camelCase, grams) stand beside it. A phrase is compared over the
// atoms alone, so "event-driven design" is "event driven design", and neither case nor ICU's choice
// of Han words matters: the atom of camelCase is the whole, those of Han and kana are the
// characters.
//
// Where tokens begin and end does not depend on the language, so the tokens that analysers of two
// languages find in one text pair up one to one.
//
// `.NET` gives ".net" and the part "net", as "net" alone gives "net": asked for with both, a text
// with `.NET` matches two terms, the rarer one among them. Bounds: a run of over 64 bytes or 8
// parts has no whole and gives its pieces as words, and so does an address after "://"; the term of
// a longer word is its first 64 bytes.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

enum class TokenKind : std::uint8_t {
  kWord,
  kIdentifier,  // the whole of a programmers' word; its term is stemmed only when it is made of
                // letters and hyphens (NumPy and numpy, f-strings and f-string must meet)
  kPart,        // a part of the identifier before it
  kGram,        // a 1- or 2-gram beside the words of a script without spaces, or of Hangul
};

struct Token {
  std::string_view term;  // what is posted: folded, stemmed; at most 64 bytes, cut on a character
  std::string_view surface;     // folded, not stemmed
  std::uint32_t term_hash = 0;  // word_hash() of these
  std::uint32_t surface_hash = 0;
  std::uint32_t begin = 0;  // byte range in the analysed text
  std::uint32_t end = 0;
  std::uint32_t position = 0;  // counts atoms from 0; the others share one as said above
  TokenKind kind = TokenKind::kWord;
  bool atom = true;            // the one token of its position that a phrase is compared with
  bool stop = false;           // a stop word of the analyser's language
  bool exact_differs = false;  // the text had accents that folding dropped
};

// How the terms that somebody looks for begin: most other words need not be looked at then.
struct Beginnings {
  // Bit 0: a, bit 25: z. Letters that terms begin with, and, for each of these, the second letters.
  std::uint32_t first = ~std::uint32_t{0};
  std::array<std::uint32_t, 26> second = every();

  static constexpr std::array<std::uint32_t, 26> every() {
    std::array<std::uint32_t, 26> all{};
    for (std::uint32_t& letters : all) letters = ~std::uint32_t{0};
    return all;
  }
  bool operator==(const Beginnings&) const = default;
};

Beginnings beginnings_of(const std::vector<std::string_view>& terms);

class Analyser {
 public:
  // `language`: BCP 47 primary subtag; unknown or empty ones are neither stemmed nor stopped.
  explicit Analyser(std::string_view language);
  ~Analyser();
  Analyser(Analyser&&) noexcept;
  Analyser& operator=(Analyser&&) noexcept;

  const std::string& language() const;

  // Tokens of `text` (UTF-8; invalid bytes separate words), ordered by begin, wholes before parts.
  // With `beginnings` the words that begin with other letters of ASCII have their positions but no
  // token, as far as the language's stems keep these letters: for looking a few terms up.
  const std::vector<Token>& analyse(std::string_view text, const Beginnings& beginnings = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Raised whenever a change makes analysers of two versions disagree on some text; written into the
// manifest of an index.
inline constexpr int kAnalyserVersion = 1;

// Primary subtag of the language of `text`, told from its letters and words; `fallback` when there
// is too little of it to tell.
std::string detect_language(std::string_view text, std::string_view fallback = "en");

// Whether a word with this folded surface is a stop word of the language.
bool is_stop_word(std::string_view surface, std::string_view language);

}  // namespace tome
