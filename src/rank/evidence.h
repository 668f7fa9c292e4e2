// SPDX-License-Identifier: GPL-2.0-or-later
// Stage two: evidence for a candidate that needs its text (decision 7).
//
// score = BM25 of stage one
//       + proximity * sum over pairs of neighbouring question terms within kProximityWindow words
//                     (not of two sides of an OR)
//       + heading   * sum of idf of the question's terms in the passage's own heading
//       + title     * sum of idf of the question's terms in the work's title
//       - accents   * idf of the question's terms that stand there only with other accents
//       + coverage  * idf share of the question's terms that the passage holds, times the best BM25
// (weights: tome/weights.h). Each part is in the unit of BM25, a term's idf. The pair part follows
// the sequential dependence model's unordered window (Metzler and Croft, SIGIR 2005), saturated as
// BM25 saturates occurrences.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "rank/question.h"
#include "store/reader.h"
#include "tome/search.h"

namespace tome {

inline constexpr std::uint32_t kProximityWindow = 8;  // words

// Range of a token that counts as a term of the question, in the passage's text.
struct TermHit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t position = 0;
  std::uint32_t term = 0;  // index into Question::terms
  bool accented = false;   // written with accents that folding dropped
};

// Looks question terms up by stem. Keep one a question; the Analysers outlive it.
class TermFinder {
 public:
  TermFinder(const Question& question, const Analysers& analysers);
  // Hits in `text`, by position.
  std::vector<TermHit> find(Analyser& analyser, std::string_view text) const;

 private:
  struct Entry {
    std::uint32_t term = 0;
    Languages languages = kAnyLanguage;
  };
  void add(const Stem& stem, std::uint32_t term);

  const Analysers& analysers_;
  // What a stem counts as: its first entry for the language of the text.
  std::unordered_map<std::string, std::vector<Entry>> terms_;
  Beginnings beginnings_;  // of all of them
};

struct Evidence {
  double total = 0;
  std::vector<ScorePart> parts;  // add up to total; only when asked to explain
  std::vector<bool> held;        // which of the question's terms the text holds
  std::vector<TermHit> hits;     // in its text, by position
};

// Sum of idf of the question's terms in what stands above a passage's text.
struct AboveText {
  double heading = 0;  // its own
  double title = 0;
};

// Candidates share headings and titles: each is looked through once. Keep one a question; what is
// given outlives it.
class AboveTexts {
 public:
  AboveTexts(const Question& question, const TermFinder& finder)
      : question_(question), finder_(finder) {}
  AboveText of(const PassageRecord& passage, Analyser& analyser);

 private:
  double idf_in(Analyser& analyser, const std::string& text);

  const Question& question_;
  const TermFinder& finder_;
  std::unordered_map<std::string, double> known_;  // by language and text
};

// Sum of idf of the question's terms that are `held`, each by its scale.
double idf_of(const Question& question, const std::vector<bool>& held);

Evidence weigh(const Question& question, const TermFinder& finder, const PassageRecord& passage,
               const AboveText& above, double bm25, double best_bm25, Analyser& analyser,
               const RankWeights& weights, bool explain);

// What no text adds more than to a passage's evidence, whatever it says.
double most_of_text(const Question& question, double best_bm25, const RankWeights& weights);
// The same of what stands above it.
double most_above_text(const Question& question, const RankWeights& weights);

}  // namespace tome
