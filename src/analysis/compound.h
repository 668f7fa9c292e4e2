// SPDX-License-Identifier: GPL-2.0-or-later
// Compounds: words joined by connectors ("std::vector", "snake_case", "well-known", "TCP/IP").
#pragma once

#include <cstddef>

#include "analysis/token_writer.h"

namespace tome {

inline constexpr std::size_t kMaxParts = 8;

// Writes the tokens of the compound [begin, end). `part`: it belongs to an identifier whose whole
// is written. `plain`: pieces as words only.
void write_compound(TokenWriter& writer, std::size_t begin, std::size_t end, bool part, bool plain);

}  // namespace tome
