// SPDX-License-Identifier: GPL-2.0-or-later
// Words of a question that the shelf does not have, read as ones that it has.
#pragma once

#include <string>
#include <vector>

#include "query/query.h"
#include "rank/nearest.h"
#include "tome/search.h"

namespace tome {

// Replaces plain words of `tree` that are in `unknown` (folded) by the nearest of `words`, where
// one is near enough to be meant: of at least five letters, nothing but letters (never an
// identifier), the same first letter, one edit away (two from nine letters on). Words in quotes,
// after + and - and in filters stay as typed. Returns what was replaced.
std::vector<Correction> correct(Node& tree, const std::vector<std::string>& unknown,
                                const NearWords& words);

}  // namespace tome
