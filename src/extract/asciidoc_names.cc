// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/asciidoc_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/ascii.h"
#include "text/text.h"

namespace tome {

using namespace markup;

namespace {

constexpr auto kNowhere = std::string_view::npos;

constexpr std::array<std::pair<std::string_view, std::string_view>, 31> kCharacters = {{
    {"empty", ""},       {"blank", ""},       {"sp", " "},          {"nbsp", " "},
    {"zwsp", ""},        {"wj", ""},          {"apos", "'"},        {"quot", "\""},
    {"lsquo", "\u2018"}, {"rsquo", "\u2019"}, {"ldquo", "\u201C"},  {"rdquo", "\u201D"},
    {"deg", "\u00B0"},   {"plus", "+"},       {"brvbar", "\u00A6"}, {"vbar", "|"},
    {"amp", "&"},        {"lt", "<"},         {"gt", ">"},          {"startsb", "["},
    {"endsb", "]"},      {"caret", "^"},      {"asterisk", "*"},    {"tilde", "~"},
    {"backslash", "\\"}, {"backtick", "`"},   {"two-colons", "::"}, {"two-semicolons", ";;"},
    {"cpp", "C++"},      {"pp", "++"},        {"litdd", "--"},
}};

}  // namespace

std::string asciidoc_substituted(std::string_view text, AsciiDocNames& names) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t open = text.find('{'); open != kNowhere; open = text.find('{', open + 1)) {
    std::size_t close = open + 1;
    while (close < text.size() && close < open + 80 &&
           (is_ascii_word(text[close]) || text[close] == '-')) {
      ++close;
    }
    if (close == open + 1 || close >= text.size() || text[close] != '}') continue;
    if (open > 0 && text[open - 1] == '\\') continue;
    const std::string name = lower_ascii(text.substr(open + 1, close - open - 1));
    const auto found = names.attributes.find(name);
    const auto* built_in = std::find_if(kCharacters.begin(), kCharacters.end(),
                                        [&](const auto& pair) { return pair.first == name; });
    std::string_view value;
    if (found != names.attributes.end()) {
      value = found->second;
    } else if (built_in != kCharacters.end()) {
      value = built_in->second;
    } else {
      continue;
    }
    if (!names.budget.take(value.size())) continue;
    out.append(text.substr(from, open - from)).append(value);
    from = close + 1;
    open = close;
  }
  return out.append(text.substr(from));
}

std::string asciidoc_id(std::string_view title, std::string_view prefix, char separator) {
  std::string id(prefix);
  const std::size_t start = id.size();
  for (std::size_t i = 0; i < title.size();) {
    std::size_t next = i;
    next_character(title, next);
    const char c = title[i];
    if (is_blank_char(c) || c == '.' || c == '-' || c == separator) {
      if (separator != 0 && id.size() > start && id.back() != separator) id += separator;
    } else if (is_ascii_word(c)) {
      id += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    } else if (static_cast<unsigned char>(c) >= 0x80 && word_at(title, i)) {
      id += title.substr(i, next - i);
    }
    i = next;
  }
  while (separator != 0 && id.size() > start && id.back() == separator) id.pop_back();
  return id.size() == start ? "" : id;
}

}  // namespace tome
