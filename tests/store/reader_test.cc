// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/reader.h"

#include <gtest/gtest.h>

#include "support/segments.h"

namespace tome {
namespace {

Match term(const char* word) { return match_term(word); }

TEST(Reader, MatchesEachOperator) {
  const TestFolder index;
  publish_segments(index.path(),
                   {make_segment(index.path(), {{"a", {"x y", "x z"}}, {"b", {"y z", "x y z"}}}),
                    make_segment(index.path(), {{"c", {"w"}}})});
  const Result<Reader> opened = Reader::open(index.path());
  ASSERT_TRUE(opened.ok());
  const auto sorted = [&](const Match& match) {
    std::vector<std::string> list = split(found(*opened, match));
    std::sort(list.begin(), list.end());
    std::string out;
    for (const std::string& item : list) out += (out.empty() ? "" : " ") + item;
    return out;
  };
  using Op = Match::Op;
  const std::vector<std::pair<Match, const char*>> table = {
      {term("x"), "a#0 a#1 b#1"},
      {term("none"), ""},
      {match_of(Op::kOr, {term("x"), term("w")}), "a#0 a#1 b#1 c#0"},
      {match_of(Op::kSynonym, {term("x"), term("w")}), "a#0 a#1 b#1 c#0"},
      {match_of(Op::kAnd, {term("x"), term("y"), term("z")}), "b#1"},
      {match_of(Op::kAndNot, {term("x"), term("y")}), "a#1"},
      {match_of(Op::kAndNot, {match_of(Op::kAll, {}), term("x"), term("w")}), "b#0"},
      {match_of(Op::kAndMaybe, {term("x"), term("y"), term("w")}), "a#0 a#1 b#1"},
      {match_of(Op::kFilter, {term("x"), term("y"), term("z")}), "b#1"},
      {match_of(Op::kFilter, {match_of(Op::kAll, {}), term("Len")}), "a#0 a#1 b#0 b#1 c#0"},
      {match_of(Op::kAll, {}), "a#0 a#1 b#0 b#1 c#0"},
      {match_of(Op::kNone, {}), ""},
      {match_of(Op::kOr, {}), ""},
      {Match{}, ""},
  };
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(sorted(table[i].first), table[i].second) << "row " << i;
  }
}

TEST(Reader, ScaleMultipliesAndFilterAddsNothing) {
  const TestFolder index;
  publish_texts(index.path(), {{"a", {"x y", "x z", "q"}}});
  const Result<Reader> reader = Reader::open(index.path());
  const auto best = [&](const Match& match) {
    return reader->match(match, 0, 1)->list.at(0).weight;
  };
  const double one = best(term("y"));
  EXPECT_GT(one, 0);
  EXPECT_NEAR(best(match_term("y", 2.5)), 2.5 * one, 1e-9);
  EXPECT_NEAR(best(match_of(Match::Op::kFilter, {term("y"), term("x")})), one, 1e-9);
  EXPECT_NEAR(best(match_of(Match::Op::kOr, {term("y"), term("x")}, 3)),
              3 * (one + reader->match(term("x"), 0, 1)->list.at(0).weight), 1e-9);
  EXPECT_EQ(best(match_of(Match::Op::kAll, {})), 0);
}

TEST(Reader, TellsIdsWithoutTexts) {
  const TestFolder index;
  publish_segments(index.path(),
                   {make_segment(index.path(), {{"a", {"x", "x y", "x"}}, {"b", {"x"}}}),
                    make_segment(index.path(), {{"c", {"x", "x"}}})});
  const Result<Reader> reader = Reader::open(index.path());
  std::vector<Candidate> list = reader->match(term("x"), 0, 10)->list;
  ASSERT_EQ(list.size(), 6u);
  std::reverse(list.begin(), list.end());
  const Result<std::vector<std::string>> ids = reader->ids(list);
  ASSERT_TRUE(ids.ok());
  for (std::size_t i = 0; i < list.size(); ++i) {
    EXPECT_EQ((*ids)[i], reader->read(list[i].document)->id) << i;
  }
}

TEST(Reader, GivesAllThatWeighTheSameAsTheLast) {
  const TestFolder index;
  publish_segments(index.path(),
                   {make_segment(index.path(), {{"a", std::vector<std::string>(300, "x")}}),
                    make_segment(index.path(), {{"b", {"x x", "x x", "x y z w", "q"}}}),
                    make_segment(index.path(), {{"c", std::vector<std::string>(200, "x")}})});
  const Result<Reader> reader = Reader::open(index.path());
  // first, count -> how many come
  const std::vector<std::array<std::size_t, 3>> table = {
      {0, 1, 2}, {0, 2, 2}, {0, 3, 502}, {2, 1, 500}, {2, 500, 500}, {0, 503, 503}, {502, 5, 1}};
  for (const auto& [first, count, come] : table) {
    const Result<Candidates> found = reader->match(term("x"), first, count);
    EXPECT_EQ(found->list.size(), come) << first << " " << count;
    EXPECT_EQ(found->exhausted, first + come == 503) << first << " " << count;
  }
}

TEST(Reader, PagesNeitherRepeatNorLose) {
  const TestFolder index;
  std::vector<std::string> texts(25, "same words");
  publish_segments(index.path(), {make_segment(index.path(), {{"a", texts}}),
                                  make_segment(index.path(), {{"b", texts}})});
  const Result<Reader> reader = Reader::open(index.path());
  const auto paged = [&](const Match& match) {
    std::string out;
    for (std::uint64_t first = 0; first < 50;) {
      out += (out.empty() ? "" : " ") + found(*reader, match, first, 7);
      first += reader->match(match, first, 7)->list.size();
    }
    return out;
  };
  EXPECT_EQ(paged(term("same")), found(*reader, term("same")));
  const Match every = match_of(Match::Op::kAll, {});
  EXPECT_EQ(paged(every), found(*reader, every));
  EXPECT_EQ(reader->match(every, 0, 7)->list.size(), 7u);
  // All weigh the same: where they are cut would be chance.
  EXPECT_EQ(reader->match(term("same"), 0, 7)->list.size(), 50u);
  const Result<Candidates> all = reader->match(term("same"), 0, 50);
  EXPECT_TRUE(all->exhausted);
  const Result<Candidates> page = reader->match(term("same"), 45, 10);
  EXPECT_TRUE(page->exhausted);
  EXPECT_EQ(page->estimate, 50u);
  EXPECT_TRUE(reader->match(term("same"), 500, 10)->list.empty());
  EXPECT_TRUE(reader->match(term("same"), 0, UINT64_MAX)->exhausted);
}

TEST(Reader, WhatWeighsNothingComesInTheOrderOfIds) {
  const TestFolder index;
  publish_segments(index.path(), {make_segment(index.path(), {{"a", {"x", "x y", "x"}}}),
                                  make_segment(index.path(), {{"b", {"x", "z x"}}})});
  const Result<Reader> reader = Reader::open(index.path());
  using Op = Match::Op;
  for (const Match& match :
       {match_of(Op::kAll, {}), match_of(Op::kFilter, {match_of(Op::kAll, {}), term("x")})}) {
    const Result<Candidates> found = reader->match(match, 0, 10);
    ASSERT_EQ(found->list.size(), 5u);
    std::vector<std::string> ids;
    for (const Candidate& candidate : found->list)
      ids.push_back(reader->read(candidate.document)->id);
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  }
}

// What ties without end is cut at the count: there is a bound on what is read on for.
TEST(Reader, TiesBeyondTheBoundAreCut) {
  const TestFolder index;
  Texts texts;
  texts["a"] = std::vector<std::string>(17'000, "x");
  publish_texts(index.path(), texts);
  const Result<Reader> reader = Reader::open(index.path());
  const Result<Candidates> found = reader->match(term("x"), 0, 10);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->list.size(), 10u);
  EXPECT_FALSE(found->exhausted);
  EXPECT_GE(found->estimate, 5000u);
}

TEST(Reader, AnswersFromAnEmptyGeneration) {
  const TestFolder index;
  publish_segments(index.path(), {});
  const Result<Reader> reader = Reader::open(index.path());
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->passages(), 0u);
  EXPECT_EQ(reader->average_length(), 0);
  EXPECT_EQ(*reader->frequency("x"), 0u);
  EXPECT_TRUE(reader->match(term("x"), 0, 10)->list.empty());
  EXPECT_TRUE(reader->match(match_of(Match::Op::kAll, {}), 0, 10)->exhausted);
  EXPECT_EQ(reader->find("none").error().code, Code::kNotFound);
  EXPECT_TRUE(reader->passages_of("none")->empty());
  EXPECT_TRUE(reader->sources()->empty());
  EXPECT_TRUE(reader->words("")->empty());
  EXPECT_TRUE((*reader->catalogue())->works().empty());
  EXPECT_TRUE(reader->work_uses()->empty());
  EXPECT_TRUE(reader->languages().empty());
}

