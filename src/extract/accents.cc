// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/accents.h"

#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include "text/text.h"

namespace tome {

void append_character(std::string& out, char32_t character) {
  if (character == 0 || character > 0x10FFFF || (character >= 0xD800 && character < 0xE000)) {
    character = 0xFFFD;
  }
  char utf8[U8_MAX_LENGTH];
  std::int32_t n = 0;
  U8_APPEND_UNSAFE(utf8, n, static_cast<UChar32>(character));
  out.append(utf8, static_cast<std::size_t>(n));
}

std::string accented(std::string_view base, char32_t mark) {
  if (base.empty()) return {};
  std::size_t at = 0;
  const std::int32_t first = next_character(base, at);
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&code);
  std::string out;
  const UChar32 both =
      U_SUCCESS(code) ? unorm2_composePair(nfc, first, static_cast<UChar32>(mark)) : -1;
  if (both >= 0) {
    append_character(out, static_cast<char32_t>(both));
  } else {
    out = base.substr(0, at);
    append_character(out, mark);
  }
  out += base.substr(at);
  return out;
}

}  // namespace tome
