// SPDX-License-Identifier: GPL-2.0-or-later
// Match: what the store can match, without Xapian in it. A plain value.
#pragma once

#include <string>
#include <vector>

namespace tome {

// What the store can match: a tree over terms. Weights are BM25's, multiplied by `scale`.
struct Match {
  enum class Op {
    kTerm,      // passages with `term`
    kSynonym,   // any of `parts`, weighted as if they were one term
    kOr,        // any of `parts`, weights added
    kAnd,       // all of `parts`, weights added
    kAndNot,    // parts[0] without any of the others
    kAndMaybe,  // parts[0]; the others add weight
    kFilter,    // parts[0] that also match all of the others, which add no weight
    kAll,       // every passage, weight 0
    kNone,
  };
  Op op = Op::kNone;
  std::string term;
  double scale = 1.0;
  std::vector<Match> parts;
  std::string narrows;  // of a filter that wide() takes off: the phrase it is for; else empty
};

Match match_term(std::string term, double scale = 1.0);
Match match_of(Match::Op op, std::vector<Match> parts, double scale = 1.0);

// The match without the filters that narrow it.
Match wide(Match match);

}  // namespace tome
