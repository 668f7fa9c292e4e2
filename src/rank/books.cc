// SPDX-License-Identifier: GPL-2.0-or-later
// Books are ranked by the evidence of their passages: the best one, and a falling share of the next
// few, so that a book that treats a concept in depth beats one that names it once.
#include <algorithm>
#include <cmath>

#include "rank/asking.h"

namespace tome {
namespace {

constexpr std::uint64_t kMostCandidates = 5000;
// A book's evidence is that of several passages: more of them are weighed than for a list of
// passages, by this factor (docs/experiments.md).
constexpr std::uint64_t kWider = 2;
constexpr std::size_t kKin = 5;    // best works whose topics count
constexpr std::size_t kVotes = 5;  // passages of a work that count

struct Tally {
  std::size_t work = 0;
  std::vector<std::size_t> passages;  // indices into the ranked list, best first
  double score = 0;
  std::vector<ScorePart> parts;
};

double title_evidence(const Asking& asking, const WorkInfo& info) {
  std::vector<bool> held(asking.question.terms.size(), false);
  Analyser& analyser = asking.analysers.of(info.language.empty() ? "en" : info.language);
  std::string text = info.title + " " + info.subtitle;
  for (const std::string& topic : info.topics) text += ", " + topic;
  for (const std::string& author : info.authors) text += ", " + author;
  for (const TermHit& hit : asking.finder.find(analyser, text)) {
    held[hit.term] = true;
  }
  return idf_of(asking.question, held);
}

void score(const Asking& asking, const std::vector<Ranked>& list, Tally& tally) {
  double share = 1;
  for (std::size_t i = 0; i < std::min(kVotes, tally.passages.size()); ++i) {
    const Ranked& ranked = list[tally.passages[i]];
    tally.parts.push_back({"passage", ranked.passage.id, share * ranked.score});
    share *= asking.options.weights.vote;
  }
  std::vector<bool> held(asking.question.terms.size(), false);
  for (const std::size_t i : tally.passages) {
    for (std::size_t term = 0; term < list[i].held.size(); ++term) {
      if (list[i].held[term]) held[term] = true;
    }
  }
  const double breadth = asking.options.weights.breadth * idf_of(asking.question, held);
  if (breadth > 0) tally.parts.push_back({"breadth", "", breadth});
  const double title = title_evidence(asking, asking.catalogue.work(tally.work).info);
  if (title > 0) tally.parts.push_back({"title", "", asking.options.weights.book_title * title});
  for (const ScorePart& part : tally.parts) tally.score += part.value;
  tally.score = std::round(tally.score * 1e6) / 1e6;
}

// A work that shares topics with the best ones gains by it: works on one subject answer together
// (the cluster hypothesis; van Rijsbergen, Information Retrieval, 1979, chapter 3).
void add_kinship(const Asking& asking, std::vector<Tally>& tallies) {
  const double weight = asking.options.weights.kin;
  if (weight == 0 || tallies.size() < 2) return;
  std::map<std::string, double> topics;  // topic -> evidence of the best works for it
  double all = 0;
  double share = 1;
  for (std::size_t i = 0; i < std::min(kKin, tallies.size()); ++i) {
    const double evidence = share * tallies[i].score;
    share *= 0.8;
    all += evidence;
    for (const std::string& topic : asking.catalogue.work(tallies[i].work).info.topics)
      topics[topic] += evidence;
  }
  if (all <= 0 || topics.empty()) return;
  const double best = tallies.front().score;
  for (Tally& tally : tallies) {
    double kin = 0;
    for (const std::string& topic : asking.catalogue.work(tally.work).info.topics) {
      const auto found = topics.find(topic);
      if (found != topics.end()) kin = std::max(kin, found->second);
    }
    if (kin == 0) continue;
    const double part = weight * best * kin / all;
    tally.parts.push_back({"topics", "", part});
    tally.score = std::round((tally.score + part) * 1e6) / 1e6;
  }
}

std::vector<Tally> tally_works(const Asking& asking, const std::vector<Ranked>& list,
                               bool all_kinds) {
  std::map<std::size_t, Tally> by_work;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::vector<const PassageRecord*> places{&list[i].passage};
    for (const PassageRecord& other : list[i].also) places.push_back(&other);
    for (const PassageRecord* place : places) {
      for (const std::string& key : place->works) {
        const std::size_t work = asking.catalogue.index_of(key);
        if (work >= asking.catalogue.size()) continue;
        if (!all_kinds && !asking.catalogue.is_book(work)) continue;
        Tally& tally = by_work[work];
        tally.work = work;
        if (tally.passages.empty() || tally.passages.back() != i) tally.passages.push_back(i);
      }
    }
  }
  std::vector<Tally> tallies;
  for (auto& [work, tally] : by_work) {
    score(asking, list, tally);
    tallies.push_back(std::move(tally));
  }
  const auto better = [&](const Tally& a, const Tally& b) {
    return a.score != b.score ? a.score > b.score : a.work < b.work;  // then by title
  };
  std::sort(tallies.begin(), tallies.end(), better);
  add_kinship(asking, tallies);
  std::sort(tallies.begin(), tallies.end(), better);
  return tallies;
}

}  // namespace

Result<Answer<BookHit>> answer_books(const Asking& asking) {
  Answer<BookHit> answer;
  const bool all_kinds = asking.options.articles || asking.catalogue.books() == 0;
  if (all_kinds && !asking.options.articles) {
    answer.notes.push_back("the shelf has no work of kind book: all kinds are shown");
  }
  const std::uint64_t end = asking.options.offset + asking.options.count;
  Result<RankedList> ranked = RankedList{};
  std::vector<Tally> tallies;
  // Widened until enough works are found or nothing more matches.
  const std::uint64_t weighed = kWider * asking.options.candidates;
  for (std::uint64_t wanted = std::max(weighed, 10 * end);; wanted *= 2) {
    wanted = std::min(wanted, kMostCandidates);
    ranked = rank_passages(asking, wanted, weighed);
    if (!ranked) return ranked.error();
    tallies = tally_works(asking, ranked->list, all_kinds);
    if (tallies.size() >= end || ranked->complete || ranked->spent || wanted == kMostCandidates)
      break;
  }
  if (tallies.empty() && !all_kinds && !ranked->list.empty()) {
    answer.notes.push_back("only articles speak of it; to see them: --articles");
  }
  answer.estimate = tallies.size();
  answer.complete = ranked->complete;
  answer.weak = is_weak(asking, *ranked);
  if (asking.options.facets) answer.facets = count_facets(asking, ranked->list);
  for (std::uint64_t i = asking.options.offset; i < std::min<std::uint64_t>(end, tallies.size());
       ++i) {
    const Tally& tally = tallies[i];
    const Work& work = asking.catalogue.work(tally.work);
    BookHit hit;
    hit.work = {work.id, work.info};
    hit.score = tally.score;
    hit.passages = tally.passages.size();
    if (asking.options.explain) hit.parts = tally.parts;
    for (std::size_t p = 0;
         p < std::min<std::uint64_t>(asking.options.evidence, tally.passages.size()); ++p) {
      hit.best.push_back(make_hit(asking, ranked->list[tally.passages[p]]));
    }
    answer.hits.push_back(std::move(hit));
  }
  return answer;
}

}  // namespace tome
