// SPDX-License-Identifier: GPL-2.0-or-later
#include <simdjson.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned char byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// Length of the well-formed sequence at `i`; when there is none, 0, and `bad` is the length of the
// maximal subpart to replace (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t i, std::size_t& bad) {
  const unsigned char lead = byte_at(text, i);
  bad = 1;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (std::size_t k = 1; k < length; ++k) {
    if (i + k >= text.size() || byte_at(text, i + k) < low || byte_at(text, i + k) > high) {
      bad = k;
      return 0;
    }
    low = 0x80;
    high = 0xBF;
  }
  return length;
}

int column_width(UChar32 c) {
  if (c >= 0x20 && c < 0x7F) return 1;
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return 0;
  if ((c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FF)) return 0;  // Hangul V and T
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::int32_t next_character(std::string_view text, std::size_t& i) {
  std::size_t bad = 1;
  const std::size_t length = sequence_length(text, i, bad);
  const std::size_t begin = i;
  i += length != 0 ? length : bad;
  if (length == 0) return -1;
  const std::int32_t lead = byte_at(text, begin);
  std::int32_t c = length == 1 ? lead : lead & (0x7F >> length);
  for (std::size_t k = begin + 1; k < i; ++k) c = c << 6 | (byte_at(text, k) & 0x3F);
  return c;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) next_character(text, i);
  return count;
}

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::uint64_t repair_utf8(std::string& text) {
  if (text.find('\0') == std::string::npos && is_utf8(text)) return 0;
  std::uint64_t replaced = 0;
  std::string repaired;
  std::size_t copied = 0;  // text[0, copied) is in `repaired`
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t bad = 1;
    const std::size_t length = text[i] == '\0' ? 0 : sequence_length(text, i, bad);
    if (length != 0) {
      i += length;
      continue;
    }
    repaired.append(text, copied, i - copied).append(kReplacement);
    i += bad;
    copied = i;
    ++replaced;
  }
  if (replaced != 0) {
    repaired.append(text, copied);
    text = std::move(repaired);
  }
  return replaced;
}

std::size_t utf8_floor(std::string_view text, std::size_t limit) {
  if (limit >= text.size()) return text.size();
  std::size_t n = limit;
  while (n > 0 && limit - n < 3 && U8_IS_TRAIL(text[n])) --n;
  return U8_IS_TRAIL(text[n]) ? limit : n;  // stray trail bytes have no boundary to respect
}

std::string squeeze(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    while (i < text.size() && text[i] > ' ') ++i;
    const UChar32 c = i > begin ? 'x' : next_character(text, i);
    if (c >= 0 && u_isUWhiteSpace(c)) {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out.append(text, begin, i - begin);
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const UChar32 c = next_character(text, i);
    width += static_cast<std::size_t>(c < 0 ? 1 : column_width(c));
  }
  return width;
}

}  // namespace tome
