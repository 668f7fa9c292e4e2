// SPDX-License-Identifier: GPL-2.0-or-later
// The font table of an RTF file.
#pragma once

#include <map>

#include "extract/rtf_lexer.h"

namespace tome {

struct RtfFont {
  int page = 0;  // of its characters; 0: that of the file
  bool fixed = false;
};

class RtfFonts {
 public:
  void word(const RtfToken& token);  // of the table
  void set_default(int number) { default_ = number; }
  RtfFont of(int number) const;  // -1: the default font

 private:
  std::map<int, RtfFont> fonts_;
  int default_ = 0;
  int at_ = 0;  // number of the font that the table tells of
};

}  // namespace tome
