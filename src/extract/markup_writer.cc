// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/markup_writer.h"

#include <algorithm>
#include <utility>

#include "extract/labels.h"
#include "extract/markup.h"

namespace tome {

using namespace markup;

namespace {

// A cell is one line.
std::string cell_text(std::string_view text) {
  std::string out = tidy(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

}  // namespace

void MarkupWriter::add(Style style, std::string_view text, std::uint32_t line) {
  Block block;
  block.style = style;
  block.line = line;
  if (style == Style::kListItem) block.level = depth;
  block.anchor = anchor_;
  if (!builder_.add(std::move(block), text)) return;
  anchor_.clear();
  body_ = true;
}

void MarkupWriter::paragraph(std::string_view text, std::uint32_t line) {
  if (trim(text).empty()) return;
  std::string whole;
  if (!lead_.empty()) {
    whole = std::exchange(lead_, {}).append(text);
    text = whole;
    line = lead_line_;
  }
  if (depth > 0) return add(Style::kListItem, text, line);
  add(is_lone_label(tidy(text)) ? Style::kLabel : Style::kParagraph, text, line);
}

void MarkupWriter::heading(int level, std::string_view text, std::uint32_t line,
                           std::string anchor) {
  flush(false);
  if (builder_.add_heading(std::clamp(level, 1, 6), text, line, std::move(anchor))) anchor_.clear();
}

void MarkupWriter::code(std::string_view text, std::uint32_t line) {
  flush(true);
  add(Style::kCode, text, line);
}

void MarkupWriter::row(const std::vector<std::string>& cells, std::uint32_t line) {
  flush(true);
  std::string text;
  bool visible = false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = cell_text(cells[i]);
    visible = visible || !cell.empty();
    if (i > 0) text += " | ";
    text += cell;
  }
  if (visible) add(Style::kTableRow, text, line);
}

void MarkupWriter::lead(std::string_view text, std::uint32_t line) {
  if (lead_.empty()) {
    lead_line_ = line;
    lead_depth_ = depth;
  }
  lead_ += text;
}

void MarkupWriter::flush(bool more) {
  if (lead_.empty()) return;
  std::string text = std::exchange(lead_, {});
  std::string_view left = trim(text);
  if (!more && left.ends_with(':')) left.remove_suffix(1);
  const int here = std::exchange(depth, lead_depth_);
  paragraph(left, lead_line_);
  depth = here;
}

Document MarkupWriter::finish() && {
  flush(false);
  return std::move(builder_).finish();
}

}  // namespace tome
