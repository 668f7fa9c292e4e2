// SPDX-License-Identifier: GPL-2.0-or-later
// A short page looks few texts through; what it says is what the whole list says.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "rank/small_shelf.h"

namespace tome::test {
namespace {

// Works of very different size, texts that stand in several places, headings that answer and such
// that do not, accents.
void fill(SmallShelf& small) {
  const std::vector<std::string> words{"lantern", "harbour", "mast",   "r\u00E9sum\u00E9",
                                       "resume",  "rope",    "barrel", "chart",
                                       "wind",    "shoal"};
  std::mt19937 random(23);
  std::vector<std::size_t> works;
  for (int i = 0; i < 6; ++i) {
    works.push_back(small.work(book(fmt::format("{} and {}", words[random() % 10], i))));
  }
  std::vector<std::string> texts;
  for (int i = 0; i < 90; ++i) {
    std::string text = fmt::format("Log {}:", i % 60);
    for (int j = 0; j < 6 + i % 30; ++j) {
      text += random() % 4 == 0 ? " " + words[random() % words.size()]
                                : fmt::format(" plain{}", random() % 40);
    }
    texts.push_back(text);
  }
  for (int i = 0; i < 180; ++i) {
    const std::size_t work = std::min(random() % 12, std::uint_fast32_t{5});
    small.add({fmt::format("{:03}", i),
               texts[random() % texts.size()],
               {words[random() % words.size()]},
               {works[work]}});
  }
}

std::string said(const PassageHit& hit) {
  std::string out = fmt::format("{} {} {}", hit.id, hit.score, hit.snippet.text);
  for (const Span& span : hit.snippet.highlights)
    out += fmt::format(" {}-{}", span.begin, span.end);
  for (const Locator& other : hit.also) out += " also " + other.path;
  for (const ScorePart& part : hit.parts) out += fmt::format(" {} {}", part.what, part.value);
  return out;
}

std::string said(const Facets& facets) {
  std::string out = fmt::format("{} works", facets.works);
  for (const FacetValue& value : facets.languages)
    out += fmt::format(" {} {}", value.value, value.works);
  for (const FacetValue& value : facets.kinds)
    out += fmt::format(" {} {}", value.value, value.works);
  return out;
}

TEST(Weighing, AShortPageIsTheBeginningOfTheWhole) {
  SmallShelf small;
  fill(small);
  Shelf shelf = small.open();
  RankWeights turned;  // any may be below 0
  turned.proximity = turned.heading = turned.title = turned.coverage = turned.accents = -0.4;
  RankWeights heavy;
  heavy.heading = heavy.title = heavy.coverage = 3;
  bool has_repeats = false;
  for (const RankWeights& weights : {RankWeights(), turned, heavy}) {
    for (const char* question :
         {"lantern", "lantern rope", "r\u00E9sum\u00E9", "\"mast wind\" chart", "wind OR shoal",
          "ha* barrel", "title:lantern rope"}) {
      for (const auto& [all, facets] : {std::pair(false, true), {true, false}, {false, false}}) {
        SearchOptions options;
        options.weights = weights;
        options.all = all;
        options.explain = true;
        options.facets = facets;  // these want every text that stands in several places weighed
        options.candidates = 180;
        options.count = 1000;
        const Answer<PassageHit> whole = must(shelf.search(question, options));
        for (std::size_t i = 1; all && i < whole.hits.size(); ++i) {
          EXPECT_GE(whole.hits[i - 1].score, whole.hits[i].score) << question << " " << i;
        }
        for (const std::uint64_t count : {1, 4, 10, 17}) {
          options.count = count;
          const Answer<PassageHit> page = must(shelf.search(question, options));
          ASSERT_EQ(page.hits.size(), std::min<std::size_t>(count, whole.hits.size())) << question;
          for (std::size_t i = 0; i < page.hits.size(); ++i) {
            EXPECT_EQ(said(page.hits[i]), said(whole.hits[i])) << question << " " << count;
            has_repeats = has_repeats || page.hits[i].also.size() > 1;
          }
          EXPECT_EQ(said(page.facets), said(whole.facets)) << question;
          EXPECT_EQ(page.weak, whole.weak) << question;
        }
      }
    }
  }
  EXPECT_TRUE(has_repeats);
}

}  // namespace
}  // namespace tome::test
