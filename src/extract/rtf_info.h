// SPDX-License-Identifier: GPL-2.0-or-later
// What the group \info of an RTF file says of its work.
#pragma once

#include <string>
#include <string_view>

#include "extract/rtf_lexer.h"
#include "tome/work.h"

namespace tome {

class RtfInfo {
 public:
  // A control word that opens no field: of a date.
  void word(const RtfToken& token);
  // Text comes from there on to the field `name` (is_rtf_field()), which outlives it.
  void begin_field(std::string_view name);
  void text(std::string_view text) { text_ += text; }
  void end_field();

  WorkInfo take() && { return std::move(info_); }

 private:
  std::string_view field_;
  std::string text_;
  bool year_counts_ = false;
  WorkInfo info_;
};

}  // namespace tome
