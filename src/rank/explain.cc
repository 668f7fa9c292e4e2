// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "store/postings.h"

namespace tome {
namespace {

constexpr double kLeastLength = 0.5;  // shorter passages count as this share of the average
constexpr double kNegligible = 5e-7;  // half the last digit that is kept of a score

// As Xapian 1.4's BM25Weight has it: an idf below 2 is drawn towards 1, so that none is negative.
double term_weight(double passages, double frequency) {
  const double odds = (passages - frequency + 0.5) / (frequency + 0.5);
  const double weight = odds < 2 ? odds * 0.5 + 1 : odds;
  return std::log(weight);
}

struct Place {
  std::string_view name;
  std::string text;
};

std::uint32_t count_in(Analyser& analyser, std::string_view text,
                       const std::set<std::string>& stems) {
  std::uint32_t count = 0;
  for (const Token& token : analyser.analyse(text))
    count += stems.contains(std::string(token.term));
  return count;
}

}  // namespace

std::vector<ScorePart> explain_bm25(const Asking& asking, const PassageRecord& passage,
                                    double bm25) {
  Analyser& analyser = asking.analysers.of(passage.language);
  WordCounts unused;
  PostingMaker maker;
  const std::vector<Posting>& postings = maker.make(analyser, passage, unused);
  std::map<std::string, std::uint32_t> counts;
  double length = 0;
  for (const Posting& posting : postings) {
    counts[std::string(posting.term)] += posting.wdf;
    length += posting.wdf;
  }
  std::string headings;
  for (const std::string& heading : passage.headings) headings += heading + ". ";
  std::string authors;
  for (const std::string& author : passage.authors) authors += author + ". ";
  const Place places[] = {{"text", passage.text},
                          {"headings", headings},
                          {"title", passage.title},
                          {"authors", authors}};
  const RankWeights& weights = asking.options.weights;
  const Languages language = asking.analysers.bit_of(analyser.language());
  const auto passages = static_cast<double>(asking.reader.passages());
  const double relative =
      std::max(kLeastLength, length / std::max(1.0, asking.reader.average_length()));
  const double norm = weights.k1 * (1 - weights.b + weights.b * relative);
  std::vector<ScorePart> parts;
  double sum = 0;
  for (const QuestionTerm& term : asking.question.terms) {
    std::set<std::string> stems;
    for (const Stem& stem : term.stems) {
      if ((stem.languages & language) != 0) stems.insert(stem.term);
    }
    double wdf = 0;
    for (const std::string& stem : stems) {
      const auto found = counts.find(stem);
      if (found != counts.end()) wdf += found->second;
    }
    if (wdf == 0 || (term.stop && asking.question.terms.size() > 1)) continue;
    const double value = term.scale * term.times *
                         term_weight(passages, static_cast<double>(term.frequency)) *
                         (weights.k1 + 1) * wdf / (norm + wdf);
    std::string detail = term.surface + ": ";
    bool first = true;
    for (const Place& place : places) {
      const std::uint32_t count = count_in(analyser, place.text, stems);
      if (count == 0) continue;
      detail += fmt::format("{}{} {}", first ? "" : ", ", place.name, count);
      first = false;
    }
    parts.push_back({"bm25", std::move(detail), value});
    sum += value;
  }
  const double rest = bm25 - sum;
  if (rest > kNegligible) {
    parts.push_back({"bm25", "synonyms", rest});
  } else if (rest < -kNegligible) {  // terms of several stems: the estimate was above
    for (ScorePart& part : parts) part.value *= bm25 / sum;
  }
  return parts;
}

}  // namespace tome
