// SPDX-License-Identifier: GPL-2.0-or-later
// Candidates put in the order of their evidence. To look a text through costs more than all else
// that is done for a candidate; one that cannot reach the page whatever its text says is not.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "rank/asking.h"

namespace tome {

class Weighing {
 public:
  explicit Weighing(const Asking& asking)
      : asking_(asking), above_(asking.question, asking.finder) {}

  std::size_t size() const { return list_.size(); }
  // REQUIRES: `ranked` has its digest.
  void add(Ranked ranked, double bm25);
  const std::vector<Ranked>& added() const { return list_; }

  // All that was added, in order until `enough` says so of one that is in its place; without it,
  // whole. Behind it stands the rest, where those whose text is in its place already are in order
  // among themselves. True as second when the order is whole. `best`: BM25 of the question's best
  // candidate.
  std::pair<std::vector<Ranked>, bool> take(double best,
                                            const std::function<bool(const Ranked&)>& enough);

 private:
  // What is known of a score.
  enum class Known { kBm25, kAbove, kAll };
  struct Entry {
    double score = 0;  // it; or what it is less than
    Known known = Known::kBm25;
    std::size_t at = 0;
  };
  void weigh_now(std::size_t at, double best);

  const Asking& asking_;
  AboveTexts above_;
  std::vector<Ranked> list_;
  std::vector<double> bm25_;
};

}  // namespace tome
