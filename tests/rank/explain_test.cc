// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <cmath>

#include "small_shelf.h"

namespace tome::test {
namespace {

double sum_of(const std::vector<ScorePart>& parts) {
  double sum = 0;
  for (const ScorePart& part : parts) sum += part.value;
  return sum;
}

std::string detail_of(const PassageHit& hit, std::string_view start) {
  for (const ScorePart& part : hit.parts) {
    if (part.what == "bm25" && part.detail.starts_with(start)) return part.detail;
  }
  return "";
}

TEST(Explain, EachTermWithItsFieldsAndTheSumIsTheScore) {
  SmallShelf shelf;
  const std::size_t work = shelf.work(book("The Kettle Book", {"Ann Stove"}));
  shelf.add({"a", "A kettle whistles. The kettle and the lid.", {"Kettles"}, {work}});
  shelf.add({"b", "A pan is no kettle.", {"Pans"}, {work}});
  for (int i = 0; i < 8; ++i)
    shelf.add({"x" + std::to_string(i), "Other words stand here.", {}, {}});
  Shelf open = shelf.open();
  SearchOptions options;
  options.explain = true;
  options.correct = false;
  for (const char* question :
       {"kettle lid stove", "kettle kettle lid", "lid", "kettle missingword"}) {
    for (const PassageHit& hit : ask(open, question, options)) {
      EXPECT_NEAR(sum_of(hit.parts), hit.score, 1e-6) << question << hit.locator.path;
      EXPECT_EQ(detail_of(hit, "synonyms"), "") << question;  // the formula is Xapian's own
    }
  }
  const std::vector<PassageHit> hits = ask(open, "kettle stove", options);
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(detail_of(hits[0], "kettle"), "kettle: text 2, headings 1, title 1");
  EXPECT_EQ(detail_of(hits[0], "stove"), "stove: authors 1");
}

TEST(Explain, WhatSynonymsAddIsAPartOfItsOwn) {
  SmallShelf shelf;
  shelf.add({"a", "Deploy k8s with kubernetes.", {}, {}});
  for (int i = 0; i < 8; ++i)
    shelf.add({"x" + std::to_string(i), "Other words stand here.", {}, {}});
  Shelf open = shelf.open();
  SearchOptions options;
  options.explain = true;
  const std::vector<PassageHit> hits = ask(open, "k8s", options);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(detail_of(hits[0], "k8s"), "k8s: text 1");
  EXPECT_EQ(detail_of(hits[0], "synonyms"), "synonyms");
  EXPECT_NEAR(sum_of(hits[0].parts), hits[0].score, 1e-6);
}

}  // namespace
}  // namespace tome::test
