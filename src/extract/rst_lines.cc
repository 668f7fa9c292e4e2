// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rst_lines.h"

#include <algorithm>
#include <string>
#include <vector>

#include "extract/labels.h"
#include "text/ascii.h"

namespace tome::rst {

using namespace markup;

namespace {

bool underlines(std::string_view rule, std::string_view title) {
  return adornment(rule) != 0 && (rule.size() >= 4 || rule.size() >= length_of(title));
}

// "0xA9 text", "U+00A9" -> the characters.
std::string unicode_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, std::min(text.find(' '), text.size()));
    text = trim(text.substr(word.size()));
    if (word == "..") break;
    std::uint32_t code = 0;
    const std::string lower = lower_ascii(word);
    const bool hex = lower.starts_with("0x") || lower.starts_with("u+") || lower.starts_with("\\u");
    for (const char c : std::string_view(lower).substr(hex ? 2 : 0)) {
      const std::size_t digit = std::string_view("0123456789abcdef").find(c);
      code = digit == std::string_view::npos || !hex || code > 0x10FFFF
                 ? 0x110000
                 : code * 16 + static_cast<std::uint32_t>(digit);
    }
    if (hex && code >= 0x20 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF)) {
      append_utf8(out, code);
    } else if (!hex) {
      out.append(out.empty() ? "" : " ").append(word);
    }
  }
  return out;
}

// "_`name`" in running text.
void collect_inline_targets(std::string_view text, RstNames& names) {
  for (std::size_t at = text.find("_`"); at != std::string_view::npos;
       at = text.find("_`", at + 2)) {
    const std::string_view rest = text.substr(at + 2, 100);
    const std::size_t end = rest.find('`');
    if (end != std::string_view::npos && end > 0) {
      names.targets.try_emplace(rst_name(rest.substr(0, end)));
    }
  }
}

void collect_substitution(const MarkupLines& lines, std::size_t i, RstNames& names) {
  const std::string_view text = lines.text(i).substr(4);
  const std::size_t bar = text.find("| ");
  if (bar == std::string_view::npos || bar == 0) return;
  const auto [name, first] = split_directive(trim(text.substr(bar + 1)));
  std::string value(first);
  const std::size_t end = lines.end_of_indented(i + 1, lines.size(), lines.indent(i));
  for (std::size_t k = i + 1; k < end && !lines.blank(k); ++k) {
    if (field_end(lines.text(k)) == 0) value.append(" ").append(lines.text(k));
  }
  if (name == "unicode") value = unicode_text(value);
  if (name != "unicode" && name != "replace") value.clear();
  names.substitutions.try_emplace(std::string(text.substr(0, bar)), trim(value));
}

}  // namespace

bool is_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

char adornment(std::string_view line) {
  if (line.empty() || !is_punctuation(line[0])) return 0;
  return line.find_first_not_of(line[0]) == std::string_view::npos ? line[0] : '\0';
}

std::size_t bullet(std::string_view line) {
  for (const std::string_view mark :
       {"*", "-", "+", "\xE2\x80\xA2", "\xE2\x80\xA3", "\xE2\x81\x83"}) {
    if (!line.starts_with(mark)) continue;
    if (line.size() == mark.size() || is_blank_char(line[mark.size()])) return mark.size();
  }
  return 0;
}

std::size_t enumerator(std::string_view line) {
  std::size_t i = line.starts_with('(') ? 1 : 0;
  const std::size_t begin = i;
  if (i < line.size() && line[i] == '#') {
    ++i;
  } else if (i < line.size() && is_ascii_digit(line[i])) {
    while (i < line.size() && is_ascii_digit(line[i]) && i < begin + 4) ++i;
  } else if (i < line.size() && is_ascii_letter(line[i])) {
    ++i;
    constexpr std::string_view kRoman = "ivxlcIVXLC";
    while (i < line.size() && i < begin + 6 && kRoman.find(line[i]) != std::string_view::npos &&
           kRoman.find(line[begin]) != std::string_view::npos) {
      ++i;
    }
  }
  if (i == begin || i >= line.size()) return 0;
  if (line[i] != ')' && (begin == 1 || line[i] != '.')) return 0;
  ++i;
  return i == line.size() || is_blank_char(line[i]) ? i : 0;
}

