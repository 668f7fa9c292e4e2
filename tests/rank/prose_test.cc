// SPDX-License-Identifier: GPL-2.0-or-later
// Prose in questions, synonyms, weights.
#include <gtest/gtest.h>

#include "rank/small_shelf.h"
#include "tome/weights.h"

namespace tome::test {
namespace {

TEST(Prose, QuotesRequireInAShortQuestionAlone) {
  SmallShelf small;
  const std::size_t work = small.work(book("Harbours"));
  small.add({"1", "The lantern of the old harbour went out in a storm.", {}, {work}});
  Shelf shelf = small.open();
  EXPECT_TRUE(shelf.search("harbour \"green lantern\"")->hits.empty());
  const auto answer = shelf.search(
      "there was a story in which somebody lost a boat near a harbour with a \"green lantern\"");
  EXPECT_EQ(answer->hits.size(), 1u);
  EXPECT_EQ(answer->notes.size(), 1u);
}

TEST(Synonyms, FindAndWeighLessThanTheWord) {
  SmallShelf small;
  const std::size_t work = small.work(book("Clusters"));
  small.add({"1", "Running kubernetes on three machines in a cellar.", {"One"}, {work}});
  small.add({"2", "Running k8s on three machines in an attic.", {"Two"}, {work}});
  small.add(
      {"3", "Writing a test first is the heart of test driven development.", {"Three"}, {work}});
  Shelf shelf = small.open();
  const auto clusters = shelf.search("k8s");
  ASSERT_EQ(clusters->hits.size(), 2u);
  EXPECT_EQ(clusters->hits[0].locator.headings.back(), "Two");
  const auto acronym = shelf.search("TDD");
  ASSERT_EQ(acronym->hits.size(), 1u);
  EXPECT_EQ(acronym->hits[0].locator.headings.back(), "Three");
}

TEST(Weights, AreSetByName) {
  RankWeights weights;
  EXPECT_TRUE(set_weight("proximity=0.75", weights));
  EXPECT_EQ(weights.proximity, 0.75);
  for (const char* text :
       {"", "proximity", "proximity=", "proximity=x", "proximity=1x", "near=1", "proximity=inf"}) {
    EXPECT_FALSE(set_weight(text, weights)) << text;
  }
}

}  // namespace
}  // namespace tome::test
