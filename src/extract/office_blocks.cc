// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/office_blocks.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxStyleName = 64;

// Without soft hyphens and control characters.
std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == 0xC2 && text.substr(i, 2) == "\xC2\xAD") {
      ++i;
    } else if (c == '\r') {
      out += '\n';
    } else if ((c >= 0x20 || c == '\t' || c == '\n') && c != 0x7F) {
      out += text[i];
    }
  }
  repair_utf8(out);
  return out;
}

std::string on_one_line(std::string_view text) {
  std::string out = visible(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

}  // namespace

void OfficeBlocks::add(Block block, std::string_view text) {
  builder_.add(std::move(block), text);
  waiting_.insert(waiting_.end(), std::make_move_iterator(coming_.begin()),
                  std::make_move_iterator(coming_.end()));
  coming_.clear();
}

void OfficeBlocks::end_code() {
  if (!in_code_) return;
  Block block;
  block.style = Style::kCode;
  builder_.add(std::move(block), code_);
  code_.clear();
  in_code_ = false;
}

void OfficeBlocks::end_notes() {
  end_code();
  // As plain blocks: "[1] Key Features:" is no label.
  for (const std::string& note : waiting_) builder_.add(Block{}, note);
  waiting_.clear();
}

void OfficeBlocks::heading(int level, std::string_view text) {
  end_notes();
  builder_.add_heading(std::clamp(level, 1, 6), on_one_line(text), 0, "");
  waiting_.swap(coming_);
}

void OfficeBlocks::paragraph(std::string_view text) {
  const std::string shown = visible(text);
  // An empty paragraph ends no list, so notes wait on.
  if (coming_.empty() && squeeze(shown).empty()) return;
  end_notes();
  builder_.add_paragraph(shown, 0, "");
  waiting_.swap(coming_);
}

void OfficeBlocks::item(int depth, std::string_view text) {
  end_code();
  Block block;
  block.style = Style::kListItem;
  block.level = std::max(depth, 1);
  add(std::move(block), visible(text));
}

void OfficeBlocks::row(const std::vector<std::string>& cells) {
  end_code();
  std::string line;
  bool filled = false;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) line += " | ";
    const std::string text = squeeze(visible(cell));
    filled = filled || !text.empty();
    line += text;
  }
  Block block;
  block.style = Style::kTableRow;
  add(std::move(block), filled ? line : "");
}

void OfficeBlocks::code(std::string_view lines) {
  if (!in_code_) end_notes();
  if (in_code_) code_ += '\n';
  in_code_ = true;
  code_ += visible(lines);
  waiting_.insert(waiting_.end(), coming_.begin(), coming_.end());
  coming_.clear();
}

void OfficeBlocks::note(std::string_view mark, std::string_view text) {
  const std::string shown = tidy(visible(text));
  if (!shown.empty()) coming_.push_back("[" + std::string(mark) + "] " + shown);
}

Document OfficeBlocks::finish() && {
  end_notes();
  waiting_.swap(coming_);
  end_notes();
  return std::move(builder_).finish();
}

void append_character(std::uint32_t character, std::string& out) {
  auto c = static_cast<UChar32>(std::min<std::uint32_t>(character, 0x110000));
  if (c == 0 || c > 0x10FFFF || U_IS_SURROGATE(c)) c = 0xFFFD;
  char utf8[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(utf8, length, c);
  out.append(utf8, static_cast<std::size_t>(length));
}

NamedStyle role_of_style(std::string_view name) {
  if (name.size() > kMaxStyleName) return {};
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  constexpr std::string_view kHeading = "heading";
  if (lower.starts_with(kHeading)) {
    const std::size_t at = lower.size() > kHeading.size() && lower[kHeading.size()] == ' '
                               ? kHeading.size() + 1
                               : kHeading.size();
    if (at + 1 == lower.size() && lower[at] >= '1' && lower[at] <= '9') {
      return {StyleRole::kHeading, lower[at] - '0'};
    }
  }
  if (lower == "title") return {StyleRole::kTitle, 0};
  // The lines of a table of contents say where things are, not what they are.
  if (lower == "toc heading" || (lower.starts_with("toc ") && lower.size() == 5) ||
      (lower.starts_with("toc") && lower.size() == 4) || lower == "table of figures") {
    return {StyleRole::kContents, 0};
  }
  constexpr std::array<std::string_view, 6> kCode = {"preformatted", "source code", "sourcecode",
                                                     "code block",   "verbatim",    "listing"};
  const bool code = lower == "code" || std::any_of(kCode.begin(), kCode.end(), [&](auto part) {
                      return lower.find(part) != std::string::npos;
                    });
  return {code ? StyleRole::kCode : StyleRole::kNone, 0};
}

}  // namespace tome
