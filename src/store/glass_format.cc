// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/glass_format.h"

#include <bit>

#include "text/codec.h"

namespace tome {
namespace {

constexpr std::string_view kValueBounds("\0\xd0", 2);
constexpr std::string_view kValues("\0\xd8", 2);
constexpr std::string_view kLengths("\0\xe0", 2);

// A zero byte in a term is told from the end of one by what follows.
void put_escaped(std::string& out, std::string_view term) {
  for (const char c : term) {
    out += c;
    if (c == '\0') out += '\xff';
  }
}

}  // namespace

void put_sorted(std::string& out, std::uint32_t number) {
  // Fifteen bits take two bytes; each byte more has a bit more of ones in front and seven more of
  // the number.
  std::size_t bytes = 2;
  std::uint32_t ones = 0;
  if (number >= 0x8000) {
    bytes = (static_cast<std::size_t>(std::bit_width(number)) + 5) / 7;
    ones = (0xffu << (10 - bytes)) & 0xffu;
  }
  for (std::size_t i = bytes; i-- > 0;) {
    const std::uint64_t byte = (std::uint64_t{number} >> (8 * i)) & 0xffu;
    out += static_cast<char>(i + 1 == bytes ? byte | ones : byte);
  }
}

void put_sorted(std::string& out, std::string_view term) {
  put_escaped(out, term);
  out += '\0';
}

std::string document_key(std::uint32_t document) {
  std::string key;
  put_sorted(key, document);
  return key;
}

std::string value_bounds_key(std::uint32_t slot) {
  std::string key(kValueBounds);
  for (; slot != 0; slot >>= 8) key += static_cast<char>(slot & 0xffu);
  return key;
}

std::string values_key(std::uint32_t slot, std::uint32_t document) {
  std::string key(kValues);
  put_number(key, slot);
  put_sorted(key, document);
  return key;
}

std::string postings_key(std::string_view term) {
  if (term.empty()) return std::string(kLengths);
  std::string key;
  put_escaped(key, term);
  return key;
}

std::string postings_key(std::string_view term, std::uint32_t document) {
  std::string key;
  if (term.empty()) {
    key = kLengths;
  } else {
    put_sorted(key, term);
  }
  put_sorted(key, document);
  return key;
}

}  // namespace tome
