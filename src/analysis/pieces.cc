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
