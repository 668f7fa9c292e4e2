// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rst_tables.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "text/text.h"

namespace tome {

using namespace markup;

namespace {

constexpr std::size_t kMostColumns = 1000;

using Columns = std::vector<std::size_t>;  // display columns where cells begin

bool made_of(std::string_view text, std::string_view chars) {
  return !text.empty() && text.find_first_not_of(chars) == std::string_view::npos;
}

bool is_grid_border(std::string_view line) {
  return line.size() > 2 && line[0] == '+' && made_of(line, "+-=");
}

// Cuts a line at display columns; the last cell takes the rest. What a cell does not reach is "".
std::vector<std::string_view> cut_at(std::string_view line, const Columns& columns) {
  std::vector<std::string_view> cells;
  std::size_t column = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < line.size() && cells.size() + 1 < columns.size();) {
    std::size_t next = i;
    next_character(line, next);
    column += next - i == 1 ? 1 : display_width(line.substr(i, next - i));
    i = next;
    while (cells.size() + 1 < columns.size() && column >= columns[cells.size() + 1]) {
      cells.push_back(line.substr(begin, i - begin));
      begin = i;
    }
  }
  cells.push_back(line.substr(std::min(begin, line.size())));
  return cells;
}

// Where a grid's cells begin: right of each "+" of its borders.
Columns grid_columns(const MarkupLines& lines, std::size_t first, std::size_t last) {
  std::set<std::size_t> columns;
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view line = lines.text(i);
    if (!is_grid_border(line)) continue;
    for (std::size_t at = 0; at < line.size() && columns.size() < kMostColumns; ++at) {
      if (line[at] == '+') columns.insert(at);
    }
  }
  return {columns.begin(), columns.end()};
}

void append_line(std::string& cell, std::string_view text) {
  text = trim(text);
  if (!cell.empty() && !text.empty()) cell += ' ';
  cell += text;
}

void flush(RstRow& row, std::vector<RstRow>& rows) {
  const bool visible = std::any_of(row.cells.begin(), row.cells.end(),
                                   [](const std::string& cell) { return !cell.empty(); });
  if (visible) rows.push_back(std::move(row));
  row = {};
}

}  // namespace

RstTable read_grid_table(const MarkupLines& lines, std::size_t i, std::size_t last) {
  RstTable table;
  if (!is_grid_border(lines.text(i))) return table;
  std::size_t end = i + 1;
  while (end < last && !lines.blank(end) &&
         (lines.text(end)[0] == '|' || lines.text(end)[0] == '+')) {
    ++end;
  }
  if (end == i + 1) return table;
  const Columns columns = grid_columns(lines, i, end);
  RstRow row;
  for (std::size_t k = i; k < end; ++k) {
    std::string_view line = lines.text(k);
    if (is_grid_border(line)) {
      flush(row, table.rows);
      continue;
    }
    const auto parts = cut_at(line, columns);
    // A border below some cells only: the others go on, which is read as a row of their own.
    const bool torn = std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
      return part.size() > 2 && made_of(part.substr(1), "-=+");
    });
    if (torn) flush(row, table.rows);
    if (row.cells.empty()) row.line = k;
    std::size_t cell = 0;
    for (std::size_t c = 0; c < parts.size(); ++c) {
      std::string_view part = parts[c];
      const bool border = part.starts_with('|') || part.starts_with('+');
      if (!border && c > 0) {  // a cell over several columns
        if (c + 1 == parts.size() && part.ends_with('|')) part.remove_suffix(1);
        if (cell > 0 && cell <= row.cells.size()) row.cells[cell - 1] += part;
        continue;
      }
      part = trim(part.substr(border ? 1 : 0));
      if (c + 1 == columns.size() && part.empty()) break;  // right of the last border
      if (part.ends_with('|') && c + 1 >= parts.size())
        part = trim(part.substr(0, part.size() - 1));
      if (part.size() > 1 && made_of(part, "-=+")) part = {};
      if (cell == row.cells.size()) row.cells.emplace_back();
      append_line(row.cells[cell++], part);
    }
  }
  flush(row, table.rows);
  table.end = end;
  return table;
}

RstTable read_simple_table(const MarkupLines& lines, std::size_t i, std::size_t last) {
  RstTable table;
  const std::string_view border = lines.text(i);
  if (!made_of(border, "= ") || border.find("= ") == std::string_view::npos) return table;
  Columns columns = {0};
  for (std::size_t at = 1; at < border.size() && columns.size() < kMostColumns; ++at) {
    if (border[at] == '=' && border[at - 1] == ' ') columns.push_back(at);
  }
  const auto base = lines.indent(i);
  std::size_t end = i + 1;
  for (int borders = 1; end < last && borders < 3; ++end) {
    if (lines.blank(end)) continue;
    if (lines.indent(end) < base) break;
    if (!made_of(lines.text(end), "= ")) continue;
    ++borders;
    if (end + 1 == last || lines.blank(end + 1)) borders = 3;
  }
  RstRow row;
  for (std::size_t k = i + 1; k < end; ++k) {
    if (lines.blank(k) || made_of(lines.text(k), "= ") || made_of(lines.text(k), "- ")) {
      if (!lines.blank(k)) flush(row, table.rows);
      continue;
    }
    std::string line(lines.indent(k) - base, ' ');
    line += lines.text(k);
    const auto parts = cut_at(line, columns);
    if (!trim(parts[0]).empty()) flush(row, table.rows);
    if (row.cells.empty()) row.line = k;
    if (row.cells.size() < parts.size()) row.cells.resize(parts.size());
    for (std::size_t c = 0; c < parts.size(); ++c) append_line(row.cells[c], parts[c]);
  }
  flush(row, table.rows);
  table.end = end;
  return table;
}

std::vector<RstRow> read_list_table(const MarkupLines& lines, std::size_t first, std::size_t last) {
  std::vector<RstRow> rows;
  RstRow row;
  const std::uint32_t base = lines.least_indent(first, last);
  std::size_t cell_column = 0;
  for (std::size_t i = first; i < last; ++i) {
    if (lines.blank(i)) continue;
    std::string_view text = lines.text(i);
    std::size_t column = lines.indent(i);
    const auto bullet = [&] {
      if (text[0] != '*' && text[0] != '-' && text[0] != '+') return false;
      if (text.size() > 1 && text[1] != ' ') return false;
      const std::string_view rest = trim(text.substr(1));
      column += text.size() - rest.size();
      text = rest;
      return true;
    };
    if (column == base && bullet()) {
      flush(row, rows);
      row.line = i;
      cell_column = column;
    }
    if (text.starts_with(".. ")) continue;  // a target or a comment
    if (column == cell_column && !text.empty() && bullet()) row.cells.emplace_back();
    if (text.empty() || text.starts_with(".. ")) continue;
    if (row.cells.empty()) row.cells.emplace_back();
    append_line(row.cells.back(), text);
  }
  flush(row, rows);
  return rows;
}

}  // namespace tome
