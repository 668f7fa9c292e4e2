// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/measures.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace tome {
namespace {

const std::filesystem::path kData = TOME_TEST_DATA;

std::map<std::string, Scores> printed_values() {
  std::map<std::string, Scores> values;
  std::ifstream in(kData / "values.tsv");
  std::string line;
  std::getline(in, line);  // header
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string query;
    Scores scores{};
    words >> query;
    for (double& score : scores) words >> score;
    EXPECT_TRUE(words) << line;
    values[query] = scores;
  }
  return values;
}

TEST(Measures, AgreeWithTrecEval) {
  const Result<tome::Run> run = read_run(kData / "run.txt");
  const Result<Judgements> judgements = read_judgements(kData / "qrels.txt");
  ASSERT_TRUE(run) << run.error().message;
  ASSERT_TRUE(judgements) << judgements.error().message;
  const std::map<std::string, Scores> expected = printed_values();
  ASSERT_EQ(expected.size(), 20u);
  for (const auto& [query, scores] : expected) {
    const Scores found = measure(run->at(query), judgements->at(query));
    for (std::size_t i = 0; i < scores.size(); ++i) {
      EXPECT_NEAR(found[i], scores[i], 1e-5) << query << " " << kMeasureNames[i];
    }
  }
}

TEST(Measures, MeansCountAnUnansweredQueryAsZero) {
  const Result<tome::Run> run = read_run(kData / "run.txt");
  const Result<Judgements> judgements = read_judgements(kData / "qrels.txt");
  ASSERT_TRUE(run && judgements);
  std::vector<std::string> queries;
  for (const auto& entry : *judgements) queries.push_back(entry.first);
  const Evaluation evaluation = measure_run(*run, *judgements, queries);
  const std::map<std::string, Scores> expected = printed_values();
  ASSERT_EQ(queries.size(), expected.size() + 1);  // q7 was not answered
  for (std::size_t i = 0; i < kMeasureNames.size(); ++i) {
    double sum = 0;
    for (const auto& entry : expected) sum += entry.second[i];
    EXPECT_NEAR(mean(evaluation.of(static_cast<Measure>(i))),
                sum / static_cast<double>(queries.size()), 1e-5);
  }
}

TEST(Measures, BootstrapIsDeterministicAndHoldsTheMean) {
  std::vector<double> values;
  for (int i = 0; i < 200; ++i) values.push_back(static_cast<double>(i % 10) / 10);
  const Interval once = bootstrap(values);
  const Interval again = bootstrap(values);
  EXPECT_EQ(once.low, again.low);
  EXPECT_EQ(once.high, again.high);
  // The normal approximation: 0.45 -+ 1.96 * 0.2872 / sqrt(200).
  EXPECT_NEAR(once.low, 0.4102, 0.004);
  EXPECT_NEAR(once.high, 0.4898, 0.004);
  const Interval other = bootstrap(values, 2000, 2);
  EXPECT_TRUE(other.low != once.low || other.high != once.high);
}

TEST(Measures, BootstrapOfEqualOrNoValues) {
  EXPECT_EQ(bootstrap({}).high, 0);
  const Interval same = bootstrap({0.5, 0.5, 0.5});
  EXPECT_EQ(same.low, 0.5);
  EXPECT_EQ(same.high, 0.5);
}

TEST(Measures, RandomisationTest) {
  EXPECT_EQ(randomisation_p({}), 1);
  EXPECT_EQ(randomisation_p({0, 0, 0}), 1);
  // Ten differences of one sign: 2 of the 1,024 ways to throw them are as extreme.
  const std::vector<double> risen(10, 0.1);
  EXPECT_NEAR(randomisation_p(risen), 2.0 / 1024, 0.001);
  EXPECT_EQ(randomisation_p(risen), randomisation_p(risen));
  // +0.1, -0.1: every throw is as extreme as a sum of 0.
  EXPECT_EQ(randomisation_p({0.1, -0.1}), 1);
  // One difference: both throws are.
  EXPECT_EQ(randomisation_p({0.3}), 1);
  // More than the 64 signs that one number of the generator gives.
  EXPECT_LT(randomisation_p(std::vector<double>(150, 0.01)), 0.001);
}

}  // namespace
}  // namespace tome
