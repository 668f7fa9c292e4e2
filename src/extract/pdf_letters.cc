// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_letters.h"

#include <unicode/normalizer2.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "extract/labels.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::string_view kSoftHyphen = "\xC2\xAD";

// Letters that stand for several, or for a form of one: U+FB00 to U+FDFF, U+FE70 to U+FEFC.
bool is_presentation_form(UChar32 c) {
  return (c >= 0xFB00 && c <= 0xFDFB) || (c >= 0xFE70 && c <= 0xFEFC);
}

void append_letter(icu::UnicodeString& out, UChar32 c) {
  constexpr UChar32 kBullet = 0x2022;
  if (c == 0xF0B7 || c == 0xF0A7 || c == 0xF0D8 || c == 0xF06E) {  // Symbol, Wingdings
    out.append(kBullet);
  } else if (is_presentation_form(c)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(status);
    if (U_SUCCESS(status)) out.append(form->normalize(icu::UnicodeString(c), status));
  } else if (c == '\t' || c == '\n' || c == '\r' || u_isUWhiteSpace(c)) {
    out.append(static_cast<UChar32>(' '));
  } else if (u_iscntrl(c) || c == 0xFEFF || u_charType(c) == U_PRIVATE_USE_CHAR ||
             u_charType(c) == U_UNASSIGNED) {
    return;
  } else if (c == 0x2010 || c == 0x2011) {
    out.append(static_cast<UChar32>('-'));
  } else {
    out.append(U_IS_SURROGATE(c) ? UChar32{0xFFFD} : c);
  }
}

UChar32 first_of(std::string_view text) {
  std::size_t i = 0;
  return text.empty() ? -1 : next_character(text, i);
}

// Moves `end` before the character that ends there, and returns it.
UChar32 last_of(std::string_view text, std::size_t& end) {
  if (end == 0) return -1;
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && (text[begin] & 0xC0) == 0x80) --begin;
  std::size_t i = begin;
  end = begin;
  return next_character(text, i);
}

bool is_spaceless(UChar32 c) {
  if (c < 0xE00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF60);
  }
}

bool is_word_character(UChar32 c) { return c == '-' || c == '\'' || u_isalnum(c); }

constexpr std::size_t kLongestWord = 100;  // longer ones are not looked at

// Where the word that ends the line begins, a word that a hyphen holds together being one.
std::size_t last_word(std::string_view line) {
  std::size_t begin = line.size();
  for (std::size_t i = begin; i > 0 && line.size() - i < kLongestWord;) {
    if (!is_word_character(last_of(line, i))) break;
    begin = i;
  }
  return begin;
}

std::size_t first_word_end(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < line.size() && i < kLongestWord;) {
    if (!is_word_character(next_character(line, i))) break;
    end = i;
  }
  return end;
}

// The size of the hyphen that may cut a word at the line's end; 0: there is none.
std::size_t cutting_hyphen(std::string_view line) {
  std::size_t end = line.size();
  const UChar32 last = last_of(line, end);
  if (last != '-' && last != 0xAD) return 0;
  const std::size_t size = line.size() - end;
  return u_isalpha(last_of(line, end)) ? size : 0;
}

// "pre-" before "and post-".
bool is_conjunction(std::string_view word) {
  return word == "and" || word == "or" || word == "und" || word == "oder" || word == "et" ||
         word == "ou" || word == "y" || word == "to";
}

// The line ends within an address: "https://debian.org/doc/".
bool ends_in_address(std::string_view line) {
  constexpr std::size_t kLongest = 300;
  if (line.empty() || std::string_view("/-_=?&#.%~").find(line.back()) == std::string_view::npos) {
    return false;
  }
  if (line.size() > kLongest) line.remove_prefix(line.size() - kLongest);
  const std::string_view word = line.substr(line.rfind(' ') + 1);  // npos + 1 is 0
  return word.find("://") != std::string_view::npos || word.starts_with("www.");
}

struct Halves {
  std::string whole;       // "example"
  std::string hyphenated;  // "exam-ple"
};

Halves halves_of(std::string_view above, std::string_view below, std::size_t hyphen) {
  above.remove_suffix(hyphen);
  const std::string_view head = above.substr(last_word(above));
  const std::string_view tail = below.substr(0, first_word_end(below));
  if (head.size() + tail.size() > kLongestWord) return {};
  return {fold(std::string(head).append(tail)), fold(std::string(head).append("-").append(tail))};
}

}  // namespace

std::string clean_letters(const poppler::ustring& text) {
  icu::UnicodeString out;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = text[static_cast<std::size_t>(i++)];
    if (U16_IS_LEAD(c) && i < size && U16_IS_TRAIL(text[static_cast<std::size_t>(i)])) {
      c = U16_GET_SUPPLEMENTARY(c, text[static_cast<std::size_t>(i++)]);
    }
    append_letter(out, c);
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_SUCCESS(status)) out = nfc->normalize(out, status);
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

