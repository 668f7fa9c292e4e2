// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/roff_expression.h"

#include "text/ascii.h"

namespace tome {
namespace {

constexpr int kDeepest = 32;
constexpr long kLargest = 1'000'000'000;  // products of two stay in 64 bits

long clamp(long value) {
  return value > kLargest ? kLargest : value < -kLargest ? -kLargest : value;
}

long expression(std::string_view& text, int depth);

long operand(std::string_view& text, int depth) {
  bool minus = false;
  while (!text.empty() && (text[0] == '-' || text[0] == '+' || text[0] == '|')) {
    minus = minus != (text[0] == '-');
    text.remove_prefix(1);
  }
  long value = 0;
  if (!text.empty() && text[0] == '(') {
    text.remove_prefix(1);
    if (depth < kDeepest) value = expression(text, depth + 1);
    if (!text.empty() && text[0] == ')') text.remove_prefix(1);
  } else {
    while (!text.empty() && is_ascii_digit(text[0])) {
      value = clamp(value * 10 + (text[0] - '0'));
      text.remove_prefix(1);
    }
    if (!text.empty() && text[0] == '.') {
      text.remove_prefix(1);
      while (!text.empty() && is_ascii_digit(text[0])) text.remove_prefix(1);
    }
    constexpr std::string_view kUnits = "icpPumnvsfMz";
    if (!text.empty() && kUnits.find(text[0]) != std::string_view::npos) text.remove_prefix(1);
  }
  return minus ? -value : value;
}

long apply(char sign, bool equal, long a, long b) {
  switch (sign) {
    case '+':
      return clamp(a + b);
    case '-':
      return clamp(a - b);
    case '*':
      return clamp(a * b);
    case '/':
      return b == 0 ? 0 : a / b;
    case '%':
      return b == 0 ? 0 : a % b;
    case '<':
      return equal ? a <= b : a < b;
    case '>':
      return equal ? a >= b : a > b;
    case '=':
      return a == b;
    case '&':
      return a > 0 && b > 0;
    default:
      return a > 0 || b > 0;
  }
}

long expression(std::string_view& text, int depth) {
  long value = operand(text, depth);
  constexpr std::string_view kSigns = "+-*/%<>=&:";
  while (!text.empty() && kSigns.find(text[0]) != std::string_view::npos) {
    const char sign = text[0];
    text.remove_prefix(1);
    const bool equal = !text.empty() && text[0] == '=';
    if (equal) text.remove_prefix(1);
    value = apply(sign, equal, value, operand(text, depth));
  }
  return value;
}

}  // namespace

long roff_number(std::string_view& text) { return expression(text, 0); }

}  // namespace tome
