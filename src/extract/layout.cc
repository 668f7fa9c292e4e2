// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/layout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/labels.h"

namespace tome {
namespace {

struct RawLine {
  std::string_view text;   // trimmed
  std::string_view whole;  // as it stands
  std::uint32_t line = 0;
  std::size_t indent = 0;
  std::size_t width = 0;  // columns with the indent
  bool code = false;
  bool blank() const { return text.empty(); }
};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::vector<RawLine> split_lines(std::string_view text) {
  std::vector<RawLine> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    RawLine line;
    line.line = static_cast<std::uint32_t>(lines.size() + 1);
    line.whole = text.substr(begin, end - begin);
    std::string_view rest = line.whole;
    while (!rest.empty() && is_space(rest.front())) {
      line.indent += rest.front() == '\t' ? 4 - line.indent % 4 : 1;
      rest.remove_prefix(1);
    }
    while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
    line.text = rest;
    line.width = line.indent + length_of(rest);
    lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

bool is_item(std::string_view line) {
  return !bullet_text(line).empty() || split_number(line).number >= 0;
}

// Runs of lines indented by four and more that look like code: half of them have its punctuation.
void mark_code(std::vector<RawLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].blank() || lines[i].indent < 4) continue;
    std::size_t end = i;
    std::size_t count = 0;
    std::size_t like_code = 0;
    bool items = false;
    for (std::size_t k = i; k < lines.size() && (lines[k].blank() || lines[k].indent >= 4); ++k) {
      if (lines[k].blank()) continue;
      end = k;
      ++count;
      items = items || is_item(lines[k].text);
      if (lines[k].text.find_first_of("(){}[]=;<>_|$#\\") != std::string_view::npos) ++like_code;
    }
    if (!items && like_code * 2 >= count) {
      for (std::size_t k = i; k <= end; ++k) lines[k].code = true;
    }
    i = end;
  }
}

// How many gaps of three spaces and more part words of the line.
std::size_t gaps_in(std::string_view line) {
  std::size_t gaps = 0;
  for (std::size_t at = line.find("   "); at != std::string_view::npos; at = line.find("   ", at)) {
    ++gaps;
    at = std::min(line.find_first_not_of(' ', at), line.size());
  }
  return gaps;
}

// Tables drawn with spaces: at least two lines below each other with columns, one of them with
// three or more. They stay as they are, as code does.
void mark_tables(std::vector<RawLine>& lines) {
  const auto in_columns = [](const RawLine& line) {
    if (line.blank() || line.code) return false;
    const bool rule = line.text.find_first_not_of("-=+| ") == std::string_view::npos;
    return rule ? line.text.find(' ') != std::string_view::npos
                : gaps_in(line.text) > 0 && !is_item(line.text);
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!in_columns(lines[i])) continue;
    std::size_t end = i;
    std::size_t most = 0;
    while (end < lines.size() && in_columns(lines[end])) {
      most = std::max(most, gaps_in(lines[end++].text));
    }
    if (end - i >= 2 && most >= 2) {
      for (std::size_t k = i; k < end; ++k) lines[k].code = true;
    }
    i = end - 1;
  }
}

// A line goes on in the next when it stops within a sentence. Among wrapped lines most do; where a
// line is a paragraph, next to none. Text without capitals is told by lines of one width.
bool looks_wrapped(const std::vector<RawLine>& lines) {
  constexpr std::size_t kTooWide = 140;  // nobody wraps there
  std::vector<std::size_t> widths;
  for (const RawLine& line : lines) {
    if (!line.blank()) widths.push_back(line.width);
  }
  if (widths.empty()) return false;
  std::sort(widths.begin(), widths.end());
  const std::size_t wide = widths[widths.size() * 9 / 10];
  if (wide > kTooWide) return false;
  std::size_t pairs = 0;
  std::size_t flowing = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const RawLine& next = lines[i + 1];
    if (lines[i].width * 2 < wide || lines[i].code || next.blank() || is_item(next.text)) continue;
    ++pairs;
    if (ends_like_sentence(lines[i].text) && lines[i].text.back() != ',') continue;
    const Case first = first_case(next.text);
    if (first == Case::kLower || (first == Case::kOther && lines[i].width * 10 >= wide * 8)) {
      ++flowing;
    }
  }
  return flowing * 4 > pairs;
}

// 0, '=', '-', '*' or '~': the line is nothing but at least three of these.
char rule_of(std::string_view line) {
  if (line.size() < 3 || std::string_view("=-*~").find(line[0]) == std::string_view::npos) return 0;
  return line.find_first_not_of(line[0]) == std::string_view::npos ? line[0] : '\0';
}

