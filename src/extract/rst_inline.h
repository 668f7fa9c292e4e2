// SPDX-License-Identifier: GPL-2.0-or-later
// Inline markup of reStructuredText with Sphinx's roles -> the text that a reader sees. One thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "extract/markup.h"

namespace tome {

// What a document defines for its inline markup, collected before it is read.
struct RstNames {
  std::map<std::string, std::string> substitutions;  // |name| -> markup that stands for it
  std::map<std::string, std::string> targets;  // lower case -> markup of the title below it, or ""
  bool anonymous = false;                      // there are targets for "word__"
  markup::Budget budget{0};                    // for what replaces them
};

// `depth` counts replacements within replacements; callers leave it.
std::string rst_inline(std::string_view text, RstNames& names, int depth = 0);

// The id that docutils makes of a name: "Café au lait!" -> "cafe-au-lait"; may be empty.
std::string rst_id(std::string_view name);

// A reference name, as names are compared: lower case, white space folded.
std::string rst_name(std::string_view name);

}  // namespace tome
