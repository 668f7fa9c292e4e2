// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/identifiers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/characters.h"
#include "analysis/compound.h"
#include "analysis/pieces.h"

namespace tome {
namespace {

using chars::is_alnum;
using chars::is_digit;
using chars::is_letter;
using chars::is_word;

constexpr std::size_t kMaxOrder = 40;  // bytes of a longest "O(...)"

struct Order {
  std::string spelling;  // "o(n^2)"
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  std::size_t end = 0;  // 0: no order
};

// Length of the sign that has the order of growth before the parenthesis: O, Θ or Ω.
std::size_t order_sign(std::string_view rest) {
  if (rest.substr(0, 2) == "O(") return 1;
  if (rest.substr(0, 3) == "\xCE\x98(" || rest.substr(0, 3) == "\xCE\xA9(") return 2;
  return 0;
}

// Reads "O(n log n)" at `begin`: letters in runs of at most five, numbers, operators, balanced.
Order read_order(std::string_view text, std::size_t begin) {
  const std::size_t sign = order_sign(text.substr(begin));
  if (sign == 0) return {};
  Order order;
  const std::size_t limit = std::min(text.size(), begin + kMaxOrder);
  order.spelling.append(text, begin, sign);
  order.parts.emplace_back(begin, begin + sign);
  int depth = 0;
  bool apart = false;  // white space since the last name or number
  bool named = false;  // nothing but white space since the last name or number
  for (std::size_t i = begin + sign; i < limit;) {
    const char c = text[i];
    const std::string_view two = text.substr(i, 2);
    if (is_alnum(c) && static_cast<unsigned char>(c) < 0x80) {
      const std::size_t from = i;
      while (i < limit && is_alnum(text[i]) && static_cast<unsigned char>(text[i]) < 0x80) ++i;
      if (i - from > 5 || order.parts.size() == kMaxParts) return {};
      if (named && apart) order.spelling += ' ';
      order.spelling.append(text, from, i - from);
      order.parts.emplace_back(from, i);
      named = true;
      apart = false;
    } else if (two == "\xC2\xB2" || two == "\xC2\xB3") {
      if (order.parts.size() == kMaxParts) return {};
      order.spelling += two == "\xC2\xB2" ? "^2" : "^3";
      order.parts.emplace_back(i, i + 2);
      i += 2;
    } else if (c == ' ' || c == '\n') {
      apart = true;
      ++i;
    } else if (std::string_view("()^*+-/,").find(c) != std::string_view::npos) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      order.spelling += c;
      named = false;
      ++i;
      if (depth > 0) continue;
      if (order.parts.size() > 1) order.end = i;
      return order;
    } else {
      return {};
    }
  }
  return {};
}

// "--no-verify", "-Wall", ".NET", ".gitignore": the sign belongs to the name. Returns its length
// when a name follows and nothing that could be joined stands before.
std::size_t name_sign(std::string_view text, std::size_t begin, std::size_t at, std::size_t end) {
  if (at > begin && !chars::is(text[at - 1], chars::kOpen)) return 0;
  std::size_t length = 1;
  if (text[at] == '-' && at + 1 < end && text[at + 1] == '-') length = 2;
  return at + length < end && is_letter(text[at + length]) ? length : 0;
}

}  // namespace

void write_numbered_name(TokenWriter& writer, std::size_t begin, std::size_t end) {
  const std::string_view text = writer.text();
  if (end - begin < 2 || end - begin > 5 || end + 1 >= text.size() || text[end] != ' ') return;
  std::size_t stop = end + 1;
  while (stop < text.size() && is_digit(text[stop])) ++stop;
  if (stop == end + 1 || stop - end > 6) return;
  if (stop < text.size()) {
    const bool goes_on =
        is_word(text[stop]) || ((text[stop] == '.' || text[stop] == ',') &&
                                stop + 1 < text.size() && is_digit(text[stop + 1]));
    if (goes_on) return;
  }
  std::string spelling(text.substr(begin, end - begin));
  spelling += text.substr(end + 1, stop - end - 1);
  writer.spelled(begin, stop, TokenKind::kIdentifier, false, spelling, true);
}

std::size_t scan_run(TokenWriter& writer, std::size_t begin, std::size_t end) {
  const std::string_view text = writer.text();
  bool plain = false;  // in an address
  std::size_t i = begin;
  while (i < end) {
    if (text[i] == '.' || text[i] == '-') {
      const std::size_t sign = plain ? 0 : name_sign(text, begin, i, end);
      if (sign == 0) {
        ++i;
        continue;
      }
      const std::size_t stop = compound_end(text, i + sign, end);
      const bool whole = stop - i <= kMaxTerm;
      if (whole) writer.verbatim(i, stop, TokenKind::kIdentifier, false);
      write_compound(writer, i + sign, stop, whole, !whole);
      i = stop;
      continue;
    }
    if (!is_word(text[i])) {
      ++i;
      continue;
    }
    const bool grows = order_sign(text.substr(i)) != 0;
    if (const Order order = grows ? read_order(text, i) : Order(); order.end != 0) {
      writer.spelled(i, order.end, TokenKind::kIdentifier, false, order.spelling, false);
      for (const auto& [from, to] : order.parts) writer.word(from, to, TokenKind::kPart);
      i = order.end;
      continue;
    }
    const std::size_t stop = compound_end(text, i, end);
    if (text.substr(stop, 3) == "://") {
      plain = true;
      i = stop + 3;
      continue;
    }
    if (is_ordinary(text, {i, stop})) {
      writer.word(i, stop);
      i = stop;
      continue;
    }
    bool capitals = true;
    for (std::size_t k = i; k < stop && capitals; ++k) capitals = chars::is_upper(text[k]);
    if (capitals) write_numbered_name(writer, i, stop);
    write_compound(writer, i, stop, false, plain);
    i = stop;
  }
  return i;
}

}  // namespace tome
