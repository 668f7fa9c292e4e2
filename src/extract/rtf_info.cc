// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rtf_info.h"

#include <algorithm>
#include <utility>

#include "extract/front_matter.h"
#include "extract/office_meta.h"
#include "text/text.h"

namespace tome {

void RtfInfo::word(const RtfToken& token) {
  if (token.text == "creatim") year_counts_ = true;
  if (token.text == "revtim" || token.text == "printim" || token.text == "buptim") {
    year_counts_ = false;
  }
  if (token.text == "yr" && (year_counts_ || info_.year == 0) && token.number < 3000) {
    info_.year = std::max(token.number, 0);
  }
}

void RtfInfo::begin_field(std::string_view name) {
  field_ = name;
  text_.clear();
}

void RtfInfo::end_field() {
  const std::string text = squeeze(std::exchange(text_, {}));
  if (field_ == "title") info_.title = text;
  if (field_ == "author") info_.authors = split_authors(text);
  if (field_ == "keywords") info_.topics = split_keywords(text);
  if (field_ == "company") info_.publisher = text;
}

}  // namespace tome
