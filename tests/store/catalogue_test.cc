// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/growth.h"
#include "text/codec.h"

namespace tome {
namespace {

WorkRecord record(std::string source, std::string title, std::vector<std::string> authors,
                  Origin origin = Origin::kInferred, Kind kind = Kind::kBook) {
  WorkRecord r;
  r.source = std::move(source);
  r.origin = origin;
  r.info.kind = kind;
  r.info.title = std::move(title);
  r.info.authors = std::move(authors);
  r.key = work_key(r.info, r.source);
  return r;
}

// Works as "title(source source)", in the catalogue's order.
std::string shown(const Catalogue& catalogue) {
  std::string out;
  for (const Work& work : catalogue.works()) {
    out += (out.empty() ? "" : ", ") + work.info.title + "(";
    for (std::size_t i = 0; i < work.sources.size(); ++i) {
      out += (i == 0 ? "" : " ") + work.sources[i];
    }
    out += ")";
  }
  return out;
}

TEST(Catalogue, JoiningRules) {
  struct Case {
    const char* rule;
    std::vector<WorkRecord> records;
    const char* works;
  };
  const std::vector<Case> table = {
      {"no records", {}, ""},
      {"same title, same author",
       {record("a", "Dune", {"F. Herbert"}), record("b", "Dune", {"Frank Herbert"})},
       "Dune(a b)"},
      {"the main title counts, folded",
       {record("a", "Dune", {"F. Herbert"}), record("b", "DUNE: Part One", {"Frank Herbert"})},
       "Dune(a b)"},
      {"any shared family name",
       {record("a", "T", {"Ann Lee", "Bob Ray"}), record("b", "T", {"Bob Ray", "Cy Dee"})},
       "T(a b)"},
      {"joined through a third",
       {record("a", "T", {"Ann Lee"}), record("b", "T", {"Cy Dee"}),
        record("c", "T", {"Ann Lee", "Cy Dee"})},
       "T(a b c)"},
      {"other authors: other works",
       {record("a", "T", {"Ann Lee"}), record("b", "T", {"Cy Dee"})},
       "T(a), T(b)"},
      {"other titles: other works",
       {record("a", "S", {"Ann Lee"}), record("b", "T", {"Ann Lee"})},
       "S(a), T(b)"},
      {"a book is no article",
       {record("a", "T", {"Ann Lee"}),
        record("b", "T", {"Ann Lee"}, Origin::kInferred, Kind::kArticle)},
       "T(a), T(b)"},
      {"no author and a unique title",
       {record("a", "T", {}), record("b", "T", {"Ann Lee"})},
       "T(a b)"},
      {"no author, two works it could be",
       {record("a", "T", {}), record("b", "T", {"Ann Lee"}), record("c", "T", {"Cy Dee"})},
       "T(a), T(b), T(c)"},
      {"two without author are told by place",
       {record("a", "Notes", {}), record("b", "Notes", {})},
       "Notes(a), Notes(b)"},
      {"several without author join one with",
       {record("a", "T", {}), record("b", "T", {"Ann Lee"}), record("c", "T", {})},
       "T(a b c)"},
      {"ordered by folded title",
       {record("a", "b", {}), record("b", "C", {}), record("c", "A", {})},
       "A(c), b(a), C(b)"},
  };
  for (const Case& c : table) {
    std::vector<std::size_t> order(c.records.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::vector<std::string> ids;
    do {
      std::vector<WorkRecord> records;
      for (const std::size_t i : order) records.push_back(c.records[i]);
      const Catalogue catalogue(records);
      std::string works = shown(catalogue);
      if (catalogue.works().size() > 1) {  // equal titles are ordered by ID: compare as a set
        std::vector<std::string> names;
        for (std::size_t at = 0; at < works.size();) {
          const std::size_t end = std::min(works.find(", ", at), works.size());
          names.push_back(works.substr(at, end - at));
          at = end + 2;
        }
        std::stable_sort(names.begin(), names.end(),
                         [](const auto& x, const auto& y) { return x[0] == y[0] && x < y; });
        works.clear();
        for (const std::string& name : names) works += (works.empty() ? "" : ", ") + name;
      }
      EXPECT_EQ(works, c.works) << c.rule;
      std::vector<std::string> now;
      for (const Work& work : catalogue.works()) now.push_back(work.id);
      if (ids.empty()) ids = now;
      EXPECT_EQ(now, ids) << c.rule << ": depends on the order of records";
    } while (std::next_permutation(order.begin(), order.end()));
  }
}

TEST(Catalogue, TheSurerWins) {
  WorkRecord guess = record("a", "t: guessed", {"Ann Lee"}, Origin::kInferred);
  WorkRecord review = record("b", "T", {"Ann Lee", "Bob Ray"}, Origin::kReview);
  WorkRecord front = record("c", "T", {"A. Lee"}, Origin::kFrontMatter);
  guess.info.year = 1999;
  guess.info.publisher = "Guess & Co";
  guess.info.topics = {"x", "y"};
  review.info.year = 2001;
  review.info.features = {"f1"};
  front.info.year = 2003;
  front.info.topics = {"y", "z"};
  const Catalogue catalogue({guess, front, review});
  ASSERT_EQ(catalogue.works().size(), 1u);
  const Work& work = catalogue.works()[0];
  EXPECT_EQ(work.id, front.key);
  EXPECT_EQ(work.info.title, "T");
  EXPECT_EQ(work.info.authors, front.info.authors);
  EXPECT_EQ(work.info.year, 2003);
  EXPECT_EQ(work.info.publisher, "Guess & Co");
  EXPECT_EQ(work.info.topics, (std::vector<std::string>{"y", "z", "x"}));
  EXPECT_EQ(work.info.features, (std::vector<std::string>{"f1"}));
  for (const WorkRecord& r : {guess, review, front}) {
    ASSERT_NE(catalogue.find(r.key), nullptr);
    EXPECT_EQ(catalogue.find(r.key)->id, front.key);
  }
  EXPECT_EQ(catalogue.find("none"), nullptr);
  EXPECT_EQ(catalogue.index_of("none"), 1u);
}

// Two segments may hold two states of one whole (kept chapters and new ones): the same key and no
// source; the order of reading must not decide.
TEST(Catalogue, TwoStatesOfOneWholeJoinTheSameWayInAnyOrder) {
  WorkRecord old = record("", "Manual", {"Ann Lee"}, Origin::kFrontMatter);
  old.info.year = 2001;
  WorkRecord now = old;
  now.info.year = 2002;
  const Catalogue one({old, now});
  const Catalogue other({now, old});
  ASSERT_EQ(one.works().size(), 1u);
  EXPECT_TRUE(one.works()[0].sources.empty());
  EXPECT_EQ(one.works()[0].info.year, other.works()[0].info.year);
}

// All pairs of one title were compared: 60,000 pages called "Notes" took minutes.
TEST(Catalogue, ManyNamesakesTakeLinearTime) {
  for (const bool authors : {false, true}) {  // as many works, one work of as many sources
    SCOPED_TRACE(authors);
    expect_linear(60'000, [authors](std::size_t many) {
      std::vector<WorkRecord> records(many);
      for (std::size_t i = 0; i < many; ++i) {
        records[i].source = "source" + std::to_string(i);
        records[i].info.title = "Notes";
        if (authors) records[i].info.authors = {"Ann Lee"};
        records[i].key = work_key(records[i].info, records[i].source);
      }
      const Catalogue catalogue(std::move(records));
      EXPECT_EQ(catalogue.works().size(), authors ? 1u : many);
      EXPECT_EQ(catalogue.works().at(0).sources.size(), authors ? many : 1u);
    });
  }
}

// Asks for everything; what comes does not matter.
void read_all(const std::string& bytes) {
  const std::optional<Catalogue> read = Catalogue::decode(bytes, nullptr);
  if (!read) return;
  WorkFields view;
  for (std::size_t i = 0; i < read->size(); ++i) {
    read->view(i, view);
    for (const std::string& key : read->work(i).keys) EXPECT_LE(read->index_of(key), read->size());
    read->is_book(i);
  }
}

TEST(Catalogue, ManyWorksComeBackFromTheirBlocks) {
  std::vector<WorkRecord> records;
  for (int i = 0; i < 100; ++i) {
    records.push_back(record("s" + std::to_string(i), "Title " + std::to_string(i * 7919 % 1000),
                             {"Ann Lee"}, Origin::kFrontMatter,
                             i % 3 == 0 ? Kind::kBook : Kind::kArticle));
  }
  const Catalogue made(records);
  const std::string bytes = made.encode();
  const std::optional<Catalogue> read = Catalogue::decode(bytes, nullptr);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->size(), 100u);
  WorkFields view, other;
  for (std::size_t k = 0; k < made.size(); ++k) {
    const std::size_t i = k * 37 % made.size();
    read->view(i, view);
    made.view(i, other);
    EXPECT_EQ(view.title, made.work(i).info.title);
    EXPECT_EQ(view.title, other.title);
    EXPECT_EQ(view.authors, other.authors);
    EXPECT_EQ(view.kind, other.kind);
    EXPECT_EQ(view.kind, made.work(i).info.kind);
    EXPECT_EQ(read->is_book(i), made.is_book(i));
    EXPECT_EQ(read->is_book(i), view.kind == Kind::kBook);
    EXPECT_EQ(read->work(i).id, made.work(i).id);
  }
  EXPECT_EQ(shown(*read), shown(made));
}

TEST(Catalogue, ComesBackFromItsBytes) {
  std::vector<WorkRecord> records{record("s1", "Kite Flying", {"Ann Lee"}),
                                  record("s2", "Kite Flying", {"Lee, A."}),
                                  record("s3", "Zebra", {}, Origin::kInferred, Kind::kArticle),
                                  record("s4", "Apple", {"B. Roe"})};
  records[3].info.topics = {"fruit", "trees"};
  records[3].info.year = 1999;
  const Catalogue made(records);
  const auto bytes = std::make_shared<const std::string>(made.encode());
  const std::optional<Catalogue> read = Catalogue::decode(*bytes, bytes);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->size(), made.size());
  EXPECT_EQ(read->books(), 2u);
  for (std::size_t i = 0; i < made.size(); ++i) {  // one by one, by key, and all
    for (const std::string& key : made.work(i).keys) {
      EXPECT_EQ(read->index_of(key), i);
      EXPECT_EQ(read->find(key)->id, made.work(i).id);
    }
    Encoder one, other;
    put_info(one, read->work(i).info);
    put_info(other, made.work(i).info);
    EXPECT_EQ(one.take(), other.take());
    EXPECT_EQ(read->work(i).sources, made.work(i).sources);
  }
  EXPECT_EQ(shown(*read), shown(made));
  EXPECT_EQ(read->encode(), *bytes);
  for (const char* absent : {"", "a", "zzzzzzzzzzzzzzzz", "0000000000000000"}) {
    EXPECT_EQ(read->index_of(absent), read->size());
    EXPECT_EQ(read->find(absent), nullptr);
  }
  const auto nothing = std::make_shared<const std::string>(Catalogue().encode());
  EXPECT_EQ(Catalogue::decode(*nothing, nothing)->works().size(), 0u);
}

