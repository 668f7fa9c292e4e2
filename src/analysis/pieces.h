// SPDX-License-Identifier: GPL-2.0-or-later
// Where compounds end and how they fall into pieces.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tome {

struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};
using Pieces = std::vector<Piece>;

// Where the compound that begins at `begin` (a letter, digit or underscore) ends; at most `end`.
std::size_t compound_end(std::string_view text, std::size_t begin, std::size_t end);

// Length of the connector at `i` inside of a compound that separates pieces; else 0.
std::size_t at_slash(std::string_view text, std::size_t i);
std::size_t at_hyphen(std::string_view text, std::size_t i);
std::size_t at_underscore(std::string_view text, std::size_t i);
std::size_t at_dot(std::string_view text, std::size_t i);  // also :: and &; not inside of a number
std::size_t at_any(std::string_view text, std::size_t i);

// The pieces of `all` that `separator` leaves, empty ones left out.
Pieces split(std::string_view text, Piece all,
             std::size_t (*separator)(std::string_view, std::size_t));

// How many those are.
std::size_t count_pieces(std::string_view text, Piece all,
                         std::size_t (*separator)(std::string_view, std::size_t));

}  // namespace tome
