// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rtf_fonts.h"

#include "extract/rtf_codepage.h"

namespace tome {

void RtfFonts::word(const RtfToken& token) {
  if (token.text == "f") at_ = token.number;
  RtfFont& font = fonts_[at_];
  if (token.text == "fcharset") font.page = page_of_charset(token.number);
  if (token.text == "cpg" && token.number > 0) font.page = token.number;
  if (token.text == "fmodern" || (token.text == "fprq" && token.number == 1)) font.fixed = true;
}

RtfFont RtfFonts::of(int number) const {
  const auto found = fonts_.find(number < 0 ? default_ : number);
  return found == fonts_.end() ? RtfFont{} : found->second;
}

}  // namespace tome