TEST(Reader, WordsByPrefix) {
  const TestFolder index;
  publish_segments(index.path(),
                   {make_segment(index.path(), {{"a", {"descriptor descriptors desk"}}}),
                    make_segment(index.path(), {{"b", {"descriptor zebra"}}})});
  const Result<Reader> reader = Reader::open(index.path());
  EXPECT_EQ(words_of(*reader, "descr"), "descriptor:2 descriptors:1");
  EXPECT_EQ(words_of(*reader, "zebra"), "zebra:1");
  EXPECT_EQ(words_of(*reader, "zebras"), "");
  EXPECT_EQ(reader->languages().at("en"), 2u);
}

TEST(Reader, SaysWhereWorksStand) {
  const TestFolder index;
  publish_segments(index.path(), {make_segment(index.path(), {{"a", {"x", "y"}}}),
                                  make_segment(index.path(), {{"b", {"z"}}, {"empty", {}}})});
  const Result<Reader> reader = Reader::open(index.path());
  const Result<std::map<std::string, WorkUse>> uses = reader->work_uses();
  ASSERT_TRUE(uses.ok());
  EXPECT_EQ(uses->at("key-a").passages, 2u);
  EXPECT_EQ(uses->at("key-a").files, (std::vector<std::string>{"root/a"}));
  const Result<std::map<std::string, std::size_t>> segments = reader->source_segments();
  EXPECT_EQ(segments->at(source_id("root", "a")), 0u);
  EXPECT_EQ(segments->at(source_id("root", "b")), 1u);
}

