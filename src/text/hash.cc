// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/hash.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>

namespace tome {

std::string digest(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return std::string(reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest);
}

std::string hex_digest(std::string_view bytes) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const char c : digest(bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

std::string short_digest(std::string_view bytes, std::size_t characters) {
  constexpr char kBase32[] = "abcdefghijklmnopqrstuvwxyz234567";
  constexpr std::size_t kMost = 128 / 5;
  const std::string full = digest(bytes);
  std::string out;
  std::uint32_t pool = 0;
  int bits = 0;
  std::size_t next = 0;
  while (out.size() < std::min(characters, kMost)) {
    if (bits < 5) {
      pool = (pool << 8 | static_cast<unsigned char>(full[next++])) & 0xFFFF;
      bits += 8;
    }
    bits -= 5;
    out += kBase32[pool >> bits & 31];
  }
  return out;
}

}  // namespace tome
