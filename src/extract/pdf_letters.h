// SPDX-License-Identifier: GPL-2.0-or-later
// The letters of PDF text, and the words that line ends cut. Pure but for what HyphenWords learns.
#pragma once

#include <poppler-global.h>

#include <string>
#include <string_view>
#include <unordered_map>

namespace tome {

// Valid UTF-8 in NFC without control characters; ligatures and Arabic presentation forms as plain
// letters, a bullet of a symbol font as U+2022, other characters of private use left out.
std::string clean_letters(const poppler::ustring& text);

// A line of a right-to-left script, whose words stand as they are seen, as it is read.
std::string read_right_to_left(const std::string& text);

// Whether most of the letters belong to a right-to-left script.
bool is_right_to_left(std::string_view text);

// Whether the line opens or ends with a letter of a script that puts no space between words.
bool opens_without_space(std::string_view text);
bool ends_without_space(std::string_view text);

// A hyphen at its end cuts a word or holds two together.
bool ends_in_hyphen(std::string_view text);

// Ends in . ! ? : or an ellipsis of any script, also before closing quotation marks and brackets.
bool ends_sentence(std::string_view text);

// Knows how the words that a hyphen cuts at a line's end are written elsewhere in the document.
// First ask() about every pair of lines, then see() every line, then join().
class HyphenWords {
 public:
  void ask(std::string_view above, std::string_view below);
  void see(std::string_view line);

  // Appends `line` to `paragraph` as the line below it: "exam-", "ple" becomes "example", unless
  // the document writes "exam-ple" and never "example".
  void join(std::string& paragraph, std::string_view line) const;

 private:
  std::unordered_map<std::string, bool> seen_;
};

}  // namespace tome
