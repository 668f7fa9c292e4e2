// SPDX-License-Identifier: GPL-2.0-or-later
// Passage -> postings: which terms stand for it, and how often.
#pragma once

#include <vector>

#include "analysis/analyser.h"
#include "store/records.h"
#include "store/segment.h"

namespace tome {

// Weight, as occurrences, of a word of the heading path, of the work's title and of its authors:
// decision 6 has them as context of the passage's own words.
inline constexpr std::uint32_t kHeadingWdf = 1;
inline constexpr std::uint32_t kTitleWdf = 1;
inline constexpr std::uint32_t kAuthorWdf = 1;

// Terms of `passage` by `analyser` (of the passage's language), each once. Surface forms of the
// text and of its context are added to `words`, so that prefix* and spelling know them.
std::vector<Posting> make_postings(Analyser& analyser, const PassageRecord& passage,
                                   WordCounts& words);

}  // namespace tome
