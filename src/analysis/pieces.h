// SPDX-License-Identifier: GPL-2.0-or-later
// Where compounds end and how they fall into pieces.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "analysis/characters.h"

namespace tome {

struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};
using Pieces = std::vector<Piece>;

// Where the compound that begins at `begin` (a letter, digit or underscore) ends; at most `end`.
std::size_t compound_end(std::string_view text, std::size_t begin, std::size_t end);

// Length of the connector at `i` inside of a compound that separates pieces; else 0.
inline std::size_t at_slash(std::string_view text, std::size_t i) { return text[i] == '/' ? 1 : 0; }
inline std::size_t at_hyphen(std::string_view text, std::size_t i) {
  return text[i] == '-' ? 1 : 0;
}
inline std::size_t at_underscore(std::string_view text, std::size_t i) {
  return text[i] == '_' ? 1 : 0;
}
// Also :: and &; not inside of a number.
inline std::size_t at_dot(std::string_view text, std::size_t i) {
  if (text[i] == ':') return 2;
  if (text[i] == '&') return 1;
  if (text[i] != '.') return 0;
  // "3.14" is one piece.
  return chars::is_digit(text[i - 1]) && chars::is_digit(text[i + 1]) ? 0 : 1;
}
inline std::size_t at_any(std::string_view text, std::size_t i) {
  if (text[i] == '-' || text[i] == '/' || text[i] == '_') return 1;
  return at_dot(text, i);
}

// Letters, capitals only at the front: nothing in it to look for.
inline bool is_ordinary(std::string_view text, Piece piece) {
  if (!chars::is_letter(text[piece.begin])) return false;
  for (std::size_t i = piece.begin + 1; i < piece.end; ++i) {
    if (!chars::is(text[i], chars::kLower)) return false;
  }
  return true;
}

// Visits the pieces of `all` that `separator` leaves, empty ones left out.
template <class Separator, class Visit>
void each_piece(std::string_view text, Piece all, Separator separator, Visit visit) {
  std::size_t begin = all.begin;
  for (std::size_t i = all.begin; i < all.end;) {
    const std::size_t length = separator(text, i);
    if (length == 0) {
      ++i;
      continue;
    }
    if (i > begin) visit(Piece{begin, i});
    i += length;
    begin = i;
  }
  if (all.end > begin) visit(Piece{begin, all.end});
}

}  // namespace tome
