// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/roff_table.h"

#include "extract/roff_names.h"

namespace tome {
namespace {

std::string_view trimmed(std::string_view text) {
  text = skip_blanks(text);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// "_", "=", "\_" and "\^" in a cell draw rules or say "as above".
bool says_nothing(std::string_view cell) {
  return cell == "_" || cell == "=" || cell == "\\_" || cell == "\\=" || cell == "\\^";
}

// The sign between cells that "tab(x)" in the options sets.
char divider_of(std::string_view options) {
  const std::size_t at = options.find("tab");
  if (at == std::string_view::npos) return '\t';
  const std::size_t open = options.find('(', at);
  if (open == std::string_view::npos || open + 1 >= options.size()) return '\t';
  return (options[open + 1] & '\x80') == 0 ? options[open + 1] : '\t';
}

// The rows: cells divided by `divider`, one from T{ to T} over lines.
class Rows {
 public:
  Rows(RoffReader& reader, ManPage& page,
       const std::function<std::string(const RoffLine&)>& inline_text)
      : reader_(reader), page_(page), inline_text_(inline_text) {}

  void set_divider(char divider) { divider_ = divider; }

  void add(const RoffLine& line) {
    if (row_.empty() && !block_) line_ = line.line;
    if (block_) {
      if (line.name.empty() && line.text.starts_with("T}")) {
        block_ = false;
        cells(std::string_view(line.text).substr(2));
        return;
      }
      row_ += ' ' + without_tabs(inline_text_(line));
      return;
    }
    if (line.name.empty()) cells(line.text);
  }

  void finish() {
    if (!row_.empty()) page_.row(row_, line_);
    row_.clear();
    block_ = false;
  }

 private:
  static std::string without_tabs(std::string text) {
    for (char& c : text) c = c == '\t' ? ' ' : c;
    return text;
  }

  void cells(std::string_view text) {
    for (;;) {
      const std::size_t end = std::min(text.find(divider_), text.size());
      const std::string_view cell = trimmed(text.substr(0, end));
      if (cell == "T{" && end == text.size()) {
        block_ = true;
        return;
      }
      if (!says_nothing(cell)) row_ += without_tabs(reader_.decode(cell).text);
      if (end == text.size()) break;
      row_ += '\t';
      text.remove_prefix(end + 1);
    }
    finish();
  }

  RoffReader& reader_;
  ManPage& page_;
  const std::function<std::string(const RoffLine&)>& inline_text_;
  std::string row_;  // cells divided by tabs
  std::uint32_t line_ = 0;
  char divider_ = '\t';
  bool block_ = false;  // within T{ and T}
};

}  // namespace

void read_roff_table(RoffReader& reader, ManPage& page,
                     const std::function<std::string(const RoffLine&)>& inline_text) {
  Rows rows(reader, page, inline_text);
  bool options = true;
  bool format = true;
  RoffLine line;
  while (reader.next(line) && line.name != "TE") {
    const std::string_view text = trimmed(line.text);
    if (line.name == "T&") {
      format = true;
    } else if (format && line.name.empty()) {
      if (options && text.ends_with(';')) rows.set_divider(divider_of(text));
      options = false;
      format = !text.ends_with('.');
    } else if (!format) {
      rows.add(line);
    }
  }
  rows.finish();
}

}  // namespace tome
