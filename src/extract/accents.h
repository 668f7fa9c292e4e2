// SPDX-License-Identifier: GPL-2.0-or-later
// Letters with accents, for markup that spells them in two parts (\'e). Safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace tome {

// `base` with the combining mark (U+0301 ...) put on its first character, in NFC: "e" and acute
// make "é". An empty base is nothing. `base` is valid UTF-8.
std::string accented(std::string_view base, char32_t mark);

// Appends the character in UTF-8; one that text may not hold (NUL, surrogates, beyond U+10FFFF) as
// U+FFFD.
void append_character(std::string& out, char32_t character);

}  // namespace tome
