// SPDX-License-Identifier: GPL-2.0-or-later
// What begins with "..": targets, footnotes, directives, comments; and tables, which are drawn or
// stand in a directive.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "extract/csv_rows.h"
#include "extract/front_matter.h"
#include "extract/rst_reader.h"

namespace tome {

using namespace markup;
using namespace rst;

namespace {

// Directives within a cell, whose lines are joined: ".. versionadded:: 3.4" -> "New in version
// 3.4", of others the argument stays.
std::string cell_markup(std::string_view cell) {
  std::string out;
  for (std::size_t at = cell.find(".. "); at != std::string_view::npos; at = cell.find(".. ")) {
    const auto [name, argument] = split_directive(cell.substr(at + 3));
    const bool begins = at == 0 || is_blank_char(cell[at - 1]);
    out += cell.substr(0, begins && !name.empty() ? at : at + 3);
    cell.remove_prefix(at + 3);
    if (!begins || name.empty()) continue;
    out += rst_directive(name).lead;
    cell = argument;
  }
  return out.append(cell);
}

}  // namespace

void RstReader::rows(const std::vector<RstRow>& rows) {
  for (const RstRow& row : rows) {
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells) cells.push_back(inline_text(cell_markup(cell)));
    writer_.row(cells, lines_.number(row.line));
  }
}

std::size_t RstReader::drawn_table(std::size_t i, std::size_t last) {
  const char c = lines_.text(i)[0];
  if (c != '+' && c != '=') return 0;
  const RstTable table =
      c == '+' ? read_grid_table(lines_, i, last) : read_simple_table(lines_, i, last);
  rows(table.rows);
  return table.end;
}

// What begins with "..": targets, footnotes, directives, comments.
std::size_t RstReader::explicit_markup(std::size_t i, std::size_t last, int nesting) {
  const std::size_t end = lines_.end_of_indented(i + 1, last, lines_.indent(i));
  const std::string_view text = trim(lines_.text(i).substr(2));
  if (text.empty()) {  // an empty comment takes nothing below a blank line
    return i + 1 < last && lines_.blank(i + 1) ? i + 1 : end;
  }
  const std::size_t skip = lines_.text(i).size() - text.size();
  if (text[0] == '_') {
    const auto [name, rest] = split_target(text);
    const bool below = i + 1 < end && !lines_.blank(i + 1);  // a wrapped address
    if (!name.empty() && name != "_" && rest.empty() && !below) writer_.anchor(rst_id(name));
    return below || !rest.empty() ? end : i + 1;
  }
  if (text[0] == '|') return end;
  if (text[0] == '[') {
    const std::size_t close = text.find(']');
    if (close != std::string_view::npos && close > 1 && close < 100) {
      std::string label(text.substr(1, close - 1));
      if (label.size() > 1 && label[0] == '#') label.erase(0, 1);
      writer_.flush(true);
      writer_.lead("[" + label + "] ", lines_.number(i));
      content(i, end, skip + close + 1, nesting);
      writer_.flush(false);
      return end;
    }
  }
  if (const auto [name, argument] = split_directive(text); !name.empty()) {
    directive(i, end, std::string(name), argument, nesting);
  }
  return end;
}

RstReader::Parts RstReader::parts_of(std::size_t i, std::size_t end, std::string_view argument,
                                     bool has_argument) {
  Parts parts;
  if (!argument.empty()) parts.arguments.push_back(argument);
  std::size_t at = i + 1;
  for (bool options = false; at < end && !lines_.blank(at); ++at) {
    const std::string_view line = lines_.text(at);
    if (const std::size_t colon = field_end(line)) {
      parts.options[std::string(line.substr(1, colon - 1))] = trim(line.substr(colon + 1));
      options = true;
    } else if (!options) {
      if (!has_argument) break;
      parts.arguments.push_back(line);
    }
  }
  parts.content = at;
  return parts;
}

