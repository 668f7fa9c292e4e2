// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/latex_input.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kDeepest = 16;
constexpr std::size_t kLongestGroup = 64 << 10;

bool is_in_name(char c) { return is_ascii_letter(c) || c == '@'; }

}  // namespace

LatexInput::LatexInput(std::string_view text)
    : allowance_((4u << 20) + text.size()), expansion_((256u << 10) + text.size()) {
  texts_.push_back({text, 0, nullptr});
}

std::string_view LatexInput::rest() {
  while (texts_.size() > 1 && texts_.back().at >= texts_.back().text.size()) texts_.pop_back();
  return texts_.back().text.substr(texts_.back().at);
}

void LatexInput::skip(std::size_t bytes) {
  Text& text = texts_.back();
  text.at = std::min(text.at + bytes, text.text.size());
}

void LatexInput::skip_all() {
  texts_.resize(1);
  texts_[0].at = texts_[0].text.size();
}

std::uint32_t LatexInput::line() {
  const Text& file = texts_.front();
  line_ += static_cast<std::uint32_t>(
      std::count(file.text.begin() + static_cast<std::ptrdiff_t>(counted_),
                 file.text.begin() + static_cast<std::ptrdiff_t>(file.at), '\n'));
  counted_ = file.at;
  return line_;
}

bool LatexInput::expand(const std::shared_ptr<const std::string>& body) {
  rest();
  if (texts_.size() > kDeepest || !repeat(body->size() + 1)) return false;
  texts_.push_back({*body, 0, body});
  return true;
}

bool LatexInput::repeat(std::size_t bytes) {
  if (bytes > expansion_) return false;
  expansion_ -= bytes;
  return true;
}

bool LatexInput::look(std::size_t bytes) {
  if (bytes > allowance_) return false;
  allowance_ -= bytes;
  return true;
}

void LatexInput::skip_space() {
  const std::string_view text = rest();
  std::size_t i = 0;
  bool line = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '\n') {
      if (line) {  // the second makes a blank line, which stays
        i = text.rfind('\n', i - 1);
        break;
      }
      line = true;
    } else if (text[i] != ' ' && text[i] != '\t') {
      break;
    }
  }
  skip(i);
}

bool LatexInput::take_group(char open, std::string_view& inner) {
  skip_space();
  const std::string_view text = rest().substr(0, kLongestGroup);
  if (text.empty() || text[0] != open) return false;
  const char close = open == '{' ? '}' : ']';
  std::size_t braces = 0;
  if (allowance_ == 0) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      ++i;
    } else if (braces == 0 && c == close) {
      inner = text.substr(1, i - 1);
      skip(i + 1);
      return true;
    } else if (c == '{') {
      ++braces;
    } else if (c == '}') {
      if (braces == 0) break;
      --braces;
    } else if (open == '[' && c == '\n' && i + 1 < text.size() && text[i + 1] == '\n') {
      break;
    }
  }
  if (!look(text.size())) allowance_ = 0;
  return false;
}

bool LatexInput::take_command_name(std::string_view& name) {
  std::string_view inner;
  const bool group = take_group('{', inner);
  std::string_view text = group ? inner : rest();
  while (!text.empty() && (text[0] == ' ' || text[0] == '\n')) text.remove_prefix(1);
  if (text.size() < 2 || text[0] != '\\') return false;
  std::size_t end = 1;
  while (end < text.size() && is_in_name(text[end])) ++end;
  if (end == 1) next_character(text, end);  // of a name that is no word: \% or \é
  name = text.substr(1, end - 1);
  if (!group) skip(end);
  return true;
}

bool LatexInput::take_until(std::string_view end, std::size_t limit, std::string_view& inner) {
  const std::string_view text = rest().substr(0, limit);
  if (allowance_ == 0) return false;
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) {
    if (!look(text.size())) allowance_ = 0;
    return false;
  }
  inner = text.substr(0, at);
  skip(at + end.size());
  return true;
}

}  // namespace tome
