// SPDX-License-Identifier: GPL-2.0-or-later
// Nearest words of the shelf to a word it does not know.
#pragma once

#include <string>
#include <vector>

#include "store/word_list.h"

namespace tome {

// Edits (insert, delete, replace, swap of neighbours; Damerau, 1964, restricted form) between two
// words, in characters; `limit` + 1 when more than `limit`.
unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

// At most `count` words within one edit (two from six letters on), nearest first, then most
// frequent.
std::vector<std::string> nearest_words(const std::string& word, const std::vector<WordCount>& words,
                                       std::size_t count);

}  // namespace tome
