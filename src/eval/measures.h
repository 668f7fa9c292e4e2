// SPDX-License-Identifier: GPL-2.0-or-later
// Measures of a ranking, as trec_eval defines them, and how sure a mean of them is. Pure functions.
//
// A document is relevant from grade 1 on; one without judgement is not. A judged query that has no
// answer counts 0 in every mean (trec_eval -c), so that silence never looks better than an attempt.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eval/judgements.h"
#include "eval/run.h"

namespace tome {

enum class Measure : std::size_t {
  kNdcg10,     // ndcg_cut_10: gain = grade, discount log2(rank + 1), ideal over all judged
  kMap,        // map: of everything in the ranking
  kMrr10,      // recip_rank of the first 10
  kRecall100,  // recall_100
  kSuccess1,   // success_1
};

inline constexpr std::array<std::string_view, 5> kMeasureNames = {"nDCG@10", "MAP", "MRR@10",
                                                                  "Recall@100", "Success@1"};

using Scores = std::array<double, kMeasureNames.size()>;  // indexed by Measure

// REQUIRES: `ranking` is sorted (sort_ranking) and names no document twice.
Scores measure(const Ranking& ranking, const Grades& grades);

struct Evaluation {
  std::vector<std::string> queries;
  std::vector<Scores> scores;  // one a query

  std::vector<double> of(Measure measure) const;
};

// The measures of each of `queries`. Rankings of other queries are passed over.
Evaluation measure_run(const Run& run, const Judgements& judgements,
                       const std::vector<std::string>& queries);

double mean(const std::vector<double>& values);  // 0 for none

struct Interval {
  double low = 0;
  double high = 0;
};

// 95 % confidence interval of the mean: percentiles of the means of `samples` samples drawn with
// replacement. The same values and seed give the same interval on every machine.
Interval bootstrap(const std::vector<double>& values, std::size_t samples = 2000,
                   std::uint64_t seed = 1);

// Two-sided p of a mean difference of pairs: how often a mean at least as far from 0 comes out when
// the sign of each difference is thrown anew, `flips` times (Fisher's randomisation test; counted
// as (hits + 1) / (flips + 1), so that it is never 0).
double randomisation_p(const std::vector<double>& differences, std::size_t flips = 10000,
                       std::uint64_t seed = 1);

}  // namespace tome
