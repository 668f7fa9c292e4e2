// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/asciidoc_lines.h"

#include <algorithm>
#include <array>
#include <set>

#include "extract/asciidoc_attributes.h"
#include "extract/asciidoc_inline.h"
#include "extract/labels.h"
#include "text/ascii.h"

namespace tome::asciidoc {

using namespace markup;

namespace {

bool all_of(std::string_view text, char c) {
  return !text.empty() && text.find_first_not_of(c) == std::string_view::npos;
}

}  // namespace

std::string_view admonition(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kNames = {
      {{"NOTE", "Note"},
       {"TIP", "Tip"},
       {"WARNING", "Warning"},
       {"IMPORTANT", "Important"},
       {"CAUTION", "Caution"}}};
  for (const auto& [known, text] : kNames) {
    if (known == name) return text;
  }
  return {};
}

bool is_verbatim(std::string_view text) {
  if (text.starts_with("```")) return text.find('`', 3) == std::string_view::npos;
  return text.size() >= 4 && std::string_view("-.+/").find(text[0]) != std::string_view::npos &&
         all_of(text, text[0]);
}

bool is_compound(std::string_view text) {
  if (text == "--") return true;
  return text.size() >= 4 && std::string_view("=*_").find(text[0]) != std::string_view::npos &&
         all_of(text, text[0]);
}

bool is_table(std::string_view text) {
  return text.size() >= 4 && std::string_view("|,:!").find(text[0]) != std::string_view::npos &&
         all_of(text.substr(1), '=');
}

Marker marker_of(std::string_view text) {
  Marker marker;
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, std::min<std::size_t>(space, 12));
  if (space < text.size() && space < 12) {
    const bool bullet =
        word == "-" || (word.size() < 7 && (all_of(word, '*') || all_of(word, '.')));
    const char last = word.empty() ? '\0' : word.back();
    const std::string_view front = word.substr(0, word.empty() ? 0 : word.size() - 1);
    if (bullet || word == "\xE2\x80\xA2") {
      marker.key = word;
    } else if (last == '.' && !front.empty() &&
               std::all_of(front.begin(), front.end(), is_ascii_digit)) {
      marker.key = "1.";
    } else if (last == '.' && front.size() == 1 && is_ascii_letter(front[0])) {
      marker.key = "a.";
    } else if (last == ')' && !front.empty() &&
               front.find_first_not_of("ivxIVX") == std::string_view::npos) {
      marker.key = "i)";
    } else if (word.size() > 2 && word.front() == '<' && last == '>' &&
               front.find_first_not_of("0123456789.", 1) == std::string_view::npos) {
      marker.key = "<1>";
    }
    if (!marker.key.empty()) {
      marker.size = word.size();
      return marker;
    }
  }
  // Bounded: a term is no paragraph.
  const std::string_view head = text.substr(0, 400);
  for (std::size_t at = head.find_first_of(":;", 1); at != std::string_view::npos;
       at = head.find_first_of(":;", at + 1)) {
    std::size_t end = at;
    while (end < head.size() && head[end] == head[at]) ++end;
    const std::size_t size = end - at;
    const bool mark = head[at] == ':' ? size >= 2 && size <= 4 : size == 2;
    if (mark && (end == text.size() || is_blank_char(text[end]))) {
      marker.key = head.substr(at, size);
      marker.size = end;
      marker.term = true;
      marker.term_size = at;
      return marker;
    }
    at = end - 1;
  }
  return marker;
}

Condition condition_of(std::string_view line) {
  for (const std::string_view name : {"ifdef", "ifndef", "ifeval", "endif", "include"}) {
    if (!line.starts_with(name) || line.substr(name.size(), 2) != "::" || line.back() != ']')
      continue;
    const std::size_t open = line.find('[');
    if (open == std::string_view::npos || open < name.size() + 2) continue;
    return {name, line.substr(name.size() + 2, open - name.size() - 2),
            line.substr(open + 1, line.size() - open - 2)};
  }
  return {};
}

