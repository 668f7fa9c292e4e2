// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/weighing.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tome {
namespace {

// More than the rounding of a score and of the sums that make it.
double above(double most) { return most + 2e-6 + 1e-9 * std::abs(most); }

// By falling score, then ID.
bool ranks_before(const Ranked& a, const Ranked& b) {
  if (a.score != b.score) return a.score > b.score;
  return a.passage.id < b.passage.id;
}

}  // namespace

void Weighing::add(Ranked ranked, double bm25) {
  list_.push_back(std::move(ranked));
  bm25_.push_back(bm25);
}

void Weighing::weigh_now(std::size_t at, double best) {
  Ranked& ranked = list_[at];
  Analyser& analyser = asking_.analysers.of(ranked.passage.language);
  const AboveText above_text = above_.of(ranked.passage, analyser);
  Evidence evidence = weigh(asking_.question, asking_.finder, ranked.passage, above_text, bm25_[at],
                            best, analyser, asking_.options.weights, asking_.options.explain);
  ranked.score = comparable(evidence.total);
  ranked.parts = std::move(evidence.parts);
  ranked.held = std::move(evidence.held);
  ranked.hits = std::move(evidence.hits);
}

std::pair<std::vector<Ranked>, bool> Weighing::take(
    double best, const std::function<bool(const Ranked&)>& enough) {
  const RankWeights& weights = asking_.options.weights;
  std::vector<Ranked> out;
  out.reserve(list_.size());
  if (!enough) {
    for (std::size_t i = 0; i < list_.size(); ++i) weigh_now(i, best);
    out = std::exchange(list_, {});
    std::sort(out.begin(), out.end(), ranks_before);
    return {std::move(out), true};
  }
  const double text = most_of_text(asking_.question, best, weights);
  const double over = most_above_text(asking_.question, weights);
  // Which place of a text stands for the others is told by their scores; facets count the works of
  // these, and what is shown names the others in order.
  std::unordered_map<std::string, std::size_t> places;  // of each text
  for (const Ranked& ranked : list_) ++places[ranked.digest];
  std::vector<Entry> heap;
  heap.reserve(list_.size());
  for (std::size_t i = 0; i < list_.size(); ++i) {
    if (asking_.options.facets && places[list_[i].digest] > 1) {
      weigh_now(i, best);
      heap.push_back({list_[i].score, Known::kAll, i});
    } else {
      heap.push_back({above(bm25_[i] + text + over), Known::kBm25, i});
    }
  }
  const auto later = [&](const Entry& a, const Entry& b) {
    if (a.score != b.score) return a.score < b.score;
    if (a.known != b.known) return a.known > b.known;
    return list_[b.at].passage.id < list_[a.at].passage.id;
  };
  std::make_heap(heap.begin(), heap.end(), later);
  std::unordered_set<std::string> shown;  // texts
  bool done = false;
  while (!heap.empty() && !done) {
    std::pop_heap(heap.begin(), heap.end(), later);
    Entry& next = heap.back();
    if (next.known == Known::kAll) {
      out.push_back(std::move(list_[next.at]));
      heap.pop_back();
      if (places[out.back().digest] > 1) shown.insert(out.back().digest);
      done = enough(out.back());
      continue;
    }
    if (next.known == Known::kBm25) {
      const PassageRecord& passage = list_[next.at].passage;
      const AboveText known = above_.of(passage, asking_.analysers.of(passage.language));
      next.score = above(bm25_[next.at] + text + weights.heading * known.heading +
                         weights.title * known.title);
      next.known = Known::kAbove;
    } else {
      weigh_now(next.at, best);
      next.score = list_[next.at].score;
      next.known = Known::kAll;
    }
    std::push_heap(heap.begin(), heap.end(), later);
  }
  const bool whole = heap.empty();
  for (Entry& entry : heap) {
    if (entry.known == Known::kAll || !shown.contains(list_[entry.at].digest)) continue;
    weigh_now(entry.at, best);
    entry = {list_[entry.at].score, Known::kAll, entry.at};
  }
  std::sort(heap.begin(), heap.end(), [&](const Entry& a, const Entry& b) { return later(b, a); });
  for (const Entry& entry : heap) out.push_back(std::move(list_[entry.at]));
  list_.clear();
  return {std::move(out), whole};
}

}  // namespace tome
