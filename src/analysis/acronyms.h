// SPDX-License-Identifier: GPL-2.0-or-later
// Acronyms that a text itself explains: "Command Query Responsibility Segregation (CQRS)" or "CQRS
// (Command Query Responsibility Segregation)". The letters of the short form are matched in the
// long one from right to left, after Schwartz and Hearst, "A simple algorithm for identifying
// abbreviation definitions in biomedical text" (PSB 2003); more strictly than there: a word of the
// long form needs a letter of the short one, unless it is a small word (of, and, the ...).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tome {

struct Acronym {
  std::string acronym;    // folded: "cqrs"
  std::string expansion;  // folded words with a space between: 2 to 8 of them
};

// In the order of the text, linear in it. Letters of the Latin script alone.
std::vector<Acronym> find_acronyms(std::string_view text);

}  // namespace tome
