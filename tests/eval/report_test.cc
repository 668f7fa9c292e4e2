// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/report.h"

#include <gtest/gtest.h>

#include <sstream>

namespace tome {
namespace {

Evaluation evaluation(const std::vector<double>& values) {
  Evaluation made;
  for (std::size_t i = 0; i < values.size(); ++i) {
    made.queries.push_back("q" + std::to_string(i));
    Scores scores;
    scores.fill(values[i]);
    made.scores.push_back(scores);
  }
  return made;
}

TEST(Report, OneMeasureALine) {
  std::ostringstream out;
  print_measures(out, evaluation({0.25, 0.25}));
  EXPECT_EQ(out.str(),
            "nDCG@10 0.2500 [0.2500, 0.2500]\nMAP 0.2500 [0.2500, 0.2500]\n"
            "MRR@10 0.2500 [0.2500, 0.2500]\nRecall@100 0.2500 [0.2500, 0.2500]\n"
            "Success@1 0.2500 [0.2500, 0.2500]\n");
}

TEST(Report, Comparison) {
  Collection collection;
  collection.queries = {{"q0", "up\nhere"}, {"q1", "same"}, {"q2", std::string(200, 'x')}};
  std::ostringstream out;
  print_comparison(out, evaluation({0.75, 0.5, 0.25}), evaluation({0.25, 0.5, 0.5}), collection,
                   "old.run");
  const std::string text = out.str();
  EXPECT_EQ(text.find("\nCompared with old.run, 3 queries:\n"), 0u) << text;
  EXPECT_NE(text.find("nDCG@10       +0.0833      1      1      1  1.0000\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("\nnDCG@10 rose most:\n+0.5000  0.2500 -> 0.7500  q0  up here\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\nnDCG@10 fell most:\n-0.2500  0.5000 -> 0.2500  q2  " +
                      std::string(90, 'x') + "...\n"),
            std::string::npos)
      << text;
}

TEST(Report, Percentile) {
  EXPECT_EQ(percentile({}, 0.5), 0);
  EXPECT_EQ(percentile({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(percentile({4, 1, 3, 2}, 0.99), 4);
  EXPECT_EQ(percentile({7}, 0), 7);
}

}  // namespace
}  // namespace tome
