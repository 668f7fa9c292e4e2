// SPDX-License-Identifier: GPL-2.0-or-later
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "text/text.h"

namespace tome {
namespace {

using Normalizer = const icu::Normalizer2* (*)(UErrorCode&);

std::string normalize(Normalizer normalizer, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = normalizer(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) {
    instance->normalizeUTF8(0,
                            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, status);
  }
  return U_SUCCESS(status) ? out : std::string(text);  // fails only when memory or data is missing
}

std::string fold_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return U8_IS_SINGLE(c); });
}

// U+2018, U+2019, U+201B and U+02BC are all typed for an apostrophe.
bool is_apostrophe(std::int32_t c) {
  return c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2BC;
}

std::string plain_apostrophes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const std::int32_t c = next_character(text, i);
    if (is_apostrophe(c)) {
      out += '\'';
    } else {
      out.append(text.substr(begin, i - begin));
    }
  }
  return out;
}

bool loses_marks(UChar32 base) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(base, &status);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
}

bool is_mark(UChar32 c) { return c >= 0x300 && u_charType(c) == U_NON_SPACING_MARK; }

// Expects canonically decomposed text.
std::string drop_marks(std::string_view text) {
  std::string out;
  bool dropping = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const UChar32 c = next_character(text, i);
    if (is_mark(c)) {
      if (dropping) continue;
    } else {
      dropping = c >= 0 && loses_marks(c);
    }
    out.append(text.substr(begin, i - begin));
  }
  return out;
}

bool is_normal(Normalizer normalizer, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = normalizer(status);
  return U_SUCCESS(status) &&
         instance->isNormalizedUTF8(
             icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), status) &&
         U_SUCCESS(status);
}

// Whether folding changes nothing for sure: dashes, mathematical signs, letters of many scripts.
bool is_folded(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 c = next_character(text, i);
    if (c < 0 || is_apostrophe(c) || is_mark(c)) return false;
  }
  return is_normal(icu::Normalizer2::getNFKCCasefoldInstance, text) &&
         is_normal(icu::Normalizer2::getNFDInstance, text);
}

std::string fold_marked(std::string_view text) {
  // NFKC_Casefold also drops what is ignorable: soft hyphens, zero-width characters, selectors.
  return plain_apostrophes(normalize(icu::Normalizer2::getNFKCCasefoldInstance, text));
}

std::string fold_once(std::string_view text) {
  const std::string decomposed = normalize(icu::Normalizer2::getNFDInstance, fold_marked(text));
  return normalize(icu::Normalizer2::getNFCInstance, drop_marks(decomposed));
}

std::string fold_fully(std::string_view text) {
  std::string out = fold_once(text);
  // A dropped mark can bring letters together that compose or fold once more.
  for (int round = 0; round < 3 && !is_ascii(out); ++round) {
    std::string again = fold_once(out);
    if (again == out) break;
    out = std::move(again);
  }
  return out;
}

// Folds each run of other characters, with the ASCII character before it, to which its marks may
// belong, by itself: no character of ASCII changes with what stands before it.
template <class Fold>
std::string fold_runs(std::string_view text, Fold fold_run) {
  const std::string lower = fold_ascii(text);
  const std::string_view rest = lower;
  std::string out;
  out.reserve(rest.size());
  std::size_t done = 0;
  for (std::size_t i = 0; i < rest.size();) {
    if (U8_IS_SINGLE(rest[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i > done ? i - 1 : i;
    while (i < rest.size() && !U8_IS_SINGLE(rest[i])) ++i;
    out.append(rest.substr(done, begin - done));
    const std::string_view run = rest.substr(begin, i - begin);
    if (is_folded(run)) {
      out.append(run);
    } else {
      out.append(fold_run(run));
    }
    done = i;
  }
  return out.append(rest.substr(done));
}

}  // namespace

std::string fold_keep_accents(std::string_view text) { return fold_runs(text, fold_marked); }

std::string fold(std::string_view text) { return fold_runs(text, fold_fully); }

}  // namespace tome
