// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/letters.h"

#include <algorithm>
#include <array>

namespace tome {
namespace {

bool is_small(char c) { return c >= 'a' && c <= 'z'; }

// Signs beyond ASCII that are no letters, nor ignored inside of words: dashes, quotation marks, the
// bullet and the ellipsis (E2 80 xx), the space that does not break, (c), (r) and the middle dot
// (C2 xx). How many bytes; 0: another character.
std::size_t sign_at(std::string_view text, std::size_t at) {
  static constexpr std::string_view kAfterE280 = "\x93\x94\x98\x99\x9c\x9d\xa2\xa6";
  static constexpr std::string_view kAfterC2 = "\xa0\xa9\xae\xb7";
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? text[at + i] : '\0'; };
  if (byte(0) == '\xe2' && byte(1) == '\x80' &&
      kAfterE280.find(byte(2)) != std::string_view::npos) {
    return 3;
  }
  if (byte(0) == '\xc2' && kAfterC2.find(byte(1)) != std::string_view::npos) return 2;
  return 0;
}

// What each byte of ASCII is among letters and digits: itself, small; 0: a sign.
constexpr std::array<char, 128> kKept = [] {
  std::array<char, 128> kept{};
  for (char c = '0'; c <= '9'; ++c) kept[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) kept[static_cast<std::size_t>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c) kept[static_cast<std::size_t>(c)] = static_cast<char>(c + 32);
  return kept;
}();

}  // namespace

LetterRun::LetterRun(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (!std::all_of(word.begin(), word.end(), is_small)) {
      letters_.clear();
      return;
    }
    letters_ += word;
  }
}

bool LetterRun::surely_not_in(std::string_view text) const {
  // The analyser leaves the scheme of an address out.
  if (letters_.empty() || text.find("://") != std::string_view::npos) return false;
  thread_local std::string kept;
  kept.clear();
  kept.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      if (const char c = kKept[byte]; c != 0) kept.push_back(c);
      ++i;
    } else if (const std::size_t sign = sign_at(text, i); sign > 0) {
      i += sign;
    } else {
      return false;
    }
  }
  return kept.find(letters_) == std::string::npos;
}

}  // namespace tome
