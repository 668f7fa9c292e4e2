// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/ascii.h"
#include "text/breaks.h"
#include "text/text.h"

namespace tome {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
// What the rules for ASCII below leave to ICU: "a@b" is one word to some of its versions, 72 among
// them, and two to others.
bool is_icus(char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '@'; }

// Whether UAX 29 (as ICU's root locale has it, where a colon separates) joins `before` and `after`
// over the one character `mid`.
bool joins(char before, char mid, char after) {
  if (is_ascii_letter(before) && is_ascii_letter(after)) return mid == '.' || mid == '\'';
  if (is_ascii_digit(before) && is_ascii_digit(after)) {
    return mid == '.' || mid == '\'' || mid == ',' || mid == ';';
  }
  return false;
}

std::size_t count_ascii(std::string_view text) {
  std::size_t words = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    if (!is_ascii_letter(text[i]) && !is_ascii_digit(text[i]) && text[i] != '_') {
      ++i;
      continue;
    }
    bool counts = false;  // underscores alone are no word
    for (; i < text.size(); ++i) {
      if (is_ascii_letter(text[i]) || is_ascii_digit(text[i])) {
        counts = true;
      } else if (text[i] != '_' &&
                 !(i + 1 < text.size() && joins(text[i - 1], text[i], text[i + 1]))) {
        break;
      }
    }
    words += counts ? 1 : 0;
  }
  return words;
}

std::size_t count_any(std::string_view text) {
  std::size_t words = 0;
  for_each_word(text, [&words](std::size_t, std::size_t, bool word) { words += word ? 1 : 0; });
  return words;
}

}  // namespace

std::size_t count_words(std::string_view text) {
  // White space always separates, so runs of ASCII and of other words are counted apart.
  std::size_t words = 0;
  std::size_t begin = 0;
  bool icu = false;  // counts the run since `begin`
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t chunk = i;
    bool chunk_icu = false;
    while (i < text.size() && !is_space(text[i])) chunk_icu |= is_icus(text[i++]);
    while (i < text.size() && is_space(text[i])) ++i;
    if (chunk_icu == icu) continue;
    const std::string_view run = text.substr(begin, chunk - begin);
    words += icu ? count_any(run) : count_ascii(run);
    begin = chunk;
    icu = chunk_icu;
  }
  const std::string_view run = text.substr(begin);
  return words + (icu ? count_any(run) : count_ascii(run));
}

}  // namespace tome
