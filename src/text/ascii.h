// SPDX-License-Identifier: GPL-2.0-or-later
// Classes of ASCII characters; false for every byte of another character.
#pragma once

namespace tome {

inline bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_ascii_letter(char c) { return is_ascii_upper(c) || (c >= 'a' && c <= 'z'); }
inline bool is_ascii_alnum(char c) { return is_ascii_letter(c) || is_ascii_digit(c); }
inline bool is_ascii_word(char c) { return is_ascii_alnum(c) || c == '_'; }

}  // namespace tome
