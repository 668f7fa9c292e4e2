// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace tome {
namespace {

constexpr std::size_t kGainDepth = 10;
constexpr std::size_t kRecallDepth = 100;

int grade_of(const Grades& grades, const std::string& document) {
  const auto found = grades.find(document);
  return found == grades.end() ? 0 : found->second;
}

// `rank` counts from 0.
double discounted(int grade, std::size_t rank) {
  return static_cast<double>(grade) / std::log2(static_cast<double>(rank) + 2.0);
}

double ideal_gain(const Grades& grades) {
  std::vector<int> positive;
  for (const auto& entry : grades) {
    if (entry.second > 0) positive.push_back(entry.second);
  }
  std::sort(positive.begin(), positive.end(), std::greater<>());
  double gain = 0;
  for (std::size_t i = 0; i < std::min(positive.size(), kGainDepth); ++i) {
    gain += discounted(positive[i], i);
  }
  return gain;
}

// A number below `bound`. The standard's distributions differ from one library to another; the top
// bits of a 64-bit product (Lemire, "Fast random integer generation in an interval", 2019) do not.
std::size_t draw(std::mt19937_64& random, std::size_t bound) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>((static_cast<Wide>(random()) * bound) >> 64);
}

double& at(Scores& scores, Measure measure) { return scores[static_cast<std::size_t>(measure)]; }

}  // namespace

Scores measure(const Ranking& ranking, const Grades& grades) {
  Scores scores{};
  const auto relevant = static_cast<double>(std::count_if(
      grades.begin(), grades.end(), [](const auto& entry) { return entry.second >= 1; }));
  if (relevant == 0) return scores;
  double gain = 0;
  double precisions = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < ranking.size(); ++i) {
    const int grade = grade_of(grades, ranking[i].document);
    if (grade < 1) continue;
    ++found;
    precisions += static_cast<double>(found) / static_cast<double>(i + 1);
    if (i < kGainDepth) gain += discounted(grade, i);
    if (i < kGainDepth && found == 1)
      at(scores, Measure::kMrr10) = 1.0 / static_cast<double>(i + 1);
    if (i < kRecallDepth) at(scores, Measure::kRecall100) = static_cast<double>(found) / relevant;
    if (i == 0) at(scores, Measure::kSuccess1) = 1.0;
  }
  at(scores, Measure::kNdcg10) = gain / ideal_gain(grades);
  at(scores, Measure::kMap) = precisions / relevant;
  return scores;
}

std::vector<double> Evaluation::of(Measure measure) const {
  std::vector<double> values;
  values.reserve(scores.size());
  for (const Scores& one : scores) values.push_back(one[static_cast<std::size_t>(measure)]);
  return values;
}

Evaluation measure_run(const Run& run, const Judgements& judgements,
                       const std::vector<std::string>& queries) {
  Evaluation evaluation;
  evaluation.queries = queries;
  for (const std::string& query : queries) {
    const auto ranking = run.find(query);
    const auto grades = judgements.find(query);
    const bool both = ranking != run.end() && grades != judgements.end();
    evaluation.scores.push_back(both ? measure(ranking->second, grades->second) : Scores{});
  }
  return evaluation;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

Interval bootstrap(const std::vector<double>& values, std::size_t samples, std::uint64_t seed) {
  if (values.empty() || samples == 0) return {};
  std::mt19937_64 random(seed);
  std::vector<double> means(samples);
  for (double& sample : means) {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += values[draw(random, values.size())];
    sample = sum / static_cast<double>(values.size());
  }
  std::sort(means.begin(), means.end());
  const auto percentile = [&means](double share) {
    const double place = share * static_cast<double>(means.size() - 1);
    return means[static_cast<std::size_t>(std::lround(place))];
  };
  return {percentile(0.025), percentile(0.975)};
}

double randomisation_p(const std::vector<double>& differences, std::size_t flips,
                       std::uint64_t seed) {
  std::vector<double> moved;  // a difference of 0 has no sign to throw
  double sum = 0;
  for (const double difference : differences) {
    if (difference == 0) continue;
    moved.push_back(difference);
    sum += difference;
  }
  if (moved.empty()) return 1;
  // Sums of the same numbers in another order differ in their last bits.
  const double bound = std::abs(sum) - 1e-9;
  std::mt19937_64 random(seed);
  std::size_t hits = 0;
  for (std::size_t flip = 0; flip < flips; ++flip) {
    double thrown = 0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < moved.size(); ++i) {
      if (i % 64 == 0) bits = random();
      thrown += (bits & 1) != 0 ? moved[i] : -moved[i];
      bits >>= 1;
    }
    if (std::abs(thrown) >= bound) ++hits;
  }
  return static_cast<double>(hits + 1) / static_cast<double>(flips + 1);
}

}  // namespace tome
