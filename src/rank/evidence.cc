// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/evidence.h"

#include <algorithm>

namespace tome {
namespace {

constexpr double kSaturation = 1.2;  // k1 of BM25, for occurrences of a pair

// Neighbouring terms of the question that stand close together in the text.
double proximity(const Question& question, const std::vector<TermHit>& hits,
                 std::uint32_t window = kProximityWindow) {
  double sum = 0;
  for (std::size_t i = 1; i < question.terms.size(); ++i) {
    const auto first = static_cast<std::uint32_t>(i - 1);
    const auto second = static_cast<std::uint32_t>(i);
    // The order of an OR's sides says nothing.
    if (question.terms[first].side != question.terms[second].side) continue;
    double count = 0;
    const TermHit* last = nullptr;
    for (const TermHit& hit : hits) {
      if (hit.term != first && hit.term != second) continue;
      if (last != nullptr && last->term != hit.term && hit.position - last->position <= window) {
        const std::uint32_t gap = hit.position - last->position;
        count += hit.term == second && gap == 1 ? 1.0 : 0.7;  // in order and adjacent counts full
      }
      last = &hit;
    }
    if (count == 0) continue;
    const double idf = std::min(question.terms[first].idf, question.terms[second].idf);
    sum += idf * count * (kSaturation + 1) / (count + kSaturation);
  }
  return sum;
}

// idf_of() of the terms that add most.
double most_idf(const Question& question) {
  double sum = 0;
  for (const QuestionTerm& term : question.terms) sum += std::max(0.0, term.idf * term.scale);
  return sum;
}

}  // namespace

double idf_of(const Question& question, const std::vector<bool>& held) {
  double sum = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i]) sum += question.terms[i].idf * question.terms[i].scale;
  }
  return sum;
}

TermFinder::TermFinder(const Question& question, const Analysers& analysers)
    : analysers_(analysers) {
  for (std::uint32_t i = 0; i < question.terms.size(); ++i) {
    for (const Stem& stem : question.terms[i].stems) add(stem, i);
  }
  for (std::uint32_t i = 0; i < question.terms.size(); ++i) {  // a word's own stem comes first
    for (const Stem& stem : question.terms[i].synonyms) add(stem, i);
  }
  std::vector<std::string_view> stems;
  for (const auto& [stem, entries] : terms_) stems.push_back(stem);
  beginnings_ = beginnings_of(stems);
}

void TermFinder::add(const Stem& stem, std::uint32_t term) {
  terms_[stem.term].push_back({term, stem.languages});
}

std::vector<TermHit> TermFinder::find(Analyser& analyser, std::string_view text) const {
  std::vector<TermHit> hits;
  const Languages language = analysers_.bit_of(analyser.language());
  std::string term;
  for (const Token& token : analyser.analyse(text, beginnings_)) {
    term.assign(token.term);
    const auto found = terms_.find(term);
    if (found == terms_.end()) continue;
    for (const Entry& entry : found->second) {
      if ((entry.languages & language) == 0) continue;
      hits.push_back({token.begin, token.end, token.position, entry.term, token.exact_differs});
      break;
    }
  }
  return hits;
}

double AboveTexts::idf_in(Analyser& analyser, const std::string& text) {
  if (text.empty()) return 0;
  const auto [place, fresh] = known_.try_emplace(analyser.language() + '\n' + text, 0);
  if (fresh) {
    std::vector<bool> held(question_.terms.size(), false);
    for (const TermHit& hit : finder_.find(analyser, text)) held[hit.term] = true;
    place->second = idf_of(question_, held);
  }
  return place->second;
}

AboveText AboveTexts::of(const PassageRecord& passage, Analyser& analyser) {
  AboveText above;
  if (question_.terms.empty()) return above;
  if (!passage.headings.empty()) above.heading = idf_in(analyser, passage.headings.back());
  above.title = idf_in(analyser, passage.title);
  return above;
}

Evidence weigh(const Question& question, const TermFinder& finder, const PassageRecord& passage,
               const AboveText& above, double bm25, double best_bm25, Analyser& analyser,
               const RankWeights& weights, bool explain) {
  Evidence evidence;
  const auto part = [&](const char* what, double value, std::string_view detail = "") {
    if (value == 0) return;
    if (explain) evidence.parts.push_back({what, std::string(detail), value});
    evidence.total += value;
  };
  part("bm25", bm25);
  if (question.terms.empty()) return evidence;
  evidence.hits = finder.find(analyser, passage.text);
  const std::vector<TermHit>& hits = evidence.hits;
  part("proximity", weights.proximity * proximity(question, hits));
  const std::string_view heading =
      passage.headings.empty() ? std::string_view() : std::string_view(passage.headings.back());
  part("heading", weights.heading * above.heading, heading);
  part("title", weights.title * above.title, passage.title);
  evidence.held.assign(question.terms.size(), false);
  for (const TermHit& hit : hits) evidence.held[hit.term] = true;
  std::vector<bool> otherwise = evidence.held;  // only with other accents than asked for
  for (const TermHit& hit : hits) {
    if (hit.accented == question.terms[hit.term].accented) otherwise[hit.term] = false;
  }
  part("accents", -weights.accents * idf_of(question, otherwise));
  const double all = idf_of(question, std::vector<bool>(question.terms.size(), true));
  if (all > 0) {
    part("coverage", weights.coverage * best_bm25 * idf_of(question, evidence.held) / all);
  }
  return evidence;
}

double most_of_text(const Question& question, double best_bm25, const RankWeights& weights) {
  double pairs = 0;
  for (std::size_t i = 1; i < question.terms.size(); ++i) {
    if (question.terms[i - 1].side != question.terms[i].side) continue;
    // Of any number of occurrences.
    pairs += std::max(0.0, std::min(question.terms[i - 1].idf, question.terms[i].idf)) *
             (kSaturation + 1);
  }
  const double terms = most_idf(question);
  const double all = idf_of(question, std::vector<bool>(question.terms.size(), true));
  double most = std::max(0.0, weights.proximity) * pairs;
  most += std::max(0.0, -weights.accents) * terms;
  if (all > 0) most += std::max(0.0, weights.coverage * best_bm25) * terms / all;
  return most;
}

double most_above_text(const Question& question, const RankWeights& weights) {
  return (std::max(0.0, weights.heading) + std::max(0.0, weights.title)) * most_idf(question);
}

}  // namespace tome
