// SPDX-License-Identifier: GPL-2.0-or-later
// Shards: what is served, and how connections to it agree.
#include <gtest/gtest.h>

#include "shards.h"
#include "store/block_heads.h"
#include "store/database.h"
#include "store/passage_block.h"
#include "support/relay.h"
#include "support/shard_server.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

TEST_F(Shards, AServedGenerationOfSeveralSegmentsTellsAllThatItHolds) {
  const fs::path index = folder_ / "index";
  publish_segments(index, {make_segment(index, {{"a", {"x y", "x z"}}, {"b", {"y"}}}),
                           make_segment(index, {{"c", {"x w", "z"}}})});
  const ShardServer server(index);
  const Result<Reader> near = Reader::open(index);
  const Result<Reader> far = Reader::open_shelf("", of({server.address()}));
  ASSERT_TRUE(near.ok() && far.ok()) << far.error().message;
  EXPECT_EQ(all_of(*far, "x"), "a#0 a#1 c#0");
  EXPECT_EQ(far->passages(), near->passages());
  EXPECT_EQ(far->average_length(), near->average_length());
  EXPECT_EQ(far->languages(), near->languages());
  EXPECT_EQ(*far->frequency("x"), 3u);
  EXPECT_EQ(*far->frequency("none"), 0u);
  far->expect({"y", "z", "none", "w"});
  for (const char* word : {"y", "z", "none", "w"}) {
    EXPECT_EQ(*far->frequency(word), *near->frequency(word)) << word;
  }
  EXPECT_EQ(far->sources()->size(), 3u);
  const auto sources = *near->sources();
  for (const SourceRecord& source : sources) {
    EXPECT_EQ(far->source(source.id)->path, source.path);
  }
  EXPECT_EQ(far->source("none").error().code, Code::kNotFound);
  EXPECT_EQ((*far->catalogue())->size(), (*near->catalogue())->size());
  for (const char* prefix : {"", "x", "z", "q"}) {
    const auto one = *near->words(prefix);
    const auto two = *far->words(prefix);
    ASSERT_EQ(one.size(), two.size()) << prefix;
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].word, two[i].word);
      EXPECT_EQ(one[i].count, two[i].count);
    }
  }
  const std::string id = passage_id("root", "c", 1);
  EXPECT_EQ(far->find(id)->text, "z");
  EXPECT_EQ(far->passages_of(source_id("root", "a"))->size(), 2u);
}

// The stub is replaced when the first connection is open and the second is not.
TEST_F(Shards, AGenerationPublishedBetweenTwoConnectionsIsSeenByAllOrNone) {
  const fs::path b = make("b", {{"b", {"x", "x"}}, {"c", {"x"}}});
  const ShardServer server(b);
  const Relay relay([&](int connection) {
    if (connection == 1) {
      publish_texts(b, {{"b", {"x", "y", "x"}}, {"d", {"x"}}});
      EXPECT_TRUE(make_served(b).ok());
    }
    return server.port();
  });
  const Result<Reader> reader = Reader::open_shelf("", of({relay.address()}));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(relay.connections(), 5);  // two that differed, then three of the newer
  EXPECT_EQ(reader->manifest().generation, 2u);
  EXPECT_EQ(all_of(*reader, "x"), "b#0 b#2 d#0");
  EXPECT_EQ(*reader->frequency("x"), 3u);
}

// Whatever comes between, a connection that differs is not read from.
TEST_F(Shards, ConnectionsThatNeverAgreeAreNotUsedTogether) {
  Texts old_texts, new_texts;
  for (int i = 0; i < 40; ++i) old_texts["b" + std::to_string(i)] = {"x old"};
  for (int i = 0; i < 40; ++i) new_texts["c" + std::to_string(i)] = {"x new"};
  const fs::path one = make("one", old_texts);
  const fs::path two = make("two", new_texts);
  const ShardServer first(one);
  const ShardServer second(two);
  const Relay relay([&](int connection) { return (connection % 2 ? second : first).port(); });
  const Result<Reader> reader = Reader::open_shelf("", of({relay.address()}));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(relay.connections(), 6);
  const Result<Reader> alone = Reader::open_shelf("", of({first.address()}));
  EXPECT_EQ(all_of(*reader, "x"), all_of(*alone, "x"));
  EXPECT_EQ(*reader->frequency("old"), 40u);
  EXPECT_EQ(*reader->frequency("new"), 0u);
}

