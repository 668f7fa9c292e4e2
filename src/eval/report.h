// SPDX-License-Identifier: GPL-2.0-or-later
// Report: an evaluation, and a comparison of two, as lines of text.
#pragma once

#include <ostream>
#include <string>

#include "eval/collection.h"
#include "eval/measures.h"

namespace tome {

// One measure a line: "nDCG@10 0.4825 [0.4610, 0.5040]", the 95 % interval by bootstrap.
void print_measures(std::ostream& out, const Evaluation& evaluation);

// What changed from `before` to `now`, which hold the same queries in the same order: for each
// measure the mean difference, wins, losses, ties and p; then the queries whose nDCG@10 rose and
// fell most, with their words. `name` says what `before` is.
void print_comparison(std::ostream& out, const Evaluation& now, const Evaluation& before,
                      const Collection& collection, const std::string& name);

// The value that `share` (0 to 1) of the values do not exceed (nearest rank); 0 for none.
double percentile(std::vector<double> values, double share);

}  // namespace tome
