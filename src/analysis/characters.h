// SPDX-License-Identifier: GPL-2.0-or-later
// What a byte of ASCII may be in a word. Bytes over 0x7F count as letters: analyser.cc hands only
// runs to the identifier scanner in which they are.
#pragma once

#include <array>
#include <cstdint>

namespace tome::chars {

inline constexpr std::uint8_t kLower = 1;
inline constexpr std::uint8_t kUpper = 2;
inline constexpr std::uint8_t kDigit = 4;
inline constexpr std::uint8_t kUnderscore = 8;
inline constexpr std::uint8_t kSpace = 16;
inline constexpr std::uint8_t kOpen = 32;   // may stand before a word in prose
inline constexpr std::uint8_t kClose = 64;  // may stand after one
inline constexpr std::uint8_t kHigh = 128;

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t c = 0; c <= ' '; ++c) classes[c] = kSpace;
  classes[0x7F] = kSpace;
  for (std::size_t c = 'a'; c <= 'z'; ++c) classes[c] = kLower;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) classes[c] = kUpper;
  for (std::size_t c = '0'; c <= '9'; ++c) classes[c] = kDigit;
  classes['_'] = kUnderscore;
  for (const char c : {'(', '[', '{', '<'}) classes[static_cast<std::size_t>(c)] = kOpen;
  for (const char c : {')', ']', '}', '>', '.', ',', ';', ':', '!', '?'}) {
    classes[static_cast<std::size_t>(c)] = kClose;
  }
  for (const char c : {'"', '\'', '*', '`', '|'}) {
    classes[static_cast<std::size_t>(c)] = kOpen | kClose;
  }
  for (std::size_t c = 0x80; c < 256; ++c) classes[c] = kHigh;
  return classes;
}

inline constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

inline std::uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
inline bool is(char c, std::uint8_t mask) { return (class_of(c) & mask) != 0; }
inline bool is_digit(char c) { return is(c, kDigit); }
inline bool is_upper(char c) { return is(c, kUpper); }
inline bool is_letter(char c) { return is(c, kLower | kUpper | kHigh); }
inline bool is_alnum(char c) { return is(c, kLower | kUpper | kHigh | kDigit); }
inline bool is_word(char c) { return is(c, kLower | kUpper | kHigh | kDigit | kUnderscore); }

}  // namespace tome::chars
