// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_title.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <vector>

#include "text/text.h"

namespace tome::epub {
namespace {

// Words before the number of a chapter, folded.
constexpr std::array<std::string_view, 22> kChapterWords = {
    "chapter", "part",     "book",   "section",   "appendix",  "lesson",  "unit",  "volume",
    "kapitel", "teil",     "anhang", "abschnitt", "chapitre",  "partie",  "livre", "capitulo",
    "parte",   "capitolo", "глава",  "часть",     "hoofdstuk", "rozdział"};

std::vector<std::string> words_of(std::string_view title) {
  const std::string folded = fold(title);
  std::vector<std::string> words;
  bool inside = false;
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t begin = i;
    const std::int32_t c = next_character(folded, i);
    const bool letter = c >= 0 && (u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK ||
                                   u_charType(c) == U_COMBINING_SPACING_MARK);
    if (letter && !inside) words.emplace_back();
    if (letter) words.back().append(folded, begin, i - begin);
    inside = letter;
  }
  return words;
}

bool is_digits(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

// "xiv" -> 14; 0 when it is no Roman numeral below 400.
int roman(std::string_view word) {
  if (word.empty() || word.size() > 12) return 0;
  int sum = 0;
  int before = 1000;
  for (const char c : word) {
    const int value = c == 'i'   ? 1
                      : c == 'v' ? 5
                      : c == 'x' ? 10
                      : c == 'l' ? 50
                      : c == 'c' ? 100
                                 : 0;
    if (value == 0) return 0;
    sum += value > before ? value - 2 * before : value;
    before = value;
  }
  return sum;
}

}  // namespace

TitleKey key_of(std::string_view title) {
  const std::vector<std::string> words = words_of(title);
  TitleKey key;
  std::size_t at = 0;
  const bool called = !words.empty() && std::find(kChapterWords.begin(), kChapterWords.end(),
                                                  words[0]) != kChapterWords.end();
  if (called) ++at;
  const int numeral = at < words.size() ? roman(words[at]) : 0;
  if (numeral > 0) {
    key.number = std::to_string(numeral);
    ++at;
  }
  while (at < words.size() && is_digits(words[at])) {
    if (!key.number.empty()) key.number += '.';
    key.number += words[at++];
  }
  if (called && key.number.empty()) at = 0;  // "Part of the Main"
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) key.all += ' ';
    key.all += words[i];
    if (i < at) continue;
    if (i > at) key.words += ' ';
    key.words += words[i];
  }
  return key;
}

bool same_key(const TitleKey& a, const TitleKey& b) {
  if (a.all == b.all) return !a.all.empty();
  if (a.words != b.words) return false;
  if (a.words.empty()) return a.number == b.number;  // "Chapter II", "2."
  return a.number.empty() || b.number.empty() || a.number == b.number;
}

}  // namespace tome::epub
