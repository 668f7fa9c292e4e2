// SPDX-License-Identifier: GPL-2.0-or-later
// What a single line of prose looks like: numbered, a label, an author line, the end of a sentence.
// Pure functions; lines are valid UTF-8 without white space at either end.
#pragma once

#include <cstddef>
#include <string_view>

namespace tome {

struct Numbered {
  int number = -1;        // -1: the line has no number before it
  std::string_view rest;  // the line after "2. " or "2) "
};

// "2. Title" -> 2, "Title". Up to three digits, so that "1984. A year" is prose; "3.1. Title" has a
// section number, which is part of how people call the section, and keeps it.
Numbered split_number(std::string_view line);

// Where the text after a label begins ("Best For: Editors" -> at "Editors"), the line's length when
// the label is alone, npos when the line opens with no label. A label has at most six words, each
// capitalised except small ones ("of", "the"), and ends in a colon.
std::size_t label_end(std::string_view line);

inline bool is_lone_label(std::string_view line) { return label_end(line) == line.size(); }

// "Author: Name", "Authors: Name & Name", "by Name".
bool is_author_line(std::string_view line);

// Ends in . ! ? : ; or a comma (of any script), also before closing quotation marks.
bool ends_like_sentence(std::string_view line);

// Words between spaces, those of nothing but punctuation not counted; the text of scripts without
// spaces is counted in dictionary words.
std::size_t words_in(std::string_view line);

// Has at least four cased letters, all of them capitals.
bool is_all_caps(std::string_view line);

enum class Case { kLower, kUpper, kOther };  // kOther: a script without case, or no letter

// The case of the first letter or digit.
Case first_case(std::string_view line);

// Number of code points.
std::size_t length_of(std::string_view line);

}  // namespace tome
