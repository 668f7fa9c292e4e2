// SPDX-License-Identifier: GPL-2.0-or-later
// Question -> tokens. Decides all that depends on neighbouring bytes: what is a word, a phrase, a
// filter, a group, and which AND, OR and NOT are operators. Parentheses come out balanced.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "query/query.h"

namespace tome::query {

inline constexpr std::size_t kMaxBytes = 64 * 1024;
inline constexpr std::size_t kMaxItems = 1000;
inline constexpr std::size_t kMaxDepth = 50;

struct Token {
  enum class Kind { kItem, kOpen, kClose, kAnd, kOr, kNot, kNothing };
  Kind kind = Kind::kNothing;
  char sign = 0;  // + or - in front of an item or a group
  Node item;      // a leaf
};

std::vector<Token> read_tokens(std::string_view question);

}  // namespace tome::query
