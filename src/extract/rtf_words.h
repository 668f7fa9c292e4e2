// SPDX-License-Identifier: GPL-2.0-or-later
// What the control words of RTF mean. Pure.
#pragma once

#include <string_view>

namespace tome {

// Where the text of a group goes.
enum class RtfDestination {
  kBody,
  kIgnored,  // with all groups in it
  kThrough,  // nowhere, but groups in it may be destinations again (shapes)
  kFonts,
  kStyles,
  kInfo,
  kField,  // one of \info
};

// What a word makes of the group that it opens; kNone: it opens none.
enum class RtfOpening {
  kNone,
  kIgnored,
  kMarker,  // the bullet or number of a list item, as text
  kFonts,
  kStyles,
  kInfo,
  kThrough,
  kBody,
  kNote,
  kBox,
};
RtfOpening rtf_opening(std::string_view word);

// Whether the word is a field of \info that is read.
bool is_rtf_field(std::string_view word);

// The character that a word stands for ("emdash", "~", "tab"); empty when it stands for none.
std::string_view rtf_character(std::string_view word);

}  // namespace tome
