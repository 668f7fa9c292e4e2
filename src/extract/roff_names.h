// SPDX-License-Identifier: GPL-2.0-or-later
// Small steps through a line of roff, shared by its readers. Pure functions.
#pragma once

#include <algorithm>
#include <string_view>

namespace tome {

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }

inline bool is_control(std::string_view line) {
  return !line.empty() && (line[0] == '.' || line[0] == '\'');
}

inline std::string_view skip_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text[0])) text.remove_prefix(1);
  return text;
}

// The word at the beginning of `text`, which is moved past it and the blanks behind it.
inline std::string_view take_word(std::string_view& text) {
  text = skip_blanks(text);
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text = skip_blanks(text.substr(end));
  return word;
}

// Bytes of the character at `i`, of which the text is valid UTF-8.
inline std::size_t character_size(std::string_view text, std::size_t i) {
  std::size_t end = i + 1;
  while (end < text.size() && (text[end] & '\xC0') == '\x80') ++end;
  return std::min(end, text.size()) - i;
}

// The name at `i` in the form x, (xx or [xxx]; `i` is moved past it.
inline std::string_view take_name(std::string_view text, std::size_t& i) {
  if (i >= text.size()) return {};
  if (text[i] == '(') {
    const std::string_view name = text.substr(i + 1, 2);
    i = std::min(i + 3, text.size());
    return name;
  }
  if (text[i] == '[') {
    const std::size_t end = std::min(text.find(']', i), text.size());
    const std::string_view name = text.substr(i + 1, end - i - 1);
    i = std::min(end + 1, text.size());
    return name;
  }
  const std::string_view name = text.substr(i, character_size(text, i));
  i += name.size();
  return name;
}

// What stands between two of the character at `i` ('...'), which is moved past both.
inline std::string_view take_quoted(std::string_view text, std::size_t& i) {
  if (i >= text.size()) return {};
  const std::string_view mark = text.substr(i, character_size(text, i));
  i += mark.size();
  const std::size_t end = std::min(text.find(mark, i), text.size());
  const std::string_view inner = text.substr(i, end - i);
  i = std::min(end + mark.size(), text.size());
  return inner;
}

}  // namespace tome
