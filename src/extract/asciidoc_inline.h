// SPDX-License-Identifier: GPL-2.0-or-later
// Inline markup of AsciiDoc -> the text that a reader sees. One thread.
#pragma once

#include <string>
#include <string_view>

#include "extract/asciidoc_names.h"

namespace tome {

// `text` has its attributes replaced. `depth` counts texts within macros, callers leave it.
std::string asciidoc_inline(std::string_view text, AsciiDocNames& names, int depth = 0);

}  // namespace tome
