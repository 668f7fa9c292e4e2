// SPDX-License-Identifier: GPL-2.0-or-later
// Snippets: the whole sentences of a passage that answer best, with the words to highlight.
#pragma once

#include "rank/evidence.h"
#include "store/records.h"
#include "tome/search.h"

namespace tome {

// About `length` bytes of whole sentences (one at least); lines of code count as sentences. Without
// a hit the passage's first sentences. The headings that open the passage are left out. `found`:
// what a TermFinder finds in its text.
Snippet make_snippet(const Question& question, std::vector<TermHit> found,
                     const PassageRecord& passage, std::size_t length = 320);

// The passage whole, without the headings that open it.
Snippet whole_passage(const Question& question, const TermFinder& finder,
                      const PassageRecord& passage, Analyser& analyser);

}  // namespace tome