void RstReader::directive(std::size_t i, std::size_t end, const std::string& name,
                          std::string_view argument, int nesting) {
  const RstDirective known = rst_directive(name);
  const std::uint32_t line = lines_.number(i);
  const bool words =
      known.use == RstUse::kNote || known.use == RstUse::kVersion || known.use == RstUse::kVersions;
  if (words) return note(i, end, known, argument, nesting);
  const bool listing = known.use == RstUse::kCode || known.use == RstUse::kMarked;
  const Parts parts = parts_of(i, end, argument, !listing);
  switch (known.use) {
    case RstUse::kModule:
      module_ = argument;
      if (!name.ends_with("currentmodule")) writer_.anchor("module-" + module_);
      return;
    case RstUse::kKeywords:
      if (const auto found = parts.options.find("keywords"); found != parts.options.end()) {
        meta_.topics = split_commas(found->second);
      }
      return;
    case RstUse::kCode:
    case RstUse::kMarked:
      return listing_block(i, end, name, parts, known.use == RstUse::kMarked);
    case RstUse::kRows:
    case RstUse::kCsv:
    case RstUse::kTitled: {
      for (const std::string_view title : parts.arguments) {
        writer_.paragraph(inline_text(title), line);
      }
      if (known.use == RstUse::kRows) return rows(read_list_table(lines_, parts.content, end));
      if (known.use == RstUse::kCsv) return csv(parts, end);
      return inner(parts.content, end, nesting);
    }
    case RstUse::kSignature:
      return signature(i, end, name, parts, nesting);
    case RstUse::kContent:
      return inner(parts.content, end, nesting);
    default:
      return;
  }
}

void RstReader::note(std::size_t i, std::size_t end, const RstDirective& known,
                     std::string_view argument, int nesting) {
  std::string lead(known.lead);
  for (int versions = known.use == RstUse::kNote      ? 0
                      : known.use == RstUse::kVersion ? 1
                                                      : 2;
       versions > 0; --versions) {
    const std::string_view word = argument.substr(0, std::min(argument.find(' '), argument.size()));
    lead += word;
    lead += versions == 2 ? ", removed in version " : ": ";
    argument = trim(argument.substr(word.size()));
  }
  writer_.lead(lead, lines_.number(i));
  std::size_t first = i + 1;
  while (first < end && field_end(lines_.text(first)) > 0 && argument.empty()) ++first;
  if (argument.empty()) {
    inner(first, end, nesting);
  } else {
    const std::string_view whole = lines_.text(i);
    content(i, end, static_cast<std::size_t>(argument.data() - whole.data()), nesting);
  }
  writer_.flush(false);
}

void RstReader::listing_block(std::size_t i, std::size_t end, const std::string& name,
                              const Parts& parts, bool marked) {
  const std::size_t first = lines_.skip_blank(parts.content, end);
  if (const auto caption = parts.options.find("caption"); caption != parts.options.end()) {
    writer_.paragraph(inline_text(caption->second), lines_.number(i));
  }
  std::string code = lines_.code(first, end, lines_.least_indent(first, end));
  if ((name == "math" || code.empty()) && !parts.arguments.empty() && name != "code-block") {
    code = std::string(parts.arguments[0]) + "\n" + code;
  }
  writer_.code(marked ? inline_text(code) : code, lines_.number(first < end ? first : i));
}

void RstReader::csv(const Parts& parts, std::size_t end) {
  const auto header = parts.options.find("header");
  const auto delimiter = parts.options.find("delim");
  char separator = ',';
  if (delimiter != parts.options.end() && !delimiter->second.empty()) {
    separator = delimiter->second == "tab" ? '\t' : delimiter->second[0];
  }
  const std::size_t first = lines_.skip_blank(parts.content, end);
  std::vector<RstRow> all;
  if (header != parts.options.end()) {
    for (CsvRow& row : csv_table(header->second, separator)) {
      all.push_back({std::move(row.cells), first > 0 ? first - 1 : 0});
    }
  }
  for (CsvRow& row : csv_table(lines_.code(first, end, UINT32_MAX), separator)) {
    all.push_back({std::move(row.cells), first + row.line});
  }
  rows(all);
}

void RstReader::signature(std::size_t i, std::size_t end, const std::string& name,
                          const Parts& parts, int nesting) {
  const std::string scope = scope_;
  const std::string anchor = writer_.pending_anchor();
  const bool styled = name == "class" && !parts.arguments.empty() &&
                      parts.arguments[0].find('-') < parts.arguments[0].find('(');
  std::string text;
  for (const std::string_view argument : parts.arguments) {
    if (styled) break;
    RstSignature made = rst_signature(name, argument, module_, scope);
    if (text.empty()) {
      if (!made.anchor.empty() && (anchor.empty() || anchor.starts_with("module-"))) {
        writer_.anchor(std::move(made.anchor));
      }
      if (!made.name.empty()) scope_ = std::move(made.name);
    }
    text += made.text;
    text += '\n';
  }
  if (!text.empty()) {
    writer_.flush(true);
    writer_.lead(text, lines_.number(i));
  }
  inner(parts.content, end, nesting);
  if (!text.empty()) writer_.flush(false);
  scope_ = scope;
}

}  // namespace tome
