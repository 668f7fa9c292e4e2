// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/document_check.h"

#include <algorithm>

#include "extract/extract.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr int kLargestLevel = 6;      // of a heading
constexpr int kDeepestItem = 10'000;  // of a list

bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

bool level_fits(const Block& block) {
  switch (block.style) {
    case Style::kHeading:
      return block.level >= 1 && block.level <= kLargestLevel;
    case Style::kListItem:
      return block.level >= 0 && block.level <= kDeepestItem;
    default:
      return block.level == 0;
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\r\f") == std::string_view::npos;
}

bool is_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (next_character(text, i) <= 0) return false;
  }
  return true;
}

}  // namespace

std::string fault_of(const Document& document) {
  const std::string_view text = document.text;
  if (format_of(document.format) == Format::kUnknown) return "its format is not known";
  if (text.size() > UINT32_MAX) return "its text is too long";
  if (!is_text(text)) return "its text is not UTF-8";
  std::size_t before = 0;
  for (const Block& block : document.blocks) {
    if (block.begin < before || block.end <= block.begin || block.end > text.size()) {
      return "a block is out of bounds";
    }
    if (!on_boundary(text, block.begin) || !on_boundary(text, block.end)) {
      return "a block cuts a character";
    }
    if (!is_blank(text.substr(before, block.begin - before))) {
      return "there is text between two blocks";
    }
    if (block.style > Style::kLabel || !level_fits(block)) return "a block has no such level";
    before = block.end;
  }
  if (!is_blank(text.substr(before))) return "there is text behind the last block";
  return {};
}

}  // namespace tome