std::pair<std::string_view, std::string_view> attribute_entry(std::string_view line) {
  if (line.size() < 3 || line[0] != ':') return {};
  const std::size_t end = line.find(':', 1);
  if (end == std::string_view::npos || end < 2 || end > 80) return {};
  for (const char c : line.substr(1, end - 1)) {
    if (!is_ascii_letter(c) && !is_ascii_digit(c) && c != '_' && c != '-' && c != '!') return {};
  }
  if (end + 1 < line.size() && !is_blank_char(line[end + 1])) return {};
  return {line.substr(1, end - 1), trim(line.substr(end + 1))};
}

Title title_at(const MarkupLines& lines, std::size_t i) {
  const std::string_view text = lines.text(i);
  const std::size_t marks = std::min(text.find_first_not_of(text[0]), text.size());
  if ((text[0] == '=' || text[0] == '#') && marks <= 6 && marks + 1 < text.size() &&
      text[marks] == ' ' && lines.indent(i) == 0) {
    return {static_cast<int>(marks), trim(text.substr(marks)), i + 1};
  }
  if (i + 1 >= lines.size() || lines.blank(i + 1) || text.size() > 200) return {};
  const std::string_view below = lines.text(i + 1);
  constexpr std::string_view kLevels = "=-~^+";
  const std::size_t level = kLevels.find(below[0]);
  if (level == std::string_view::npos || below.size() < 2 || !all_of(below, below[0])) return {};
  const std::size_t length = length_of(text);
  const std::size_t off = length > below.size() ? length - below.size() : below.size() - length;
  const bool words = std::any_of(text.begin(), text.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
  });
  if (off > 2 || !words || text[0] == '.' || text[0] == '[' || lines.indent(i) > 0) return {};
  return {static_cast<int>(level) + 1, text, i + 2};
}

bool is_author(std::string_view line) {
  const std::string_view name = line.substr(0, line.find_first_of("<;"));
  return line.size() < 1000 && !line.ends_with('.') && marker_of(line).size == 0 &&
         condition_of(line).name.empty() &&
         (is_ascii_letter(line[0]) || line[0] == '{' ||
          static_cast<unsigned char>(line[0]) >= 0x80) &&
         std::count(trim(name).begin(), trim(name).end(), ' ') < 4;
}

std::map<std::string, std::string, std::less<>> titles_by_anchor(const MarkupLines& lines) {
  std::map<std::string, std::string, std::less<>> titles;
  std::string id;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view text = lines.text(i);
    if (text.empty()) continue;
    if (text[0] == '[') {
      AsciiDocAttributes attributes;
      if (read_asciidoc_attributes(text, attributes) && !attributes.id.empty()) id = attributes.id;
      continue;
    }
    const Title title = title_at(lines, i);
    if (title.level > 0 && title.text.size() <= 200) {
      if (id.empty()) id = asciidoc_id(title.text, "_", '_');
      titles.try_emplace(id, title.text);
      i = title.end - 1;
    }
    id.clear();
  }
  return titles;
}

void drop_conditions(MarkupLines& lines) {
  std::set<std::string, std::less<>> defined;
  std::size_t open = 0;        // conditions around the line
  std::size_t false_from = 0;  // the first of them that is false, counted from 1; 0: none
  lines.remove_if([&](std::size_t i) {
    const std::string_view text = lines.text(i);
    if (text.empty()) return false_from > 0;
    const Condition condition = condition_of(text);
    if (condition.name.empty() || condition.name == "include") {
      if (const auto entry = attribute_entry(text); !entry.first.empty()) {
        defined.emplace(entry.first);
      }
      return false_from > 0;
    }
    if (condition.name == "endif") {
      if (false_from == open) false_from = 0;
      if (open > 0) --open;
      return true;
    }
    if (condition.name != "ifeval" && !condition.text.empty()) return true;
    ++open;
    const bool known = defined.contains(condition.target);
    const bool other = condition.target.starts_with("env-") ||
                       condition.target.starts_with("backend-") ||
                       condition.target.starts_with("basebackend-");
    if (false_from == 0 &&
        ((condition.name == "ifdef" && other && !known) || (condition.name == "ifndef" && known))) {
      false_from = open;
    }
    return true;
  });
}

}  // namespace tome::asciidoc
