// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/pieces.h"

#include "analysis/characters.h"

namespace tome {
namespace {

using chars::is_alnum;
using chars::is_digit;
using chars::is_letter;
using chars::is_upper;
using chars::is_word;

// "1,000": three digits after the comma, and no fourth.
bool groups_thousands(std::string_view text, std::size_t comma, std::size_t end) {
  if (comma == 0 || !is_digit(text[comma - 1]) || comma + 3 >= end) return false;
  for (std::size_t i = comma + 1; i < comma + 4; ++i) {
    if (!is_digit(text[i])) return false;
  }
  return comma + 4 >= end || !is_alnum(text[comma + 4]);
}

// Length of the connector at `at` between two word characters; 0 if there is none.
std::size_t connector(std::string_view text, std::size_t at, std::size_t end) {
  if (at + 1 >= end) return 0;
  const char before = text[at - 1];
  const char after = text[at + 1];
  switch (text[at]) {
    case '.':
    case '-':
    case '/':
      return is_word(after) ? 1 : 0;
    case '\'':
      return is_letter(before) && is_letter(after) ? 1 : 0;
    case '&':
      return is_upper(before) && is_upper(after) ? 1 : 0;
    case ',':
      return groups_thousands(text, at, end) ? 1 : 0;
    case ':':
      return after == ':' && at + 2 < end && is_word(text[at + 2]) ? 2 : 0;
    default:
      return 0;
  }
}

}  // namespace

namespace {

template <class Visit>
void each_piece(std::string_view text, Piece all,
                std::size_t (*separator)(std::string_view, std::size_t), Visit visit) {
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

}  // namespace

Pieces split(std::string_view text, Piece all,
             std::size_t (*separator)(std::string_view, std::size_t)) {
  Pieces pieces;
  pieces.reserve(4);  // nearly all have no more
  each_piece(text, all, separator, [&](Piece piece) { pieces.push_back(piece); });
  return pieces;
}

std::size_t count_pieces(std::string_view text, Piece all,
                         std::size_t (*separator)(std::string_view, std::size_t)) {
  std::size_t count = 0;
  each_piece(text, all, separator, [&](Piece) { ++count; });
  return count;
}

std::size_t at_slash(std::string_view text, std::size_t i) { return text[i] == '/' ? 1 : 0; }
std::size_t at_hyphen(std::string_view text, std::size_t i) { return text[i] == '-' ? 1 : 0; }
std::size_t at_underscore(std::string_view text, std::size_t i) { return text[i] == '_' ? 1 : 0; }
std::size_t at_dot(std::string_view text, std::size_t i) {
  if (text[i] == ':') return 2;
  if (text[i] == '&') return 1;
  if (text[i] != '.') return 0;
  return is_digit(text[i - 1]) && is_digit(text[i + 1]) ? 0 : 1;  // "3.14" is one piece
}
std::size_t at_any(std::string_view text, std::size_t i) {
  if (text[i] == '-' || text[i] == '/' || text[i] == '_') return 1;
  return at_dot(text, i);
}

std::size_t compound_end(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t i = begin;
  bool letters = true;  // only letters since the last connector
  std::size_t piece = begin;
  while (i < end) {
    if (is_word(text[i])) {
      letters &= is_letter(text[i]);
      ++i;
      continue;
    }
    const bool name = letters && i > piece;
    if (text[i] == '+' && name && i + 1 < end && text[i + 1] == '+' &&
        !(i + 2 < end && (is_letter(text[i + 2]) || text[i + 2] == '+'))) {
      i += 2;
      letters = false;
      continue;
    }
    if (text[i] == '#' && name && i - piece == 1 && !(i + 1 < end && is_word(text[i + 1]))) {
      ++i;
      letters = false;
      continue;
    }
    const std::size_t length = connector(text, i, end);
    if (length == 0) break;
    i += length;
    piece = i;
    letters = true;
  }
  return i;
}

}  // namespace tome