bool is_right_to_left(std::string_view text) {
  std::size_t right = 0;
  std::size_t left = 0;
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 c = next_character(text, i);
    if (c < 'A') continue;
    const UCharDirection direction = u_charDirection(c);
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) ++right;
    if (direction == U_LEFT_TO_RIGHT) ++left;
  }
  return right > left;
}

std::string read_right_to_left(const std::string& text) {
  const icu::UnicodeString seen = icu::UnicodeString::fromUTF8(text);
  UErrorCode status = U_ZERO_ERROR;
  UBiDi* bidi = ubidi_open();
  if (bidi == nullptr) return text;
  ubidi_setReorderingMode(bidi, UBIDI_REORDER_INVERSE_LIKE_DIRECT);
  ubidi_setPara(bidi, seen.getBuffer(), seen.length(), UBIDI_RTL, nullptr, &status);
  icu::UnicodeString read;
  UChar* buffer = read.getBuffer(seen.length() + 1);
  const std::int32_t size = ubidi_writeReordered(
      bidi, buffer, seen.length() + 1, UBIDI_KEEP_BASE_COMBINING | UBIDI_DO_MIRRORING, &status);
  read.releaseBuffer(U_SUCCESS(status) ? size : 0);
  ubidi_close(bidi);
  if (U_FAILURE(status)) return text;
  std::string out;
  read.toUTF8String(out);
  return out;
}

bool opens_without_space(std::string_view text) { return is_spaceless(first_of(text)); }

bool ends_without_space(std::string_view text) {
  std::size_t end = text.size();
  return is_spaceless(last_of(text, end));
}

bool ends_sentence(std::string_view text) {
  for (std::size_t end = text.size(); end > 0;) {
    const UChar32 c = last_of(text, end);
    switch (c) {
      case '.':
      case '!':
      case '?':
      case ':':
      case 0x2026:
      case 0x3002:
      case 0xFF01:
      case 0xFF1A:
      case 0xFF1F:
      case 0x61F:
      case 0x6D4:
      case 0x964:
        return true;
      default:
        break;
    }
    const auto type = u_charType(c);
    if (c != '"' && c != '\'' && type != U_END_PUNCTUATION && type != U_FINAL_PUNCTUATION &&
        type != U_INITIAL_PUNCTUATION) {
      return false;
    }
  }
  return false;
}

bool ends_in_hyphen(std::string_view text) { return cutting_hyphen(text) > 0; }

void HyphenWords::ask(std::string_view above, std::string_view below) {
  const std::size_t hyphen = cutting_hyphen(above);
  if (hyphen == 0 || first_case(below) != Case::kLower) return;
  Halves halves = halves_of(above, below, hyphen);
  if (halves.whole.empty()) return;
  seen_.emplace(std::move(halves.whole), false);
  seen_.emplace(std::move(halves.hyphenated), false);
}

void HyphenWords::see(std::string_view line) {
  if (seen_.empty()) return;
  const std::string folded = fold(line);
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t end = i + first_word_end(std::string_view(folded).substr(i));
    if (end > i && end < folded.size()) {  // what ends a line may be half a word
      const auto found = seen_.find(folded.substr(i, end - i));
      if (found != seen_.end()) found->second = true;
    }
    i = end;
    if (i < folded.size()) next_character(folded, i);
  }
}

void HyphenWords::join(std::string& paragraph, std::string_view line) const {
  const std::size_t hyphen = cutting_hyphen(paragraph);
  if (ends_in_address(paragraph) &&
      (!paragraph.ends_with('.') || first_case(line) == Case::kLower)) {
    paragraph += line;
    return;
  }
  if (hyphen > 0) {
    const bool soft = std::string_view(paragraph).ends_with(kSoftHyphen);
    const std::string_view tail = line.substr(0, first_word_end(line));
    if (!soft && is_conjunction(tail)) {
      paragraph += ' ';
    } else if (soft || first_case(line) == Case::kLower) {
      const Halves halves = halves_of(paragraph, line, hyphen);
      const auto known = [&](const std::string& word) {
        const auto found = seen_.find(word);
        return found != seen_.end() && found->second;
      };
      if (soft || known(halves.whole) || !known(halves.hyphenated)) {
        paragraph.resize(paragraph.size() - hyphen);
      }
    }
  } else if (!paragraph.empty() && !paragraph.ends_with("\xE2\x80\x94") &&
             !(ends_without_space(paragraph) && opens_without_space(line))) {
    paragraph += ' ';
  }
  paragraph += line;
}

}  // namespace tome