std::size_t field_end(std::string_view line) {
  if (line.size() < 3 || line[0] != ':' || line[1] == ':' || is_blank_char(line[1])) return 0;
  const std::size_t stop = std::min<std::size_t>(line.size(), 200);
  for (std::size_t i = 1; i < stop; ++i) {
    if (line[i] != ':') continue;
    if (i + 1 == line.size() || is_blank_char(line[i + 1])) {
      return is_blank_char(line[i - 1]) ? 0 : i;
    }
    if (line[i + 1] == '`') return 0;
  }
  return 0;
}

std::size_t option_end(std::string_view line) {
  if (line.size() < 2 || line[0] != '-' || (line[1] != '-' && !is_ascii_letter(line[1]))) return 0;
  if (line[1] == '-' && (line.size() < 3 || !is_ascii_letter(line[2]))) return 0;
  const std::size_t gap = line.find("  ");
  if (gap != std::string_view::npos) return gap;
  // Alone on its line: no words after it but an argument.
  return std::count(line.begin(), line.end(), ' ') <= 1 ? line.size() : 0;
}

std::pair<std::string_view, std::string_view> split_directive(std::string_view text) {
  const std::size_t end = text.find("::");
  if (end == std::string_view::npos || end == 0 || end > 60) return {};
  const std::string_view name = text.substr(0, end);
  for (const char c : name) {
    if (!is_ascii_letter(c) && !is_ascii_digit(c) &&
        std::string_view("-_+:.").find(c) == std::string_view::npos) {
      return {};
    }
  }
  if (end + 2 < text.size() && !is_blank_char(text[end + 2])) return {};
  return {name, trim(text.substr(end + 2))};
}

std::pair<std::string_view, std::string_view> split_target(std::string_view text) {
  if (text.size() < 3 || text[0] != '_') return {};
  std::size_t end = 0;
  if (text[1] == '`') {
    end = text.find("`:", 2);
    if (end == std::string_view::npos) return {};
    return {text.substr(2, end - 2), trim(text.substr(end + 2))};
  }
  for (end = 1; end < text.size(); ++end) {
    if (text[end] == '\\')
      ++end;
    else if (text[end] == ':' && (end + 1 == text.size() || is_blank_char(text[end + 1])))
      break;
  }
  if (end >= text.size()) return {};
  return {text.substr(1, end - 1), trim(text.substr(end + 1))};
}

Title title_at(const MarkupLines& lines, std::size_t i, std::size_t last) {
  const char over = adornment(lines.text(i));
  if (over != 0 && i + 2 < last && !lines.blank(i + 1) && lines.text(i + 2) == lines.text(i) &&
      underlines(lines.text(i), lines.text(i + 1)) && adornment(lines.text(i + 1)) == 0) {
    return {i + 1, i + 3, {over, true}};
  }
  if (over == 0 && i + 1 < last && !lines.blank(i + 1) && lines.indent(i + 1) == lines.indent(i) &&
      underlines(lines.text(i + 1), lines.text(i))) {
    return {i, i + 2, {lines.text(i + 1)[0], false}};
  }
  return {};
}

RstNames collect_names(const MarkupLines& lines) {
  RstNames names;
  std::vector<std::string> labels;  // that wait for the title below them
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines.text(i);
    if (text.empty()) continue;
    collect_inline_targets(text, names);
    names.anonymous = names.anonymous || text.starts_with("__ ") || text.starts_with(".. __:");
    if (text.starts_with(".. |")) {
      collect_substitution(lines, i, names);
    } else if (const auto target =
                   text.starts_with(".. _") ? split_target(text.substr(3)) : split_target("");
               !target.first.empty()) {
      const std::string name = rst_name(target.first);
      names.targets.try_emplace(name);
      if (target.second.empty()) labels.push_back(name);
      continue;
    } else if (const Title title = title_at(lines, i, lines.size()); title.end > 0) {
      const std::string words(lines.text(title.text));
      if (words.size() <= 200) {
        for (const std::string& label : labels) names.targets[label] = words;
        names.targets.try_emplace(rst_name(words));
      }
      i = title.end - 1;
    }
    labels.clear();
  }
  return names;
}

}  // namespace tome::rst
