// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/asciidoc_attributes.h"

#include <algorithm>
#include <utility>

#include "extract/csv_rows.h"
#include "text/ascii.h"

namespace tome {

using namespace markup;

namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr std::size_t kMostColumns = 1000;
constexpr std::size_t kMostCopies = 64;  // of "3*|cell"

// "style#id.role%option" -> style and id.
void read_first(std::string_view text, AsciiDocAttributes& attributes) {
  const std::size_t end = std::min(text.find_first_of("#.%"), text.size());
  if (end > 0) attributes.style = text.substr(0, end);
  const std::size_t hash = text.find('#', end);
  if (hash == kNowhere) return;
  const std::size_t stop = std::min(text.find_first_of(".%", hash), text.size());
  attributes.id = text.substr(hash + 1, stop - hash - 1);
}

// Number of columns that cols="1,2a,3*" names; 0: it says nothing.
std::size_t columns_of(const AsciiDocAttributes& attributes) {
  const auto found = attributes.named.find("cols");
  if (found == attributes.named.end()) return 0;
  std::string_view text = trim(found->second);
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit) && text.size() < 4) {
    return 1;  // one column of that width
  }
  std::size_t columns = 0;
  while (!text.empty() && columns < kMostColumns) {
    const std::size_t comma = std::min(text.find_first_of(",;"), text.size());
    const std::string_view column = trim(text.substr(0, comma));
    const std::size_t star = column.find('*');
    std::size_t times = 0;
    if (star < 4) {  // there, and after few digits
      for (const char c : column.substr(0, star)) {
        times = times * 10 + static_cast<std::size_t>(is_ascii_digit(c) ? c - '0' : 0);
      }
    }
    columns += std::max<std::size_t>(times, 1);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return std::min(columns, kMostColumns);
}

// How a cell before `text`'s end begins: "2+", ".3+^.>s", "3*", "a" right before its "|".
struct Spec {
  std::size_t size = 0;  // bytes at the end of the text
  std::size_t span = 1;  // columns
  std::size_t copies = 1;
};

Spec spec_before(std::string_view text) {
  constexpr std::string_view kChars = "0123456789.+*<>^aehlmdsv";
  std::size_t begin = text.size();
  while (begin > 0 && text.size() - begin < 12 && kChars.find(text[begin - 1]) != kNowhere) --begin;
  Spec spec;
  if (begin > 0 && !is_blank_char(text[begin - 1])) return spec;  // the end of a word
  const std::string_view chars = text.substr(begin);
  if (chars.empty()) return spec;
  const std::size_t sign = chars.find_first_of("+*");
  if (sign == kNowhere && chars.find_first_of("0123456789") != kNowhere) return spec;
  if (sign == kNowhere && chars.size() > 1 && chars.find_first_of("<>^") == kNowhere) return spec;
  std::size_t number = 0;
  for (std::size_t i = 0; i < chars.size() && is_ascii_digit(chars[i]) && i < 3; ++i) {
    number = number * 10 + static_cast<std::size_t>(chars[i] - '0');
  }
  spec.size = chars.size();
  if (sign != kNowhere && number > 0) {
    (chars[sign] == '+' ? spec.span : spec.copies) = std::min(number, kMostCopies);
  }
  return spec;
}

struct Cell {
  std::string text;
  std::uint32_t line = 0;
  std::size_t span = 1;
};

// Cells of all lines; `first_row` gets the columns that the first line with cells has.
std::vector<Cell> cells_of(const MarkupLines& lines, std::size_t first, std::size_t last, char mark,
                           std::size_t& first_row, Budget& budget) {
  std::vector<Cell> cells;
  std::size_t copies = 1;
  const auto end_cell = [&] {
    constexpr std::size_t kBetween = 3;  // " | "
    while (copies > 1 && budget.take(cells.back().text.size() + kBetween)) {
      cells.push_back(cells.back());
      --copies;
    }
  };
  for (std::size_t i = first; i < last; ++i) {
    std::string_view text = lines.text(i);
    if (text.starts_with("//") && !text.starts_with("///")) continue;
    std::size_t from = 0;
    for (std::size_t at = text.find(mark); at != kNowhere; at = text.find(mark, at + 1)) {
      if (at > 0 && text[at - 1] == '\\') continue;
      const Spec spec = spec_before(text.substr(from, at - from));
      const std::string_view before = trim(text.substr(from, at - from - spec.size));
      if (!cells.empty() && !before.empty()) cells.back().text.append(" ").append(before);
      if (!cells.empty()) end_cell();
      cells.push_back({"", lines.number(i), spec.span});
      copies = spec.copies;
      from = at + 1;
    }
    const std::string_view rest = trim(text.substr(from));
    if (!cells.empty() && !rest.empty()) cells.back().text.append(" ").append(rest);
    if (first_row == 0 && !cells.empty()) {
      for (const Cell& cell : cells) first_row += cell.span;
      first_row += copies - 1;
    }
  }
  if (!cells.empty()) end_cell();
  return cells;
}

