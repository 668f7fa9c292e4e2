// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rtf_flow.h"

#include <algorithm>
#include <utility>

#include "text/text.h"

namespace tome {
namespace {

constexpr int kMaxParents = 32;  // a style may be based on itself
constexpr std::size_t kMaxDepth = 32;

bool is_blank(std::string_view text) { return squeeze(text).empty(); }

// The length of "1.", "b)" or a bullet with the tab behind it; 0 when the line opens with none.
std::size_t marker_length(std::string_view line) {
  const std::size_t tab = line.substr(0, 8).find('\t');
  if (tab == 0 || tab >= 8) return 0;
  std::string_view mark = line.substr(0, tab);
  while (!mark.empty() && mark.back() == ' ') mark.remove_suffix(1);
  for (const std::string_view bullet :
       {"\xE2\x80\xA2", "\xE2\x80\x93", "\xE2\x97\xA6", "\xE2\x96\xAA", "-", "*", "o"}) {
    if (mark == bullet) return tab + 1;
  }
  const bool closed = mark.size() > 1 && (mark.back() == '.' || mark.back() == ')');
  const std::string_view digits = mark.substr(0, mark.size() - closed);
  const bool number =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool letter = digits.size() == 1 && digits[0] >= 'a' && digits[0] <= 'z';
  return closed && (number || letter) ? tab + 1 : 0;
}

}  // namespace

void RtfFlow::text(std::string_view text, bool fixed) {
  Frame& frame = frames_.back();
  frame.text += text;
  frame.varied = frame.varied || (!fixed && text.find_first_not_of(" \t\n") != text.npos);
}

NamedStyle RtfFlow::role_of(const RtfParagraph& paragraph) const {
  NamedStyle out;
  int number = paragraph.style;
  for (int i = 0; i < kMaxParents && out.role == StyleRole::kNone; ++i) {
    const auto style = styles_.find(number);
    if (style == styles_.end()) break;
    out = role_of_style(style->second.name);
    const int outline = style->second.outline;
    if (out.role == StyleRole::kNone && outline >= 0 && outline < 9) {
      out = {StyleRole::kHeading, outline + 1};
    }
    number = style->second.based_on;
  }
  if (paragraph.outline >= 0 && out.role != StyleRole::kTitle) {
    if (paragraph.outline < 9) {
      out = {StyleRole::kHeading, paragraph.outline + 1};
    } else if (out.role == StyleRole::kHeading) {
      out = {};
    }
  }
  return out;
}

// By its list level, else by how far it is indented within the items before it.
int RtfFlow::depth_of(const RtfParagraph& paragraph) {
  if (paragraph.list > 0) return std::clamp(paragraph.list_level, 0, 8) + 1;
  while (!indents_.empty() && indents_.back() > paragraph.left) indents_.pop_back();
  if ((indents_.empty() || indents_.back() < paragraph.left) && indents_.size() < kMaxDepth) {
    indents_.push_back(paragraph.left);
  }
  return std::max(static_cast<int>(indents_.size()), 1);
}

void RtfFlow::emit(const RtfParagraph& paragraph, Frame& frame) {
  const NamedStyle style = role_of(paragraph);
  if (is_blank(frame.text) && style.role != StyleRole::kCode) return;
  const std::size_t marker = paragraph.first < 0 ? marker_length(frame.text) : 0;
  const bool item = paragraph.list > 0 || frame.marked || marker > 0;
  Waiting block;
  block.texts = {frame.text};
  if (style.role == StyleRole::kContents) return;
  if (style.role == StyleRole::kHeading || style.role == StyleRole::kTitle) {
    block.kind = Waiting::Kind::kHeading;
    block.level = std::max(style.level, 1);
    if (style.role == StyleRole::kTitle && title_.empty()) title_ = squeeze(frame.text);
  } else if (style.role == StyleRole::kCode) {
    block.kind = Waiting::Kind::kCode;
  } else if (item) {
    block.kind = Waiting::Kind::kItem;
    block.level = depth_of(paragraph);
    block.texts = {frame.text.substr(marker)};
  } else if (!frame.varied) {
    block.kind = Waiting::Kind::kFixed;
  }
  if (block.kind != Waiting::Kind::kItem) indents_.clear();
  waiting_.push_back(std::move(block));
}

void RtfFlow::emit_boxes(Frame& frame) {
  for (std::string& box : std::exchange(frame.boxes, {})) {
    waiting_.push_back({Waiting::Kind::kParagraph, 0, {std::move(box)}});
  }
}

void RtfFlow::end_paragraph(const RtfParagraph& paragraph) {
  Frame& frame = frames_.back();
  if (frame.kind != Kind::kBody) {
    frame.lines += frame.text + "\n";
  } else if (paragraph.in_table) {
    frame.cell += frame.text + "\n";
  } else {
    if (!frame.cells.empty() || !is_blank(frame.cell)) {
      std::string text = std::exchange(frame.text, {});
      end_row();
      frame.text = std::move(text);
    }
    emit(paragraph, frame);
    emit_boxes(frame);
  }
  frame.text.clear();
  frame.varied = frame.marked = false;
}

void RtfFlow::end_cell() {
  Frame& frame = frames_.back();
  frame.cell += frame.text;
  frame.text.clear();
  frame.varied = frame.marked = false;
  frame.cells.push_back(std::exchange(frame.cell, {}));
}

void RtfFlow::end_row() {
  Frame& frame = frames_.back();
  if (!is_blank(frame.cell) || !is_blank(frame.text)) end_cell();
  std::vector<std::string> cells = std::exchange(frame.cells, {});
  frame.cell.clear();
  frame.text.clear();
  if (frame.kind != Kind::kBody) {
    for (const std::string& cell : cells) frame.lines += cell + "\n";
    return;
  }
  // One column is a frame around text.
  const bool row = cells.size() > 1;
  if (!cells.empty()) {
    waiting_.push_back(
        {row ? Waiting::Kind::kRow : Waiting::Kind::kParagraph, 0, std::move(cells)});
  }
  indents_.clear();
  emit_boxes(frame);
}

void RtfFlow::open_note() {
  frames_.back().text += "[" + std::to_string(++notes_) + "]";
  frames_.emplace_back().kind = Kind::kNote;
  frames_.back().mark = std::to_string(notes_);
}

void RtfFlow::open_box() { frames_.emplace_back().kind = Kind::kBox; }

void RtfFlow::close() {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  frame.lines += frame.text;
  if (frame.kind == Kind::kNote) {
    waiting_.push_back({Waiting::Kind::kNote, 0, {frame.mark, std::move(frame.lines)}});
  } else {
    frames_.back().boxes.push_back(std::move(frame.lines));
  }
  for (std::string& box : frame.boxes) frames_.back().boxes.push_back(std::move(box));
}

Document RtfFlow::finish() && {
  while (frames_.size() > 1) close();
  // Also the row that has no end.
  end_paragraph({});
  std::size_t fixed = 0;
  std::size_t all = 0;
  for (const Waiting& block : waiting_) {
    for (const std::string& text : block.texts) {
      all += text.size();
      if (block.kind == Waiting::Kind::kFixed) fixed += text.size();
    }
  }
  OfficeBlocks blocks;
  for (const Waiting& block : waiting_) {
    const std::string& text = block.texts.front();
    switch (block.kind) {
      case Waiting::Kind::kHeading:
        blocks.heading(block.level, text);
        break;
      case Waiting::Kind::kItem:
        blocks.item(block.level, text);
        break;
      case Waiting::Kind::kRow:
        blocks.row(block.texts);
        break;
      case Waiting::Kind::kCode:
        blocks.code(text);
        break;
      case Waiting::Kind::kNote:
        blocks.note(text, block.texts.back());
        break;
      case Waiting::Kind::kFixed:
        if (fixed * 2 < all) {
          blocks.code(text);
          break;
        }
        [[fallthrough]];
      case Waiting::Kind::kParagraph:
        blocks.paragraph(text);
        break;
    }
  }
  Document document = std::move(blocks).finish();
  document.title = std::move(title_);
  return document;
}

}  // namespace tome
