// SPDX-License-Identifier: GPL-2.0-or-later
// Words and programmers' words in a run of text without white space.
//
// A run over 64 bytes or of over 8 parts is no identifier: it gives its pieces as plain words, cut
// at 64 bytes each. So do the addresses after "://".
#pragma once

#include <cstddef>

#include "analysis/token_writer.h"

namespace tome {

// Writes the tokens of [begin, end) of the writer's text, in which every byte over 0x7F belongs to
// a letter; returns where to go on, which is after `end` when "O(n log n)" or "PEP 8" reached over
// it.
std::size_t scan_run(TokenWriter& writer, std::size_t begin, std::size_t end);

// Writes the whole "pep8" if capitals at [begin, end) and the number after one space are a name
// like "PEP 8" or "RFC 2616"; the words themselves are left to the caller.
void write_numbered_name(TokenWriter& writer, std::size_t begin, std::size_t end);

}  // namespace tome
