// SPDX-License-Identifier: GPL-2.0-or-later
// What a text is about, in words: those that stand in it more often than the rest of the shelf lets
// expect.
#pragma once

#include <string>
#include <vector>

#include "analysis/analyser.h"
#include "store/reader.h"

namespace tome {

struct KeyTerm {
  std::string term;     // as it is posted
  std::string surface;  // its most usual form in the text
  double weight = 0;    // occurrences, saturated, times idf
};

// The `count` terms that weigh most in `passages`, best first. Words and identifiers alone; those
// that fewer than two passages of the shelf hold say nothing about others and are left out.
Result<std::vector<KeyTerm>> key_terms(const Reader& reader, Analyser& analyser,
                                       const std::vector<PassageRecord>& passages,
                                       std::size_t count);

// A question for the passages that hold those terms.
Match match_like(const std::vector<KeyTerm>& terms);

}  // namespace tome
