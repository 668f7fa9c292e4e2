// SPDX-License-Identifier: GPL-2.0-or-later
// Atoms: what passages are made of and what is never cut any further.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "structure/sections.h"
#include "structure/sizes.h"

namespace tome {

// A block, or a piece of one that was too large. It ends where the next one begins.
struct Atom {
  std::uint32_t begin = 0;  // byte in Document::text
  std::size_t block = 0;
  Size size;
  bool glued = false;  // belongs to what is before it: an item to its label or lead-in line
  bool soft = false;   // ... but only as far as the whole stays below the target: a label's list
  bool apart = false;  // goes on with a block that was cut: rather not joined to what is before
};

// The atoms of what stands under the section's headings.
std::vector<Atom> atoms_of(const Document& document, const Section& section,
                           const std::vector<Size>& sizes, const Limits& limits,
                           std::string_view language);

}  // namespace tome