bool underlines(std::string_view rule, std::string_view line) {
  const char mark = rule_of(rule);
  if (mark == 0 || is_item(line)) return false;
  // Stars part scenes too; below a title Sphinx writes as many as it has letters.
  if (mark == '*' || mark == '~') return rule.size() + 1 >= length_of(line);
  return rule.size() * 2 >= length_of(line);
}

// Joins the lines of a wrapped text; see starts_new().
class Joiner {
 public:
  explicit Joiner(std::size_t width) : width_(width) {}

  // Whether `line` opens a logical line although it stands directly below `above`, which belongs
  // to `current`.
  bool starts_new(const LogicalLine& current, const RawLine& above, const RawLine& line) const {
    // A line that stopped although the next word had room was ended on purpose.
    const std::size_t word = std::min(line.text.find(' '), line.text.size());
    const bool stopped = above.width + 1 + word + width_ / 8 <= width_;
    const bool ended = stopped || ends_like_sentence(above.text);
    const bool item = is_item(current.text);
    if (is_lone_label(current.text) || is_author_line(current.text)) return true;
    if (is_author_line(line.text)) return true;
    if (!bullet_text(line.text).empty()) return item || ended;
    if (split_number(line.text).number >= 0) return item || above.text.back() == ':';
    if (item && line.indent > current.indent) return false;
    if (label_end(line.text) != std::string_view::npos) return ended;
    if (item) return ended && stopped;
    // A heading right above its paragraph.
    return current.line == above.line && current.blank_before && stopped &&
           words_in(above.text) <= 12 && !ends_like_sentence(above.text) &&
           label_end(above.text) == std::string_view::npos && first_case(line.text) != Case::kLower;
  }

 private:
  std::size_t width_;
};

std::size_t common_width(const std::vector<RawLine>& lines) {
  std::vector<std::size_t> widths;
  for (const RawLine& line : lines) {
    if (!line.blank() && !line.code) widths.push_back(line.width);
  }
  if (widths.empty()) return 0;
  std::sort(widths.begin(), widths.end());
  return widths[widths.size() * 9 / 10];
}

}  // namespace

std::string_view bullet_text(std::string_view line) {
  constexpr std::array<std::string_view, 7> kMarks = {
      "-", "*", "\xE2\x80\xA2", "\xE2\x80\x93", "\xE2\x80\xA3", "\xE2\x97\xA6", "\xE2\x96\xAA"};
  for (const std::string_view mark : kMarks) {
    if (line.substr(0, mark.size()) != mark) continue;
    std::string_view rest = line.substr(mark.size());
    if (rest.empty() || !is_space(rest[0])) return {};
    while (!rest.empty() && is_space(rest[0])) rest.remove_prefix(1);
    return rest;
  }
  return {};
}

Layout read_layout(std::string_view text) {
  std::vector<RawLine> lines = split_lines(text);
  mark_code(lines);
  mark_tables(lines);
  Layout layout;
  layout.wrapped = looks_wrapped(lines);
  const Joiner joiner(common_width(lines));
  const RawLine* above = nullptr;  // the line before, unless blank
  bool blank = true;
  bool closed = false;  // an underline ended the logical line
  for (const RawLine& line : lines) {
    if (line.blank() && !line.code) {
      above = nullptr;
      blank = true;
      continue;
    }
    LogicalLine* last = layout.lines.empty() ? nullptr : &layout.lines.back();
    if (above != nullptr && !last->code && !closed && underlines(line.text, above->text)) {
      last->underline = rule_of(line.text);
      closed = true;
      continue;
    }
    if (!line.code && rule_of(line.text) != 0) {  // a rule between two parts says nothing
      above = nullptr;
      blank = true;
      continue;
    }
    const bool both_code = last != nullptr && last->code && line.code;
    const bool goes_on =
        above != nullptr && !closed && !last->code && !line.code &&
        (layout.wrapped ? !joiner.starts_new(*last, *above, line)
                        : line.indent > last->indent && is_item(last->text) && !is_item(line.text));
    if (both_code) {
      last->text.append("\n").append(line.whole);
    } else if (goes_on) {
      last->text.append(" ").append(line.text);
    } else {
      LogicalLine next;
      next.text = line.code ? line.whole : line.text;
      next.line = line.line;
      next.indent = line.indent;
      next.blank_before = blank;
      next.code = line.code;
      layout.lines.push_back(std::move(next));
      closed = false;
    }
    above = &line;
    blank = false;
  }
  return layout;
}

}  // namespace tome
