// SPDX-License-Identifier: GPL-2.0-or-later
// What the BM25 part of a score is made of, term by term and field by field.
#pragma once

#include <vector>

#include "rank/asking.h"

namespace tome {

// Parts that add up to `bm25`: for each term of the question that stands in the passage its share,
// with where it stands ("descriptor: text 3, heading 1"). The words that the index counted are
// counted again from the passage, so nothing is read but frequencies. What synonyms and the joining
// of stems add beyond that stands in a part of its own ("synonyms").
std::vector<ScorePart> explain_bm25(const Asking& asking, const PassageRecord& passage,
                                    double bm25);

}  // namespace tome