// Xapian reads some tables late: all of them must have been opened with the reader.
TEST(Reader, KeepsItsGenerationWhileOthersArePublished) {
  const TestFolder index;
  std::string text = "old";
  for (int i = 0; i < 300; ++i) text += " word" + std::to_string(i);
  publish_texts(index.path(), {{"a", std::vector<std::string>(200, text)}});
  const Result<Reader> old = Reader::open(index.path());
  ASSERT_TRUE(old.ok());
  for (int i = 0; i < 3; ++i) {
    publish_texts(index.path(), {{"b", {"new"}}});
    collect_garbage(index.path());
  }
  EXPECT_FALSE(std::filesystem::exists(segment_path(index.path(), old->manifest().segments[0].id)));
  EXPECT_EQ(old->manifest().generation, 1u);
  EXPECT_EQ(split(found(*old, term("old"))).size(), 200u);
  EXPECT_EQ(found(*old, term("new")), "");
  EXPECT_EQ(old->words("")->size(), 301u);
  EXPECT_EQ(old->passages_of(source_id("root", "a"))->size(), 200u);
  EXPECT_EQ(old->sources()->size(), 1u);
  EXPECT_EQ((*old->catalogue())->works().size(), 1u);
  const Result<Reader> now = Reader::open(index.path());
  ASSERT_TRUE(now.ok());
  EXPECT_EQ(now->manifest().generation, 4u);
  EXPECT_EQ(found(*now, term("old")), "");
  EXPECT_EQ(found(*now, term("new")), "b#0");
}

}  // namespace
}  // namespace tome
