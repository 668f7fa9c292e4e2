// SPDX-License-Identifier: GPL-2.0-or-later
// Passages: the units that are ranked, made of the sections of a document.
#pragma once

#include <string_view>
#include <vector>

#include "extract/document.h"
#include "structure/sections.h"
#include "structure/sizes.h"
#include "structure/structure.h"

namespace tome {

// Covers the text without gap or overlap (no passage for an empty text). `sizes`: one a block.
//
// A passage is of one section. Its headings open it; headings with nothing under them (before the
// part of another work, or at the end) join the passage before when it is of the same work and has
// room, else stand alone, and then `body` is the passage's end.
std::vector<PassageDraft> make_passages(const Document& document,
                                        const std::vector<Section>& sections,
                                        const std::vector<Size>& sizes, std::string_view language);

}  // namespace tome
