// SPDX-License-Identifier: GPL-2.0-or-later
// RTF bytes -> tokens. A token's views point into the bytes. One thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace tome {

struct RtfToken {
  enum class Kind {
    kEnd,
    kOpen,   // {
    kClose,  // }
    kWord,   // \word or \wordN; a control symbol ("~", "*") is a word too
    kText,   // plain bytes, without line ends
    kByte,   // \'hh, in `number`
  };
  Kind kind = Kind::kEnd;
  std::string_view text;  // the word without its number, or the plain bytes
  bool numbered = false;
  int number = 0;  // clamped to +-1,000,000,000; 0 when there is none

  // Whether a switch such as \v is on: \v or \v1, not \v0.
  bool on() const { return !numbered || number != 0; }
};

class RtfLexer {
 public:
  explicit RtfLexer(std::string_view bytes) : bytes_(bytes) {}

  // What \bin announces is skipped; \{ \} \\ are text; a backslash before a line end is \par.
  RtfToken next();

 private:
  RtfToken control();

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace tome
