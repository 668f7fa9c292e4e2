// SPDX-License-Identifier: GPL-2.0-or-later
// What a character outside ASCII is to the analyser, and the tokens of scripts without spaces.
#pragma once

#include <cstdint>

#include "analysis/token_writer.h"

namespace tome {

enum class CharClass : std::uint8_t {
  kOther,      // separates words
  kLetter,     // letters, marks and digits of scripts that put spaces between words
  kJoiner,     // apostrophes and middle dots: part of a word between two letters
  kIgnorable,  // soft hyphen, zero-width characters: part of a word inside of it, else nothing
  kHan,        // Han and kana
  kSoutheast,  // Thai, Lao, Khmer, Burmese
  kHangul,
};

// Class of the character at `i` (a byte over 0x7F), which is moved past it.
CharClass next_class(std::string_view text, std::size_t& i);

// Write the tokens of a run of one class.
void write_han(TokenWriter& writer, std::size_t begin, std::size_t end);
void write_southeast(TokenWriter& writer, std::size_t begin, std::size_t end);
void write_hangul(TokenWriter& writer, std::size_t begin, std::size_t end);

}  // namespace tome
