// SPDX-License-Identifier: GPL-2.0-or-later
// Words of a question -> what the store is asked for them, each with its weight.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rank/question.h"
#include "rank/synonyms.h"

namespace tome {

// A passage with any of the stems, which count as one term; with a stem that only languages make
// of which there is little, a passage in one of these.
Match match_stems(const std::vector<Stem>& stems, const Analysers& analysers, double scale);

// The stems of words, each once.
std::vector<Stem> stems_of(const std::vector<WordCount>& words, Analysers& analysers);

// Not a gram and not a part of an identifier.
bool is_word(const QuestionTerm& term);

// Fills a question's terms. Holds references: all that is given outlives it.
class TermMaker {
 public:
  TermMaker(const Reader& reader, Analysers& analysers, const Synonyms& synonyms,
            const RankWeights& weights, Question& question)
      : reader_(reader),
        analysers_(analysers),
        synonyms_(synonyms),
        weights_(weights),
        question_(question) {}

  // The terms of `words`, weighted, with their synonyms; stop words only when there is nothing
  // else.
  Result<std::vector<Match>> weighted(const std::string& words);

  // Keeps a term for the second stage, with its frequency.
  Status remember(QuestionTerm term);

  // What is remembered from here on is one side of an OR, until end_side() with what this returned.
  std::size_t begin_side() { return std::exchange(side_, ++sides_); }
  void end_side(std::size_t outside) { side_ = outside; }

 private:
  Status count(QuestionTerm& term);
  void expect(const std::vector<QuestionTerm>& terms, const std::vector<std::string>& surfaces);
  // Other words for a term, each weighing less than the term itself; a phrase by all its words.
  // Stems of single words become evidence for the term.
  Result<std::vector<Match>> synonym_matches(const std::vector<std::string>& others,
                                             QuestionTerm& term);

  const Reader& reader_;
  Analysers& analysers_;
  const Synonyms& synonyms_;
  const RankWeights& weights_;
  Question& question_;
  std::size_t side_ = 0;
  std::size_t sides_ = 0;  // so far
};

}  // namespace tome