// A block of passages is fetched once, however many of them are wanted and over however many
// connections.
TEST_F(Shards, ATextThatStandsInABlockOfManyCostsNoRoundTripOfItsOwn) {
  Texts texts;
  std::string text = "x";
  for (int i = 0; i < 500; ++i) text += " y";
  for (int i = 0; i < 12; ++i) {
    texts["b" + std::to_string(i)] = std::vector<std::string>(10, text);
  }
  const fs::path b = make("b", texts);
  const ShardServer server(b);
  const Relay relay([&](int) { return server.port(); });
  const Result<Reader> reader = Reader::open_shelf("", of({relay.address()}));
  const Result<Reader> near = Reader::open(b);
  ASSERT_TRUE(reader.ok());
  const Result<Candidates> candidates = reader->match(match_term("x"), 0, 200);
  ASSERT_EQ(candidates->list.size(), 120u);
  const int blocks = 18;  // seven texts each, the last one a single one
  static_assert(kBlockBytes == 8192);
  for (const int expected : {blocks + 1, blocks}) {  // where blocks begin is asked for once
    const int before = relay.round_trips();
    const Result<std::vector<PassageRecord>> records = reader->read(candidates->list);
    ASSERT_TRUE(records.ok());
    EXPECT_EQ(relay.round_trips() - before, expected);
    for (std::size_t i = 0; i < records->size(); ++i) {
      EXPECT_EQ((*records)[i].id, near->read(candidates->list[i].document)->id);
    }
  }
  // Served by a tome that did not say where blocks begin.
  {
    Xapian::WritableDatabase database(make_served(b)->database.string(),
                                      Xapian::DB_OPEN | kPrivate);
    database.set_metadata("served/heads/000000", "");
    database.commit();
  }
  const Result<Reader> without = Reader::open_shelf("", of({server.address()}));
  EXPECT_EQ(all_of(*without, "x"), all_of(*near, "x"));
  {
    Xapian::WritableDatabase database(make_served(b)->database.string(),
                                      Xapian::DB_OPEN | kPrivate);
    database.set_metadata("served/heads/000000", encode_heads({1, 2}).substr(1));
    database.commit();
  }
  const Result<Reader> damaged = Reader::open_shelf("", of({server.address()}));
  EXPECT_EQ(all_of(*damaged, "x"), "error: the index is damaged: a record is not what was written");
}

TEST_F(Shards, ANewGenerationIsServedWithoutARefusalAndSeenByWhoLooks) {
  const fs::path b = make("b", {{"b", {"x"}}});
  const ShardServer server(b);
  Result<Reader> reader = Reader::open_shelf("", of({server.address()}));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(all_of(*reader, "x"), "b#0");
  publish_texts(b, {{"b", {"x", "x"}}, {"c", {"x"}}});
  ASSERT_TRUE(make_served(b).ok());
  EXPECT_EQ(all_of(*reader, "x"), "b#0");  // its own generation, to the end
  EXPECT_FALSE(*reader->renew());          // does not ask those that are far
  EXPECT_TRUE(*reader->look_far());
  EXPECT_EQ(all_of(*reader, "x"), "b#0 b#1 c#0");
  EXPECT_FALSE(*reader->look_far());
}

// What a connection may still use must stay, and what was just replaced too.
TEST_F(Shards, OldServedDatabasesGoWhenNobodyUsesThem) {
  const fs::path b = make("b", {{"b", {"x"}}});
  const fs::path old = fs::absolute(make_served(b)->database);
  publish_texts(b, {{"b", {"x", "x"}}});
  const fs::path now = fs::absolute(make_served(b)->database);
  EXPECT_NE(old, now);
  EXPECT_FALSE(drop_served(b, {}));  // just replaced
  EXPECT_TRUE(fs::exists(old));
  shift_time(b / kServedStub, -60);
  EXPECT_FALSE(drop_served(b, {old}));
  EXPECT_TRUE(fs::exists(old));
  EXPECT_TRUE(drop_served(b, {}));
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(now));
}

// In the place of ssh a script that runs what the other host would be told to.
TEST_F(Shards, OneBehindSshIsAskedByXapiansProgram) {
  const fs::path b = make("b", {{"b", {"x", "y"}}});
  ASSERT_TRUE(make_served(b).ok());
  write_bytes(folder_ / "bin/ssh",
              "#!/bin/sh\nwhile [ \"$1\" != host ]; do shift; done; shift; exec \"$@\"\n");
  fs::permissions(folder_ / "bin/ssh", fs::perms::owner_all);
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", ((folder_ / "bin").string() + ":" + path).c_str(), 1);
  const Result<Reader> reader = Reader::open_shelf("", of({"ssh://host" + b.string()}));
  const Result<Reader> nobody = Reader::open_shelf("", of({"ssh://host/none"}));
  ::setenv("PATH", path.c_str(), 1);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(all_of(*reader, "x"), "b#0");
  EXPECT_EQ(nobody.error().code, Code::kUnreachable);
}

}  // namespace
}  // namespace tome
