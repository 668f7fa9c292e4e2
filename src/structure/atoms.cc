// SPDX-License-Identifier: GPL-2.0-or-later
#include "structure/atoms.h"

#include <algorithm>
#include <string_view>

#include "structure/cut.h"

namespace tome {
namespace {

bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

bool is_line(const Block& block) {
  return block.style == Style::kListItem || block.style == Style::kTableRow;
}

// "Three things matter:" stands before what it speaks of.
bool leads_in(const Document& document, const Block& block) {
  if (block.style == Style::kLabel) return true;
  if (block.style == Style::kCode || block.style == Style::kTableRow) return false;
  std::string_view text = block_text(document, block);
  while (!text.empty() && (text.back() == '*' || text.back() == ' ')) text.remove_suffix(1);
  return ends_with(text, ":") || ends_with(text, "\uFF1A");  // full-width, in Chinese
}

bool too_large(std::string_view text, const Block& block, Size size, const Limits& limits) {
  if (block.style != Style::kCode) return size.value() > limits.prose;
  return size.value() > limits.code ||
         std::count(text.begin(), text.end(), '\n') >= std::ptrdiff_t{kCodeLines};
}

}  // namespace

std::vector<Atom> atoms_of(const Document& document, const Section& section,
                           const std::vector<Size>& sizes, const Limits& limits,
                           std::string_view language) {
  std::vector<Atom> atoms;
  bool lead = false;      // the block before leads in
  bool led_list = false;  // the lines since then are of the list that a lead-in line opened
  bool header = false;    // the block before is the first row of a table
  for (std::size_t i = section.body; i < section.end; ++i) {
    const Block& block = document.blocks[i];
    const std::string_view text = block_text(document, block);
    const bool row = block.style == Style::kTableRow;
    led_list = is_line(block) && (lead || led_list);
    Atom atom;
    atom.begin = block.begin;
    atom.block = i;
    atom.size = sizes[i];
    atom.glued = lead || led_list || (row && header);
    atom.soft = led_list && !lead;
    header = row && (i == section.body || document.blocks[i - 1].style != Style::kTableRow);
    lead = leads_in(document, block);
    if (!too_large(text, block, atom.size, limits)) {
      atoms.push_back(atom);
      continue;
    }
    const std::vector<CutPiece> pieces = block.style == Style::kCode
                                             ? cut_code(text, limits.code)
                                             : cut_prose(text, language, limits.prose);
    for (const CutPiece& piece : pieces) {
      Atom part = atom;
      part.begin += piece.begin;
      part.size = piece.size;
      part.apart = piece.begin > 0;
      part.glued = atom.glued && piece.begin == 0;
      atoms.push_back(part);
    }
  }
  return atoms;
}

}  // namespace tome
