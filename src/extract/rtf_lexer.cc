// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rtf_lexer.h"

#include <algorithm>

#include "text/ascii.h"

namespace tome {
namespace {

constexpr int kMaxNumber = 1'000'000'000;

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

RtfToken RtfLexer::next() {
  using Kind = RtfToken::Kind;
  while (at_ < bytes_.size() && (bytes_[at_] == '\r' || bytes_[at_] == '\n')) ++at_;
  if (at_ == bytes_.size()) return {};
  const char c = bytes_[at_];
  if (c == '\\') return control();
  RtfToken token;
  if (c == '{' || c == '}') {
    ++at_;
    token.kind = c == '{' ? Kind::kOpen : Kind::kClose;
    return token;
  }
  const std::size_t end = std::min(bytes_.find_first_of("{}\\\r\n", at_), bytes_.size());
  token.kind = Kind::kText;
  token.text = bytes_.substr(at_, end - at_);
  at_ = end;
  return token;
}

RtfToken RtfLexer::control() {
  using Kind = RtfToken::Kind;
  RtfToken token;
  if (++at_ == bytes_.size()) return token;
  const std::size_t begin = at_;
  token.kind = Kind::kWord;
  if (!is_ascii_letter(bytes_[at_])) {
    const char c = bytes_[at_++];
    token.text = bytes_.substr(begin, 1);
    if (c == '{' || c == '}' || c == '\\') token.kind = Kind::kText;
    if (c == '\r' || c == '\n') token.text = "par";
    if (c == '\'') {
      const int high = at_ < bytes_.size() ? hex_value(bytes_[at_]) : -1;
      const int low = at_ + 1 < bytes_.size() ? hex_value(bytes_[at_ + 1]) : -1;
      if (high >= 0 && low >= 0) {
        token.kind = Kind::kByte;
        token.number = high * 16 + low;
        at_ += 2;
      }
    }
    return token;
  }
  while (at_ < bytes_.size() && is_ascii_letter(bytes_[at_])) ++at_;
  token.text = bytes_.substr(begin, at_ - begin);
  const bool minus =
      at_ + 1 < bytes_.size() && bytes_[at_] == '-' && is_ascii_digit(bytes_[at_ + 1]);
  if (minus) ++at_;
  for (; at_ < bytes_.size() && is_ascii_digit(bytes_[at_]); ++at_) {
    token.numbered = true;
    token.number =
        token.number > kMaxNumber / 10 - 1 ? kMaxNumber : token.number * 10 + (bytes_[at_] - '0');
  }
  if (minus) token.number = -token.number;
  if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
  if (token.text == "bin" && token.number > 0) {
    at_ += std::min(static_cast<std::size_t>(token.number), bytes_.size() - at_);
  }
  return token;
}

}  // namespace tome
