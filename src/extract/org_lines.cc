// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/org_lines.h"

#include <algorithm>

#include "extract/markup.h"
#include "text/ascii.h"

namespace tome::org {

using namespace markup;

namespace {

constexpr auto kNowhere = std::string_view::npos;

}  // namespace

std::size_t stars(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of('*'), text.size());
  return end > 0 && end < text.size() && text[end] == ' ' ? end : 0;
}

std::size_t bullet(std::string_view text, std::uint32_t indent) {
  std::size_t end = 0;
  if (text[0] == '-' || text[0] == '+' || (text[0] == '*' && indent > 0)) {
    end = 1;
  } else {
    while (end < text.size() && end < 9 && is_ascii_digit(text[end])) ++end;
    if (end == 0 && is_ascii_letter(text[0])) end = 1;
    if (end == 0 || end >= text.size() || (text[end] != '.' && text[end] != ')')) return 0;
    // "a." opens an item only where that is switched on: in prose it is the end of a sentence.
    if (is_ascii_letter(text[0]) && text[end] == '.') return 0;
    ++end;
  }
  return end == text.size() || is_blank_char(text[end]) ? end : 0;
}

std::pair<std::string, std::string_view> keyword(std::string_view text) {
  if (!text.starts_with("#+") || text.size() < 3) return {};
  std::size_t end = 2;
  while (end < text.size() && end < 60 && !is_blank_char(text[end]) && text[end] != ':' &&
         text[end] != '[') {
    ++end;
  }
  std::string key = lower_ascii(text.substr(2, end - 2));
  const std::size_t colon = text.substr(0, 200).find(':', end);
  const bool block = key.starts_with("begin_") || key.starts_with("end_");
  if (block) return {std::move(key), trim(text.substr(end))};
  if (colon == kNowhere) return {};
  return {std::move(key), trim(text.substr(colon + 1))};
}

bool opens_drawer(std::string_view text) {
  if (text.size() < 3 || text.size() > 60 || text.front() != ':' || text.back() != ':')
    return false;
  return std::all_of(text.begin() + 1, text.end() - 1, [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '-';
  });
}

bool is_planning(std::string_view text) {
  return text.starts_with("SCHEDULED:") || text.starts_with("DEADLINE:") ||
         text.starts_with("CLOSED:");
}

std::string_view without_tags(std::string_view title) {
  if (!title.ends_with(':')) return title;
  const std::size_t space = title.find_last_of(" \t");
  const std::size_t begin = space == kNowhere ? 0 : space + 1;
  const std::string_view tags = title.substr(begin);
  if (tags.size() < 3 || tags[0] != ':' || tags.find("::") != kNowhere) return title;
  return trim(title.substr(0, begin));
}

std::vector<std::string> split_tags(std::string_view text) {
  std::vector<std::string> tags;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(": \t"), text.size());
    if (end > 0) tags.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return tags;
}

}  // namespace tome::org
