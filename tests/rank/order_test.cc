// SPDX-License-Identifier: GPL-2.0-or-later
// Order of results: pages, repeats, the share of one work, explanations.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "rank/small_shelf.h"

namespace tome::test {
namespace {

std::string words(std::mt19937& random, int count) {
  static const std::vector<std::string> kWords{"lantern", "harbour", "mast",  "gull", "tide",
                                               "rope",    "barrel",  "chart", "wind", "shoal"};
  std::string out;
  for (int i = 0; i < count; ++i) out += kWords[random() % kWords.size()] + " ";
  return out;
}

// 240 passages of 30 works.
void fill(SmallShelf& small) {
  std::mt19937 random(11);
  std::vector<std::size_t> works;
  for (int i = 0; i < 30; ++i) works.push_back(small.work(book(fmt::format("Voyage {}", i))));
  for (std::size_t i = 0; i < 240; ++i) {
    const int length = 3 + static_cast<int>(random() % 20);
    small.add({fmt::format("{:03}", i),
               fmt::format("Log {}: {}", i, words(random, length)),
               {fmt::format("Day {}", i % 9)},
               {works[random() % works.size()]}});
  }
}

std::vector<std::string> ids(const std::vector<PassageHit>& hits) {
  std::vector<std::string> out;
  for (const PassageHit& hit : hits) out.push_back(hit.id);
  return out;
}

void expect_pages_equal_whole(Shelf& shelf, const std::string& question, SearchOptions options) {
  options.count = 1000;
  const std::vector<std::string> whole = ids(must(shelf.search(question, options)).hits);
  EXPECT_GT(whole.size(), 15u);
  EXPECT_EQ(std::set<std::string>(whole.begin(), whole.end()).size(), whole.size()) << question;
  std::vector<std::string> joined;
  options.count = 7;
  for (options.offset = 0; options.offset < whole.size() + 7; options.offset += 7) {
    for (const std::string& id : ids(must(shelf.search(question, options)).hits)) {
      joined.push_back(id);
    }
  }
  EXPECT_EQ(joined, whole) << question << " with " << options.candidates << " candidates";
}

// Of 100 candidates that weigh the same 98 had one text: the page had three results.
TEST(Order, PageIsFullWhereManyHaveOneText) {
  SmallShelf small;
  for (int i = 0; i < 300; ++i) {
    small.add({fmt::format("{:03}", i),
               i % 20 == 7 ? fmt::format("anchor word{:03}", i) : std::string("anchor chain"),
               {},
               {}});
  }
  Shelf shelf = small.open();
  for (const char* question : {"anchor", "anch*", "\"anchor\""}) {
    const Answer<PassageHit> answer = must(shelf.search(question));
    EXPECT_EQ(answer.hits.size(), 10u) << question;
  }
  expect_pages_equal_whole(shelf, "anchor", {});
}

TEST(Order, PagesNeitherRepeatNorLose) {
  SmallShelf small;
  fill(small);
  Shelf shelf = small.open();
  for (const char* question : {"lantern tide", "harbour", "\"mast gull\" rope", "chart -wind",
                               "rope lang:en", "NOT shoal", "wi* barrel"}) {
    SearchOptions options;
    expect_pages_equal_whole(shelf, question, options);
    options.all = true;
    options.candidates = 20;  // most of the list is in the order of stage one
    expect_pages_equal_whole(shelf, question, options);
  }
}

TEST(Order, PagesNeitherRepeatNorLoseWhereWorksAreSpread) {
  SmallShelf small;
  fill(small);
  Shelf shelf = small.open();
  SearchOptions options;
  options.candidates = 20;
  for (const char* question : {"lantern tide", "harbour"}) {
    expect_pages_equal_whole(shelf, question, options);
  }
}

// A long work holds the first hundreds of places: whom the first page takes instead must not
// depend on how many results the page asks for.
TEST(Order, PagesNeitherRepeatNorLoseBehindALongWork) {
  SmallShelf small;
  const std::size_t manual = small.work(book("Manual"));
  for (int i = 0; i < 260; ++i) {
    small.add({"m", fmt::format("Lantern lantern lantern {}.", i), {}, {manual}});
  }
  std::mt19937 random(5);
  for (int i = 0; i < 40; ++i) {
    small.add({fmt::format("o{}", i),
               fmt::format("Once a lantern {} {}", words(random, 20 + i), i),
               {},
               {}});
  }
  Shelf shelf = small.open();
  expect_pages_equal_whole(shelf, "lantern", {});
}

TEST(Order, TheExactFormComesFirst) {
  SmallShelf small;
  const std::size_t work = small.work(book("Letters"));
  small.add({"1", "Send a resume with the letter of the first page.", {"One"}, {work}});
  small.add({"2", "Send a r\u00E9sum\u00E9 with the letter of the next page.", {"Two"}, {work}});
  Shelf shelf = small.open();
  const auto accented = shelf.search("r\u00E9sum\u00E9");
  ASSERT_EQ(accented->hits.size(), 2u);
  EXPECT_EQ(accented->hits[0].locator.headings.back(), "Two");
  const auto plain = shelf.search("resume");
  ASSERT_EQ(plain->hits.size(), 2u);
  EXPECT_EQ(plain->hits[0].locator.headings.back(), "One");
}

TEST(Order, IdenticalTextsOnceWithTheirOtherPlaces) {
  SmallShelf small;
  for (const char* path : {"a", "b", "c"})
    small.add({path, "The licence is printed here.", {}, {}});
  small.add({"d", "The licence is printed there.", {}, {}});
  Shelf shelf = small.open();
  const std::vector<PassageHit> hits = ask(shelf, "licence");
  ASSERT_EQ(hits.size(), 2u);
  const PassageHit& repeated = hits[0].also.empty() ? hits[1] : hits[0];
  std::set<std::string> places{repeated.locator.path};
  for (const Locator& place : repeated.also) places.insert(place.path);
  EXPECT_EQ(places, (std::set<std::string>{"a", "b", "c"}));
  EXPECT_EQ(repeated.also.size(), 2u);
}

TEST(Order, AtMostThreePassagesOfAWorkAmongTheFirstTen) {
  SmallShelf small;
  const std::size_t manual = small.work(book("Manual"));
  for (int i = 0; i < 9; ++i) {
    small.add({"m", fmt::format("Lantern lantern lantern {}.", i), {}, {manual}});
  }
  for (int i = 0; i < 9; ++i) {
    small.add({fmt::format("o{}", i),
               fmt::format("Among many other things a lantern {} shone "
                           "for a while upon the water.",
                           i),
               {},
               {}});
  }
  Shelf shelf = small.open();
  const auto share = [&](const std::string& question, bool all) {
    SearchOptions options;
    options.all = all;
    const Answer<PassageHit> answer = must(shelf.search(question, options));
    return std::count_if(answer.hits.begin(), answer.hits.end(),
                         [](const PassageHit& hit) { return hit.locator.path == "m"; });
  };
  EXPECT_EQ(share("lantern", false), 3);
  EXPECT_GT(share("lantern", true), 3);
  EXPECT_EQ(share("lantern title:manual", false), 9);
  EXPECT_EQ(share("lantern book:manual", false), 9);
  EXPECT_EQ(ask(shelf, "lantern").size(), 18u);  // none is lost
}

TEST(Order, OnlyTheFewOfAWorkThatThereAreFillThePage) {
  SmallShelf small;
  const std::size_t manual = small.work(book("Manual"));
  for (int i = 0; i < 9; ++i) small.add({"m", fmt::format("Lantern {}.", i), {}, {manual}});
  Shelf shelf = small.open();
  EXPECT_EQ(ask(shelf, "lantern").size(), 9u);
}

TEST(Order, PartsAddUpToTheScoreAndScoresFall) {
  SmallShelf small;
  fill(small);
  Shelf shelf = small.open();
  SearchOptions options;
  options.explain = true;
  options.count = 1000;
  options.candidates = 50;
  options.all = true;
  for (const char* question : {"lantern tide", "voyage 7 harbour", "\"mast gull\" rope", "lan*",
                               "the day", "rope year:..2000", "NOT shoal"}) {
    double last = INFINITY;
    for (const PassageHit& hit : must(shelf.search(question, options)).hits) {
      double sum = 0;
      for (const ScorePart& part : hit.parts) sum += part.value;
      EXPECT_NEAR(sum, hit.score, 1e-6) << question;
      EXPECT_LE(hit.score, last) << question;
      last = hit.score;
    }
    last = INFINITY;
    for (const BookHit& hit : must(shelf.books(question, options)).hits) {
      double sum = 0;
      for (const ScorePart& part : hit.parts) sum += part.value;
      EXPECT_NEAR(sum, hit.score, 1e-6) << question;
      EXPECT_LE(hit.score, last) << question;
      last = hit.score;
    }
  }
}

TEST(Order, BooksThatTreatAConceptBeatOneThatNamesIt) {
  SmallShelf small;
  const std::size_t deep = small.work(book("Deep")), shallow = small.work(book("Shallow"));
  WorkInfo article = book("Review");
  article.kind = Kind::kArticle;
  const std::size_t review = small.work(article);
  for (int i = 0; i < 4; ++i) {
    small.add({"deep",
               fmt::format("Part {} builds the lantern from brass and glass.", i),
               {"The lantern"},
               {deep}});
    small.add(
        {"shallow", fmt::format("Part {} is about ropes of hemp and jute.", i), {}, {shallow}});
  }
  small.add({"shallow", "A lantern is named here among brass and other things.", {}, {shallow}});
  small.add({"review", "Shallow has its lantern too, says the review.", {}, {shallow, review}});
  Shelf shelf = small.open();
  const std::vector<BookHit> hits = must(shelf.books("lantern")).hits;
  ASSERT_EQ(hits.size(), 2u);  // no article
  EXPECT_EQ(hits[0].work.info.title, "Deep");
  EXPECT_EQ(hits[0].passages, 4u);
  EXPECT_EQ(hits[1].passages, 2u);  // a passage of a review counts for its book
  SearchOptions options;
  options.articles = true;
  EXPECT_EQ(must(shelf.books("lantern", options)).hits.size(), 3u);
}

TEST(Order, AShelfWithoutBooksNamesAllKinds) {
  SmallShelf small;
  small.add({"a", "A lantern.", {}, {}});
  Shelf shelf = small.open();
  const Answer<BookHit> answer = must(shelf.books("lantern"));
  EXPECT_EQ(answer.hits.size(), 1u);
  EXPECT_FALSE(answer.notes.empty());
}

}  // namespace
}  // namespace tome::test
