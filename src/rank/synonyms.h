// SPDX-License-Identifier: GPL-2.0-or-later
// Words that programmers use for one another, and acronyms with what they stand for. A short
// shipped table (English); a synonym weighs less than the word itself (weights.synonym).
#pragma once

#include <string>
#include <vector>

namespace tome {

// The other words for `surface` (folded); an entry with spaces is a phrase of several words. Empty
// when there are none.
const std::vector<std::string>& synonyms_of(const std::string& surface);

// Acronyms whose words stand in a row in `surfaces`: "domain", "driven", "design" -> "ddd".
std::vector<std::string> acronyms_in(const std::vector<std::string>& surfaces);

}  // namespace tome
