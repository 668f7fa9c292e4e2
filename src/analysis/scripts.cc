// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/scripts.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/breaks.h"
#include "text/text.h"

namespace tome {
namespace {

CharClass by_script(UChar32 c) {
  if (c == 0x30FC || c == 0xFF70 || c == 0x3005 || c == 0xFF9E || c == 0xFF9F) {
    return CharClass::kHan;  // length and iteration marks of kana, whose script is "common"
  }
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return CharClass::kHan;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return CharClass::kSoutheast;
    case USCRIPT_HANGUL:
      return CharClass::kHangul;
    default:
      return CharClass::kLetter;
  }
}

CharClass classify(UChar32 c) {
  if (c < 0) return CharClass::kOther;
  if (c >= 0xC0 && c < 0x250) {
    return c == 0xD7 || c == 0xF7 ? CharClass::kOther : CharClass::kLetter;
  }
  switch (c) {
    case 0xB7:
    case 0x387:
    case 0x5F3:
    case 0x5F4:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2027:
    case 0xFF07:
      return CharClass::kJoiner;
    case 0x200B:
      return CharClass::kIgnorable;
    default:
      break;
  }
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CharClass::kIgnorable;
  constexpr std::uint32_t kWordMask =
      U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_NL_MASK | U_GC_PC_MASK;
  if ((U_GET_GC_MASK(c) & kWordMask) == 0) return CharClass::kOther;
  return by_script(c);
}

// Where the characters of [begin, end) begin, marks and Hangul's vowels and finals left with what
// they follow; `end` is the last.
std::vector<std::size_t> unit_bounds(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<std::size_t> bounds;
  for (std::size_t i = begin; i < end;) {
    const std::size_t at = i;
    const UChar32 c = next_character(text, i);
    const bool extends = c >= 0 && (u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND) ||
                                    u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
                                    (c >= 0x1160 && c <= 0x11FF) || c == 0xFF9E || c == 0xFF9F);
    if (!extends || bounds.empty()) bounds.push_back(at);
  }
  bounds.push_back(end);
  return bounds;
}

}  // namespace

CharClass next_class(std::string_view text, std::size_t& i) {
  return classify(next_character(text, i));
}

void write_han(TokenWriter& writer, std::size_t begin, std::size_t end) {
  const std::string_view text = writer.text();
  const std::vector<std::size_t> bounds = unit_bounds(text, begin, end);
  std::vector<std::size_t> word_end(bounds.size(), 0);  // by the unit that the word begins with
  std::size_t unit = 0;
  for_each_word(text.substr(begin, end - begin), [&](std::size_t from, std::size_t to, bool word) {
    while (unit + 1 < bounds.size() && bounds[unit] < begin + from) ++unit;
    if (word && bounds[unit] == begin + from) word_end[unit] = begin + to;
  });
  for (unit = 0; unit + 1 < bounds.size(); ++unit) {
    const std::size_t from = bounds[unit];
    const std::size_t one = bounds[unit + 1];
    const std::size_t to = word_end[unit];
    if (to > one) writer.word(from, to, TokenKind::kWord, false);
    // A word of one character is its own 1-gram, a word of two its own 2-gram.
    writer.word(from, one, to == one ? TokenKind::kWord : TokenKind::kGram);
    if (unit + 2 < bounds.size() && to != bounds[unit + 2]) {
      writer.beside(from, bounds[unit + 2], TokenKind::kGram);
    }
  }
}

void write_southeast(TokenWriter& writer, std::size_t begin, std::size_t end) {
  for_each_word(writer.text().substr(begin, end - begin),
                [&](std::size_t from, std::size_t to, bool word) {
                  if (word) writer.word(begin + from, begin + to);
                });
}

void write_hangul(TokenWriter& writer, std::size_t begin, std::size_t end) {
  writer.word(begin, end);
  const std::vector<std::size_t> bounds = unit_bounds(writer.text(), begin, end);
  if (bounds.size() <= 3) return;  // at most two syllables: the word is the gram
  for (std::size_t i = 0; i + 2 < bounds.size(); ++i) {
    writer.beside(bounds[i], bounds[i + 2], TokenKind::kGram);
  }
}

}  // namespace tome
