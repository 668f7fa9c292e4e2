// SPDX-License-Identifier: GPL-2.0-or-later
// What weighs passages for Xapian weighs them as Xapian does.
#include "store/weigher.h"

#include <gtest/gtest.h>

#include <random>

#include "support/segments.h"

namespace tome {
namespace {

// Three segments of texts of six words; the rare ones stand in few.
void publish_random(const std::filesystem::path& index, unsigned seed) {
  std::mt19937 random(seed);
  const std::vector<std::string> words = {"a", "a", "a", "a", "b", "b", "c", "d", "e", "Lxx"};
  std::vector<SegmentInfo> segments;
  for (const char* path : {"p", "q", "r"}) {
    std::vector<std::string> texts;
    for (unsigned i = 0; i < 40 + random() % 200; ++i) {
      std::string text = "z";
      for (auto j = random() % 40; j > 0; --j) text += " " + words[random() % words.size()];
      if (random() % 50 == 0) {
        for (int j = 0; j < 70'000; j += 1000) text += " f";
      }
      texts.push_back(std::move(text));
    }
    segments.push_back(make_segment(index, {{path, texts}}));
  }
  publish_segments(index, std::move(segments));
}

std::vector<Match> questions() {
  using Op = Match::Op;
  const auto term = [](const char* word) { return match_term(word); };
  const Match stem =
      match_of(Op::kFilter, {term("b"), match_of(Op::kSynonym, {term("Lxx"), term("Lyy")})});
  std::vector<Match> many;  // more than are read as they are needed
  for (const char* word : {"c", "d", "e", "f", "n1", "n2", "n3", "n4", "b", "n5"}) {
    many.push_back(term(word));
  }
  std::vector<Match> large = many;
  for (const char* word : {"n6", "n7", "n8", "n9"}) large.push_back(term(word));
  const Match any = match_of(Op::kSynonym, {term("c"), term("d"), stem});
  return {
      term("a"),
      term("f"),
      term("none"),
      match_term("c", 2.5),
      any,
      match_of(Op::kSynonym, {stem}),
      match_of(Op::kSynonym, many, 0.5),
      match_of(Op::kOr, {term("a"), match_term("b", 3), any, term("none")}),
      match_of(Op::kOr, {match_of(Op::kAnd, {term("a"), term("e")}, 0.3), term("d")}, 2),
      match_of(Op::kAnd, {any, term("a"), match_of(Op::kSynonym, many)}),
      match_of(Op::kAndMaybe, {term("e"), term("c"), any}),
      match_of(Op::kAndMaybe, {match_of(Op::kOr, {term("d"), any}, 0.5), term("a"), term("b")}),
      match_of(Op::kAndMaybe, {term("none"), match_of(Op::kAnd, {term("a"), term("b")})}),
      match_of(Op::kAndMaybe, {term("d"), match_of(Op::kAnd, {term("a"), term("b")}), any}),
      match_of(Op::kOr, {match_of(Op::kOr, {term("a"), match_term("c", 2)}, 3), term("e")}, 0.7),
      match_of(Op::kAnd, {match_of(Op::kOr, {term("a"), term("b"), any}), term("e")}),
      match_of(Op::kFilter, {match_of(Op::kOr, {term("a"), term("d")}), any, term("c")}, 1.5),
      match_of(Op::kFilter, {term("a"), match_of(Op::kOr, large)}),
      match_of(Op::kFilter,
               {term("a"), match_of(Op::kOr, {match_of(Op::kAnd, {term("c"), term("d")}),
                                              match_of(Op::kOr, large)})}),
      match_of(Op::kAndNot, {term("a"), match_of(Op::kOr, large), term("c")}),
      match_of(Op::kAndNot, {match_of(Op::kOr, {term("a"), any}), term("c"), term("e")}),
      match_of(Op::kFilter, {match_of(Op::kOr, {term("f"), match_of(Op::kAll, {})}), any})};
}

std::map<std::uint32_t, double> weights(const Candidates& found) {
  std::map<std::uint32_t, double> out;
  for (const Candidate& candidate : found.list) out[candidate.document] = candidate.weight;
  return out;
}

TEST(Weigher, WeighsAsXapianDoes) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    const TestFolder index;
    publish_random(index.path(), seed);
    const std::vector<Match> asked = questions();
    const Result<Reader> warm = Reader::open(index.path());
    ASSERT_TRUE(warm->match(match_term("z"), 0, 1).ok());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      ASSERT_TRUE(is_of_words(asked[i])) << i;
      for (const auto& [first, count] :
           std::vector<std::pair<int, int>>{{0, 3}, {0, 25}, {25, 40}, {0, 10'000}}) {
        // The first question of a process is left to Xapian.
        const Result<Reader> cold = Reader::open(index.path());
        const Result<Candidates> expected = cold->match(asked[i], first, count);
        const Result<Candidates> found = warm->match(asked[i], first, count);
        ASSERT_TRUE(expected.ok() && found.ok());
        EXPECT_EQ(found->exhausted, expected->exhausted) << i << " " << first;
        const auto want = weights(*expected);
        const auto have = weights(*found);
        ASSERT_EQ(have.size(), want.size()) << i << " " << first << " " << count;
        for (const auto& [document, weight] : want) {
          ASSERT_TRUE(have.contains(document)) << i << " " << first << " " << count;
          EXPECT_NEAR(have.at(document), weight, 1e-9) << i << " " << first << " " << count;
        }
      }
    }
  }
}

TEST(Weigher, KnowsOnlyWordsAndStems) {
  using Op = Match::Op;
  const Match group = match_of(Op::kAnd, {match_term("a"), match_term("b")});
  EXPECT_FALSE(is_of_words(match_of(Op::kSynonym, {match_term("a"), group})));
  EXPECT_FALSE(is_of_words(match_of(Op::kOr, {match_of(Op::kSynonym, {group}), match_term("a")})));
  EXPECT_TRUE(
      is_of_words(match_of(Op::kFilter, {match_term("a"), match_of(Op::kSynonym, {group})})));
}

TEST(Weigher, LengthsBeyondTheTableAreLookedUp) {
  const TestFolder index;
  std::string text;
  for (int i = 0; i < 70'000; ++i) text += "w ";
  publish_segments(index.path(), {make_segment(index.path(), {{"a", {text, "w", "w x y"}}})});
  const Result<Reader> cold = Reader::open(index.path());
  const Result<Reader> warm = Reader::open(index.path());
  ASSERT_TRUE(warm->match(match_term("w"), 0, 1).ok());
  const auto want = weights(*cold->match(match_term("w"), 0, 10));
  const auto have = weights(*warm->match(match_term("w"), 0, 10));
  ASSERT_EQ(want.size(), 3u);
  for (const auto& [document, weight] : want) EXPECT_NEAR(have.at(document), weight, 1e-9);
}

TEST(Match, WideTakesOffWhatNarrows) {
  using Op = Match::Op;
  Match narrow = match_of(Op::kFilter, {match_term("a", 2), match_term("b")}, 3);
  narrow.narrows = "a phrase";
  const Match match =
      wide(match_of(Op::kAnd, {narrow, match_of(Op::kFilter, {match_term("c"), match_term("d")})}));
  ASSERT_EQ(match.parts.size(), 2u);
  EXPECT_EQ(match.parts[0].op, Op::kTerm);
  EXPECT_EQ(match.parts[0].term, "a");
  EXPECT_EQ(match.parts[0].scale, 6);
  EXPECT_EQ(match.parts[1].op, Op::kFilter);
}

}  // namespace
}  // namespace tome
