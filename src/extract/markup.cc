// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/markup.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <utility>

namespace tome::markup {
namespace {

constexpr std::uint32_t kMostColumns = 1000;  // of an indentation; more is cut

bool is_word(UChar32 c) { return c >= 0 && u_isalnum(c) != 0; }

}  // namespace

bool is_blank_char(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank_char(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank_char(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

void append_utf8(std::string& out, std::uint32_t code) {
  char utf8[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(utf8, length, code);
  out.append(utf8, static_cast<std::size_t>(length));
}

bool word_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  UChar32 c = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(at);
  U8_NEXT(data, i, static_cast<std::int32_t>(text.size()), c);
  return is_word(c);
}

bool word_before(std::string_view text, std::size_t at) {
  if (at == 0 || at > text.size()) return false;
  UChar32 c = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(at);
  U8_PREV(data, 0, i, c);
  return is_word(c);
}

MarkupLines::MarkupLines(std::string_view text) : source_(text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    Line line;
    std::size_t begin = at;
    std::size_t end = stop;
    for (; begin < end && is_blank_char(text[begin]); ++begin) {
      line.indent += text[begin] == '\t' ? 8 - line.indent % 8 : 1;
    }
    while (end > begin && is_blank_char(text[end - 1])) --end;
    line.indent = begin == end ? 0 : std::min(line.indent, kMostColumns);
    line.begin = static_cast<std::uint32_t>(begin);
    line.end = static_cast<std::uint32_t>(end);
    line.number = static_cast<std::uint32_t>(lines_.size() + 1);
    lines_.push_back(line);
    at = stop + 1;
  }
}

std::string_view MarkupLines::text(std::size_t i) const {
  return source_.substr(lines_[i].begin, lines_[i].end - lines_[i].begin);
}

void MarkupLines::cut(std::size_t i, std::size_t bytes) {
  Line& line = lines_[i];
  const std::uint32_t begin = line.begin;
  line.begin = std::min(line.end, begin + static_cast<std::uint32_t>(bytes));
  while (line.begin < line.end && is_blank_char(source_[line.begin])) ++line.begin;
  line.indent += line.begin - begin;
}

std::size_t MarkupLines::skip_blank(std::size_t i, std::size_t last) const {
  while (i < last && blank(i)) ++i;
  return i;
}

std::size_t MarkupLines::end_of_indented(std::size_t i, std::size_t last,
                                         std::uint32_t columns) const {
  while (i < last && (blank(i) || indent(i) > columns)) ++i;
  return i;
}

std::uint32_t MarkupLines::least_indent(std::size_t first, std::size_t last) const {
  std::uint32_t least = UINT32_MAX;
  for (std::size_t i = first; i < last; ++i) {
    if (!blank(i)) least = std::min(least, indent(i));
  }
  return least == UINT32_MAX ? 0 : least;
}

std::string MarkupLines::joined(std::size_t first, std::size_t last) const {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    if (blank(i)) continue;
    if (!out.empty()) out += ' ';
    out += text(i);
  }
  return out;
}

std::string MarkupLines::code(std::size_t first, std::size_t last, std::uint32_t columns) const {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    if (!blank(i) && indent(i) > columns) out.append(indent(i) - columns, ' ');
    out += text(i);
    out += '\n';
  }
  return out;
}

Finder::Found& Finder::entry(std::string_view needle) {
  for (Found& found : found_) {
    if (found.needle == needle) return found;
  }
  found_.push_back({std::string(needle)});
  return found_.back();
}

}  // namespace tome::markup
