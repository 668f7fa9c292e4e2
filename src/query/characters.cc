// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/characters.h"

#include <algorithm>
#include <array>

namespace tome::query {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool is_ascii_letter(unsigned char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

// Every byte beyond ASCII counts as a letter: the parser does not decode.
bool is_letter_or_digit(unsigned char c) { return is_ascii_letter(c) || is_digit(c) || c >= 0x80; }

bool starts(std::string_view text, std::size_t at, std::string_view what) {
  return text.substr(std::min(at, text.size())).starts_with(what);
}

struct QuotePair {
  std::string_view open;
  std::array<std::string_view, 3> close;
};

// “ and „ also close at ": keyboards and editors convert only one of a pair now and then.
constexpr std::array<QuotePair, 6> kQuotes = {{
    {"\"", {"\"", "", ""}},
    {"“", {"”", "“", "\""}},
    {"„", {"“", "”", "\""}},
    {"”", {"”", "\"", ""}},
    {"«", {"»", "", ""}},
    {"(", {")", "", ""}},  // for values only: quote_at does not offer it
}};

// NOT(x) excludes a group although no space stands between.
bool starts_with_call(std::string_view word) {
  const std::size_t length = operator_at(word, 0);
  return length > 0 && byte_at(word, length) == '(';
}

const QuotePair* pair_at(std::string_view text, std::size_t at) {
  for (const QuotePair& pair : kQuotes) {
    if (starts(text, at, pair.open)) return &pair;
  }
  return nullptr;
}

}  // namespace

std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const unsigned char a = byte_at(text, at);
  if (a <= 0x20 || a == 0x7F) return 1;
  if (a < 0x80) return 0;
  const unsigned char b = byte_at(text, at + 1);
  if (a == 0xC2) return b >= 0x80 && b <= 0xA0 ? 2 : 0;  // C1 controls, no-break space
  const unsigned char c = byte_at(text, at + 2);
  bool space = false;
  if (a == 0xE1) space = b == 0x9A && c == 0x80;  // Ogham
  if (a == 0xE2) {                                // U+2000..200A, 2028, 2029, 202F, 205F
    space = (b == 0x80 && ((c >= 0x80 && c <= 0x8A) || c == 0xA8 || c == 0xA9 || c == 0xAF)) ||
            (b == 0x81 && c == 0x9F);
  }
  if (a == 0xE3) space = b == 0x80 && c == 0x80;  // ideographic space
  if (a == 0xEF) space = b == 0xBB && c == 0xBF;  // byte order mark, pasted or piped
  return space ? 3 : 0;
}

std::size_t quote_at(std::string_view text, std::size_t at) {
  const QuotePair* pair = pair_at(text, at);
  return pair != nullptr && pair->open != "(" ? pair->open.size() : 0;
}

Quoted quoted_at(std::string_view text, std::size_t at) {
  const QuotePair* pair = pair_at(text, at);
  if (pair == nullptr) return {{}, at};
  const std::size_t begin = at + pair->open.size();
  std::size_t end = text.size();
  std::size_t length = 0;
  for (const std::string_view close : pair->close) {
    const std::size_t found = close.empty() ? text.npos : text.find(close, begin);
    if (found == text.npos || found >= end) continue;
    end = found;
    length = close.size();
  }
  return {text.substr(begin, end - begin), end + length};
}

Quoted bare_value_at(std::string_view text, std::size_t at) {
  // Parentheses pair up inside the value only: describe_question quotes it, and those outside must
  // stay balanced without it.
  std::size_t end = at;
  for (std::size_t open = 0; end < text.size() && space_at(text, end) == 0; ++end) {
    if (text[end] == '(') ++open;
    if (text[end] != ')') continue;
    if (open == 0) break;
    --open;
  }
  std::string_view value = text.substr(at, end - at);
  value = value.substr(0, value.find_last_not_of("?!,;") + 1);
  return {value, end};
}

std::string tidy(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = text[at] == '"' ? 1 : space_at(text, at);
    if (space > 0) {
      gap = true;
      at += space;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += text[at++];
  }
  return out;
}

std::optional<FieldStart> field_at(std::string_view text, std::size_t at) {
  for (const FieldName& known : field_names()) {
    const std::size_t colon = at + known.name.size();
    if (byte_at(text, colon) != ':') continue;
    const std::string_view name = text.substr(at, known.name.size());
    const bool same = std::equal(name.begin(), name.end(), known.name.begin(), [](char a, char b) {
      return is_ascii_letter(static_cast<unsigned char>(a)) && (a | 0x20) == b;
    });
    if (!same) continue;
    const std::size_t value = colon + 1;
    // A second colon is C++ or Perl (book::Page), a ) ends a group.
    if (value >= text.size() || space_at(text, value) > 0 || text[value] == ':' ||
        text[value] == ')') {
      return std::nullopt;
    }
    return FieldStart{known.field, value};
  }
  return std::nullopt;
}

bool sign_at(std::string_view text, std::size_t at) {
  if (byte_at(text, at) != '+' && byte_at(text, at) != '-') return false;
  const unsigned char next = byte_at(text, at + 1);
  if (next == '"' || next == '(') return true;
  return is_letter_or_digit(next) && space_at(text, at + 1) == 0;
}

std::size_t operator_at(std::string_view text, std::size_t at) {
  if (starts(text, at, "AND") || starts(text, at, "NOT")) return 3;
  return starts(text, at, "OR") ? 2 : 0;
}

bool is_prefix_form(std::string_view word) {
  if (word.empty() || word.back() != '*') return false;
  // Behind a quote, or with a bad value: a prefix must not look like an operator when written
  // again.
  if (sign_at(word, 0) || field_at(word, 0) || starts_with_call(word)) return false;
  word.remove_suffix(1);
  std::size_t characters = 0;
  bool letter = false;
  for (const char raw : word) {
    const auto c = static_cast<unsigned char>(raw);
    if (c == '*') return false;
    if ((c & 0xC0) != 0x80) ++characters;  // not a continuation byte
    letter = letter || is_letter_or_digit(c);
  }
  return characters >= 2 && letter;
}

bool is_special(std::string_view word) {
  if (word.empty()) return false;
  if (word.front() == '(' || quote_at(word, 0) > 0 || sign_at(word, 0)) return true;
  if (word.size() == operator_at(word, 0) || starts_with_call(word)) return true;
  return field_at(word, 0).has_value() || is_prefix_form(word);
}

bool needs_guard(std::string_view word) {
  const std::size_t slashes = word.find_first_not_of('\\');
  return slashes != word.npos && is_special(word.substr(slashes));
}

}  // namespace tome::query