// Its checksum may be right and its numbers not: whoever wrote the file could make both.
TEST(Catalogue, TakesNoNumbersThatLeadOutOfItsBytes) {
  const std::string bytes =
      Catalogue({record("s1", "Kite Flying", {"Ann Lee"}), record("s2", "Zebra", {"B. Roe"})})
          .encode();
  std::string_view payload;
  ASSERT_TRUE(unseal(bytes, payload));
  for (std::size_t at = 0; at < payload.size(); ++at) {
    for (const std::size_t width : {std::size_t{1}, std::size_t{4}, kFixedNumber}) {
      std::string forged(payload);
      for (std::size_t i = at; i < std::min(at + width, forged.size()); ++i) forged[i] = '\x7f';
      read_all(seal(forged));
    }
    read_all(seal(std::string(payload.substr(0, at))));
  }
  for (const std::size_t count : {0, 1, 2}) {  // works, books, keys
    std::string forged(payload);
    forged.replace(count * kFixedNumber, kFixedNumber, kFixedNumber, '\x7f');
    EXPECT_EQ(Catalogue::decode(seal(forged), nullptr).has_value(), count == 1) << count;
  }
}

// Their places are found by the length of all: one of another length is not kept.
TEST(Catalogue, KeysOfAnotherLengthAreNotWritten) {
  WorkRecord odd = record("s1", "Kite Flying", {"Ann Lee"});
  odd.key = "short";
  EXPECT_EQ(Catalogue({odd}).encode(), "");
}

}  // namespace
}  // namespace tome
