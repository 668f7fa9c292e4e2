// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/slug.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace tome {

std::string Slugs::make(std::string_view heading) {
  std::string slug;
  const auto* data = reinterpret_cast<const std::uint8_t*>(heading.data());
  const auto length = static_cast<std::int32_t>(heading.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(data, i, length, c);
    if (c == ' ' || c == '\n') c = '-';
    if (c != '-' && c != '_' && (c < 0 || (!u_isalnum(c) && u_charType(c) != U_NON_SPACING_MARK))) {
      continue;
    }
    c = u_tolower(c);
    char utf8[U8_MAX_LENGTH];
    std::int32_t n = 0;
    U8_APPEND_UNSAFE(utf8, n, c);
    slug.append(utf8, static_cast<std::size_t>(n));
  }
  const int times = seen_[slug]++;
  if (times > 0) slug += '-' + std::to_string(times);
  return slug;
}

}  // namespace tome
