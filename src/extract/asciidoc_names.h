// SPDX-License-Identifier: GPL-2.0-or-later
// What the text of an AsciiDoc document refers to by name: attributes, anchors.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "extract/markup.h"

namespace tome {

// What a document defines for its inline markup.
struct AsciiDocNames {
  std::map<std::string, std::string> attributes;  // values are final: references in them replaced
  std::map<std::string, std::string, std::less<>> titles;  // anchor -> title below it
  markup::Budget budget{0};                                // for what replaces references
  bool old = false;  // 'text' is emphasis: the markup of AsciiDoc's first program
};

// "{name}" replaced where the document defines it, once.
std::string asciidoc_substituted(std::string_view text, AsciiDocNames& names);

// "_a_section_title", as asciidoctor makes it of the text of a title.
std::string asciidoc_id(std::string_view title, std::string_view prefix, char separator);

}  // namespace tome