std::vector<AsciiDocRow> csv_rows(const MarkupLines& lines, std::size_t first, std::size_t last,
                                  char separator) {
  std::vector<AsciiDocRow> rows;
  for (CsvRow& row : csv_table(lines.code(first, last, UINT32_MAX), separator)) {
    const std::size_t line = std::min(first + row.line, last - 1);
    rows.push_back({std::move(row.cells), lines.number(line)});
  }
  return rows;
}

}  // namespace

bool read_asciidoc_attributes(std::string_view text, AsciiDocAttributes& attributes) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']' || text.size() > 4096) {
    return false;
  }
  text = text.substr(1, text.size() - 2);
  if (text.starts_with('[')) {
    if (!text.ends_with(']') || text.size() < 3) return false;
    text = text.substr(1, text.size() - 2);
    if (text.find_first_of("[] ") < std::min(text.find(','), text.size())) return false;
    attributes.id = text.substr(0, text.find(','));
    return true;
  }
  if (text.empty()) return true;
  const char c = text[0];
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (!letter && std::string_view("_.#%{,\"'").find(c) == kNowhere) return false;
  bool first = true;
  while (!text.empty()) {
    bool quoted = false;
    std::size_t end = 0;
    for (; end < text.size() && (quoted || text[end] != ','); ++end) {
      if (text[end] == '"') quoted = !quoted;
    }
    const std::string_view part = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = part.find('=');
    const auto unquoted = [](std::string_view value) {
      const bool quotes = value.size() > 1 && value.front() == '"' && value.back() == '"';
      return std::string(quotes ? value.substr(1, value.size() - 2) : value);
    };
    if (equals != kNowhere && equals > 0 && part[0] != '"') {
      attributes.named[std::string(trim(part.substr(0, equals)))] =
          unquoted(trim(part.substr(equals + 1)));
    } else {
      attributes.positional.push_back(unquoted(part));
      if (first) read_first(part, attributes);
    }
    first = false;
  }
  if (const auto id = attributes.named.find("id"); id != attributes.named.end()) {
    attributes.id = id->second;
  }
  return true;
}

std::vector<AsciiDocRow> read_asciidoc_table(const MarkupLines& lines, std::size_t first,
                                             std::size_t last, char mark,
                                             const AsciiDocAttributes& attributes, Budget& budget) {
  if (first >= last) return {};
  const auto format = attributes.named.find("format");
  const std::string_view kind = format == attributes.named.end() ? "" : format->second;
  if (mark == ',' || kind == "csv") return csv_rows(lines, first, last, ',');
  if (mark == ':' || kind == "dsv") return csv_rows(lines, first, last, ':');
  if (kind == "tsv") return csv_rows(lines, first, last, '\t');
  if (const auto other = attributes.named.find("separator");
      other != attributes.named.end() && other->second.size() == 1) {
    mark = other->second[0];
  }
  std::size_t columns = 0;
  std::vector<Cell> cells = cells_of(lines, first, last, mark, columns, budget);
  if (const std::size_t named = columns_of(attributes); named > 0) columns = named;
  std::vector<AsciiDocRow> rows;
  std::size_t filled = columns;
  for (Cell& cell : cells) {
    if (filled >= columns) {
      rows.push_back({{}, cell.line});
      filled = 0;
    }
    filled += cell.span;
    rows.back().cells.push_back(std::move(cell.text));
  }
  return rows;
}

}  // namespace tome
