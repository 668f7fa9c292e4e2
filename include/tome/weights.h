// SPDX-License-Identifier: GPL-2.0-or-later
// The weights of the ranking: few, named, set by name. Each is a share of a quantity in the unit of
// BM25 (a term's idf), see src/rank/evidence.h. The defaults were chosen by trials on
// development collections (docs/experiments.md); tools/tune repeats such trials. docs/ranking.md
// has the table.
#pragma once

#include <array>
#include <string_view>

namespace tome {

struct RankWeights {
  double k1 = 1.2;          // BM25: saturation of a term's occurrences
  double b = 0.75;          // BM25: how much a passage's length counts, 0 to 1
  double proximity = 0.30;  // neighbouring question terms within 8 words of each other
  double heading = 0.30;    // question terms in the passage's own heading
  double title = 0.20;      // question terms in the work's title
  double coverage = 0.30;   // share of the question's terms, by idf, that the passage holds
  double accents = 0.05;    // taken off for a term found only with other accents than asked for
  double part = 0.5;        // a part of an identifier, beside its whole
  double gram = 0.3;        // a gram, beside words
  double frame = 0.20;      // a word that frames a request: "explain", "book", "looking"
  double synonym = 0.5;     // another word for a term, see src/rank/synonyms.h
  double vote = 0.50;       // books: share of each next passage, relative to the one before
  double breadth = 1.5;     // books: question terms that any of the work's passages hold
  double kin = 0.6;         // books: topics shared with the best works, of the best score
  double book_title = 0.3;  // books: question terms in the work's title
};

struct WeightName {
  std::string_view name;
  double RankWeights::*weight;
};

inline constexpr std::array<WeightName, 15> kWeightNames = {{
    {"k1", &RankWeights::k1},
    {"b", &RankWeights::b},
    {"proximity", &RankWeights::proximity},
    {"heading", &RankWeights::heading},
    {"title", &RankWeights::title},
    {"coverage", &RankWeights::coverage},
    {"accents", &RankWeights::accents},
    {"part", &RankWeights::part},
    {"gram", &RankWeights::gram},
    {"frame", &RankWeights::frame},
    {"synonym", &RankWeights::synonym},
    {"vote", &RankWeights::vote},
    {"breadth", &RankWeights::breadth},
    {"kin", &RankWeights::kin},
    {"book_title", &RankWeights::book_title},
}};

// Reads "proximity=0.3" into `weights`; false when it is not a name, an equals sign and a number.
bool set_weight(std::string_view text, RankWeights& weights);

}  // namespace tome
