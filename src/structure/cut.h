// SPDX-License-Identifier: GPL-2.0-or-later
// Cutting a block that is too large for one passage into pieces of about the same size.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "structure/sizes.h"

namespace tome {

struct CutPiece {
  std::uint32_t begin = 0;  // byte offset in the text that was cut; the piece ends at the next one
  Size size;
};

// Between sentences; a sentence over `limit` between words, a word over it between characters.
// Pieces are at most `limit`, which is at least kTarget.
std::vector<CutPiece> cut_prose(std::string_view text, std::string_view language,
                                std::uint32_t limit);

// Between lines, each piece at most `limit` and kCodeLines lines; a line over `limit` as above.
std::vector<CutPiece> cut_code(std::string_view text, std::uint32_t limit);

}  // namespace tome
