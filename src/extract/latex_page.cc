// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/latex_page.h"

#include <algorithm>
#include <utility>

#include "extract/accents.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kDeepestCapture = 16;
constexpr std::size_t kDeepestList = 64;  // lists within are shown at this depth

constexpr std::string_view kDotlessI = "\u0131";
constexpr std::string_view kDotlessJ = "\u0237";

}  // namespace

void LatexPage::say(std::string_view text, std::uint32_t line) {
  std::string& out = captures_.empty() ? text_ : captures_.back();
  if (!captures_.empty() && out.empty()) capture_line_ = line;
  if (captures_.empty() && text_.empty()) {
    if (text.find_first_not_of(" \n\t") == std::string_view::npos) return;
    text_line_ = line;
  }
  if (accent_ == 0) {
    out += text;
    return;
  }
  while (!text.empty() && (text[0] == ' ' || text[0] == '\n')) text.remove_prefix(1);
  if (text.empty()) return;
  const char32_t mark = std::exchange(accent_, 0);
  if (text == kDotlessI || text == kDotlessJ) text = text == kDotlessI ? "i" : "j";
  out += accented(text, mark);
}

void LatexPage::drop_accent(std::uint32_t line) {
  const char32_t mark = std::exchange(accent_, 0);
  if (mark == 0x302) say("^", line);
  if (mark == 0x303) say("~", line);
}

void LatexPage::end_paragraph() {
  accent_ = 0;
  if (!captures_.empty()) {
    if (!captures_.back().empty()) captures_.back() += ' ';
    return;
  }
  if (tables_ > 0) {
    if (!text_.empty()) text_ += ' ';
    return;
  }
  const std::string text = tidy(std::exchange(text_, {}));
  std::string label = std::exchange(label_, {});
  if (lists_ == 0 && label.empty()) {
    if (!text.empty()) builder_.add_paragraph(text, text_line_, "");
    return;
  }
  Block block;
  block.style = Style::kListItem;
  block.level = static_cast<int>(std::clamp<std::size_t>(lists_, 1, kDeepestList));
  block.line = label.empty() ? text_line_ : label_line_;
  if (label.empty() || text.empty()) {
    label += text;
  } else {
    const char last = label.back();
    const bool closed = last == ':' || last == '.' || last == ']' || last == ')';
    label += (closed ? " " : ": ") + text;
  }
  builder_.add(std::move(block), label);
}

void LatexPage::code(std::string_view text, std::uint32_t line) {
  end_paragraph();
  Block block;
  block.style = Style::kCode;
  // Blank lines above are dropped.
  const std::size_t first = std::min(text.find_first_not_of(" \t\n"), text.size());
  block.line = line + static_cast<std::uint32_t>(std::count(
                          text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first), '\n'));
  builder_.add(std::move(block), text);
}

void LatexPage::math(std::string_view text, std::uint32_t line) {
  if (capturing() || in_table()) {
    say(text, line);
    return;
  }
  end_paragraph();
  say(text, line);
  end_paragraph();
}

void LatexPage::heading(int level, std::string_view text, std::uint32_t line) {
  release_captures();
  while (tables_ > 0) end_table();
  end_paragraph();
  lists_ = 0;
  builder_.add_heading(std::clamp(level, 1, 6), squeeze(text), line, "");
}

void LatexPage::begin_list() {
  end_paragraph();
  ++lists_;
}

void LatexPage::end_list() {
  end_paragraph();
  if (lists_ > 0) --lists_;
}

void LatexPage::item(std::string_view label, std::uint32_t line) {
  end_paragraph();
  label_ = squeeze(label);
  label_line_ = line;
}

void LatexPage::begin_table() {
  if (tables_ == 0) end_paragraph();
  ++tables_;
}

void LatexPage::end_table() {
  if (tables_ == 0) return;
  end_row();
  --tables_;
}

void LatexPage::end_cell(std::uint32_t line) {
  if (text_.empty()) text_line_ = line;
  text_ += '\t';
}

void LatexPage::end_row() {
  const std::string cells = std::exchange(text_, {});
  std::string row;
  for (std::size_t at = 0; at <= cells.size();) {
    const std::size_t end = std::min(cells.find('\t', at), cells.size());
    if (at > 0) row += " | ";
    row += squeeze(std::string_view(cells).substr(at, end - at));
    at = end + 1;
  }
  while (!row.empty() && (row.back() == ' ' || row.back() == '|')) row.pop_back();
  Block block;
  block.style = Style::kTableRow;
  block.line = text_line_;
  builder_.add(std::move(block), row);
}

bool LatexPage::begin_capture() {
  if (captures_.size() >= kDeepestCapture) return false;
  captures_.emplace_back();
  return true;
}

std::string LatexPage::take_capture() {
  if (captures_.empty()) return {};
  std::string text = std::move(captures_.back());
  captures_.pop_back();
  return text;
}

void LatexPage::release_captures() {
  const std::vector<std::string> texts = std::exchange(captures_, {});
  if (text_.empty()) text_line_ = capture_line_;
  for (const std::string& text : texts) text_ += text;
}

void LatexPage::drop_text() {
  captures_.clear();
  text_.clear();
  label_.clear();
  accent_ = 0;
}

Document LatexPage::finish() && {
  release_captures();
  while (tables_ > 0) end_table();
  end_paragraph();
  return std::move(builder_).finish();
}

}  // namespace tome
