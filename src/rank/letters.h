// SPDX-License-Identifier: GPL-2.0-or-later
// A quick look whether a text can hold words in a row, before it is analysed to know.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tome {

// Small letters of ASCII in a row.
class LetterRun {
 public:
  // The letters of `words` (surface forms) without what stands between them; of nothing, and then
  // no text lacks it, when one holds anything but a to z.
  explicit LetterRun(const std::vector<std::string>& words);

  // True only for a text that cannot hold the words in a row: without its signs, spaces and the
  // size of its letters, it lacks the letters. Never true for a text with letters beyond ASCII,
  // which may fold to those. Linear in the text.
  bool surely_not_in(std::string_view text) const;

 private:
  std::string letters_;
};

}  // namespace tome
