// SPDX-License-Identifier: GPL-2.0-or-later
// Shards: what becomes of a question when one is down, damaged or of another version.
#include "shards.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "analysis/analyser.h"
#include "store/database.h"
#include "store/shard_memory.h"
#include "support/shard_server.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

TEST_F(Shards, OneThatIsDownIsMissingAndTheOthersAnswer) {
  const fs::path a = make("a", {{"a", {"x"}}});
  const fs::path b = make("b", {{"b", {"x"}}});
  ShardServer server(b);
  server.stop();
  Result<Reader> reader = Reader::open_shelf("", of({a, server.address()}));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(all_of(*reader, "x"), "a#0");
  ASSERT_EQ(reader->missing().size(), 1u);
  EXPECT_EQ(reader->missing()[0].address, server.address());
  EXPECT_NE(reader->missing()[0].reason.find("refused"), std::string::npos);
  ReaderOptions all = of({a, server.address()});
  all.shards.require_all = true;
  EXPECT_EQ(Reader::open_shelf("", all).error().code, Code::kUnreachable);
  EXPECT_EQ(Reader::open_shelf("", of({server.address()})).error().code, Code::kUnreachable);
}

TEST_F(Shards, OneThatGoesWhileItIsAskedIsLeftOutAndUsedAgainWhenItIsBack) {
  const fs::path a = make("a", {{"a", {"x"}}});
  const fs::path b = make("b", {{"b", {"x", "x y"}}});
  ShardServer server(b);
  Result<Reader> reader = Reader::open_shelf("", of({a, server.address()}));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(all_of(*reader, "x"), "a#0 b#0 b#1");
  const std::string whole = reader->state();
  server.stop();
  EXPECT_TRUE(all_of(*reader, "x").starts_with("error: a shard does not answer"));
  ASSERT_TRUE(*reader->recover());
  EXPECT_EQ(all_of(*reader, "x"), "a#0");
  ASSERT_EQ(reader->missing().size(), 1u);
  EXPECT_NE(reader->state(), whole);
  EXPECT_FALSE(*reader->recover());
  EXPECT_FALSE(*reader->renew());  // not so soon
  const ShardServer again(b, server.port());
  std::this_thread::sleep_for(ShardMemory::kTryAgain);
  EXPECT_TRUE(*reader->renew());
  EXPECT_EQ(all_of(*reader, "x"), "a#0 b#0 b#1");
  EXPECT_TRUE(reader->missing().empty());
  EXPECT_EQ(reader->state(), whole);
}

TEST_F(Shards, AServerThatWasRestartedIsAskedAnew) {
  const fs::path b = make("b", {{"b", {"x"}}});
  std::optional<ShardServer> server(std::in_place, b);
  const int port = server->port();
  Result<Reader> reader = Reader::open_shelf("", of({server->address()}));
  ASSERT_TRUE(reader.ok());
  server.emplace(b, port);
  EXPECT_TRUE(all_of(*reader, "x").starts_with("error"));
  ASSERT_TRUE(*reader->recover());
  EXPECT_EQ(all_of(*reader, "x"), "b#0");
  EXPECT_TRUE(reader->missing().empty());
}

TEST_F(Shards, OneThatHangsIsLeftOutAfterItsTime) {
  const fs::path a = make("a", {{"a", {"x"}}});
  const fs::path b = make("b", {{"b", {"x"}}});
  ShardServer server(b);
  Result<Reader> reader = Reader::open_shelf("", of({a, server.address()}, 300));
  ASSERT_TRUE(reader.ok());
  server.freeze();
  EXPECT_TRUE(all_of(*reader, "x").starts_with("error"));
  ASSERT_TRUE(*reader->recover());
  EXPECT_EQ(all_of(*reader, "x"), "a#0");
  EXPECT_EQ(reader->missing().at(0).reason, "no answer within 0.3 s");
  server.thaw();
}

TEST_F(Shards, AReplicaAnswersForOneThatIsDown) {
  const fs::path b = make("b", {{"b", {"x"}}});
  const ShardServer replica(b);
  ShardServer first(b, free_port());
  const fs::path index = folder_ / "shelf";
  write_bytes(index / "shelf.toml", "[[shard]]\naddress = '" + first.address() +
                                        "'\nreplicas = ['" + replica.address() + "']\n");
  Result<Reader> reader = Reader::open_shelf(index, of({}));
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->shards().at(0).address, first.address());
  first.stop();
  EXPECT_TRUE(all_of(*reader, "x").starts_with("error"));
  ASSERT_TRUE(*reader->recover());
  EXPECT_EQ(all_of(*reader, "x"), "b#0");
  EXPECT_TRUE(reader->missing().empty());
  EXPECT_EQ(reader->shards().at(0).address, replica.address());
}

TEST_F(Shards, WhatIsNoShardOrOfAnotherVersionIsMissingWithTheReason) {
  const fs::path a = make("a", {{"a", {"x"}}});
  const fs::path b = make("b", {{"b", {"x"}}});
  Manifest manifest = *read_manifest(b);
  manifest.analyser = kAnalyserVersion + 1;
  ASSERT_TRUE(publish(b, manifest).ok());
  const Result<Reader> reader = Reader::open_shelf("", of({a, b}));
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->missing().at(0).reason, "the index has analyser 2, this tome writes 1");
  EXPECT_EQ(all_of(*reader, "x"), "a#0");
}

// One shard was indexed by another tome, here or on its own machine.
TEST_F(Shards, OneOfAnotherSchemaOrAnalyserIsMissingHereAndServed) {
  const fs::path a = make("a", {{"a", {"x"}}});
  const fs::path b = make("b", {{"b", {"x"}}});
  const ShardServer server(b);  // its copy of the manifest is what is served
  const fs::path served = make_served(b)->database;
  const Manifest own = *read_manifest(b);
  struct Other {
    const char* what;
    int schema, analyser;
  };
  for (const auto& [what, schema, analyser] :
       {Other{"schema", kSchemaVersion + 1, kAnalyserVersion},
        Other{"schema", kSchemaVersion - 1, kAnalyserVersion},
        Other{"analyser", kSchemaVersion, kAnalyserVersion + 1}}) {
    Manifest other = own;
    other.schema = schema;
    other.analyser = analyser;
    write_bytes(manifest_path(b, own.generation), encode_manifest(other));
    {
      Xapian::WritableDatabase database(served.string(), Xapian::DB_OPEN | kPrivate);
      database.set_metadata("served/manifest", encode_manifest(other));
      database.commit();
    }
    const bool of_schema = std::string_view(what) == "schema";
    const std::string reason =
        fmt::format("the index has {} {}, this tome writes {}", what, of_schema ? schema : analyser,
                    of_schema ? kSchemaVersion : kAnalyserVersion);
    for (const std::string& address : {b.string(), server.address()}) {
      const Result<Reader> reader = Reader::open_shelf("", of({a, address}));
      ASSERT_TRUE(reader.ok()) << reader.error().message;
      EXPECT_EQ(all_of(*reader, "x"), "a#0");
      EXPECT_EQ(reader->missing(), (std::vector<MissingShard>{{address, reason}}));
      ReaderOptions all = of({a, address});
      all.shards.require_all = true;
      const Result<Reader> refused = Reader::open_shelf("", all);
      EXPECT_EQ(refused.error().code, Code::kUnreachable);
      EXPECT_NE(refused.error().message.find(reason), std::string::npos);
      const Result<Reader> alone = Reader::open_shelf("", of({address}));
      EXPECT_EQ(alone.error().code, Code::kUnsupported);
    }
  }
}

// Overwrites a table of an open index.
void ruin(const fs::path& index, const char* table) {
  for (const auto& entry : fs::recursive_directory_iterator(index / "segments")) {
    if (entry.path().filename() != table) continue;
    const auto size = fs::file_size(entry.path());
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file << std::string(size, '\xff');
  }
}

TEST_F(Shards, ALocalOneThatIsDamagedWhileItIsOpenIsLeftOut) {
  const auto texts = [](const std::string& name) {
    Texts out;
    for (int i = 0; i < 400; ++i) {
      out[name + std::to_string(i)] = {"x word" + name + std::to_string(i) + " more", "y"};
    }
    return out;
  };
  for (const char* table : {"docdata.glass", "postlist.glass"}) {
    SCOPED_TRACE(table);
    const fs::path a = make(std::string("a") + table, texts("a"));
    const fs::path b = make(std::string("b") + table, texts("b"));
    ReaderOptions options = of({a, b});
    options.most = 0;  // the damage is not found when it is opened
    Result<Reader> reader = Reader::open_shelf("", options);
    Result<Reader> alone = Reader::open(b, 0);
    const Result<Reader> left = Reader::open(a);
    ASSERT_TRUE(reader.ok() && alone.ok());
    ruin(b, table);
    EXPECT_EQ(all_of(*alone, "x").substr(0, 27), "error: the index is damaged");
    EXPECT_FALSE(*alone->recover());
    const std::string told = all_of(*reader, "x");
    EXPECT_TRUE(told.starts_with("error: a shard does not answer: the index is damaged")) << told;
    Result<bool> again = reader->recover();
    ASSERT_TRUE(again.ok() && *again);
    EXPECT_EQ(all_of(*reader, "x"), all_of(*left, "x"));
    ASSERT_EQ(reader->missing().size(), 1u);
    EXPECT_EQ(reader->missing()[0].address, b.string());
    EXPECT_TRUE(reader->missing()[0].reason.starts_with("the index is damaged"));
    // When no other is left it is an error, and one of damage.
    ruin(a, table);
    EXPECT_TRUE(all_of(*reader, "x").starts_with("error: the index is damaged"));
    EXPECT_FALSE(*reader->recover());
  }
}

TEST_F(Shards, AReplicaAnswersForALocalOneThatIsDamaged) {
  Texts texts;
  for (int i = 0; i < 400; ++i) texts["b" + std::to_string(i)] = {"x", "y"};
  const fs::path b = make("b", texts);
  const fs::path copy = folder_ / "copy";
  fs::copy(b, copy, fs::copy_options::recursive);
  const fs::path index = folder_ / "shelf";
  write_bytes(index / "shelf.toml",
              "[[shard]]\naddress = '" + b.string() + "'\nreplicas = ['" + copy.string() + "']\n");
  ReaderOptions options = of({});
  options.most = 0;
  Result<Reader> reader = Reader::open_shelf(index, options);
  ASSERT_TRUE(reader.ok());
  const std::string whole = all_of(*reader, "x");
  ruin(b, "docdata.glass");
  EXPECT_TRUE(all_of(*reader, "x").starts_with("error"));
  ASSERT_TRUE(*reader->recover());
  EXPECT_EQ(all_of(*reader, "x"), whole);
  EXPECT_TRUE(reader->missing().empty());
}

TEST_F(Shards, OneIndexUnderTwoNamesIsRefused) {
  const fs::path b = make("b", {{"b", {"x"}}});
  const ShardServer one(b);
  const ShardServer two(b);
  EXPECT_EQ(Reader::open_shelf("", of({one.address(), two.address()})).error().code, Code::kUsage);
  EXPECT_EQ(Reader::open_shelf("", of({one.address(), one.address()})).error().code, Code::kUsage);
  fs::create_directory_symlink(b, folder_ / "c");
  EXPECT_EQ(Reader::open_shelf("", of({b, folder_ / "c"})).error().code, Code::kUsage);
}

TEST_F(Shards, StatusTellsOfEachShard) {
  const fs::path a = make("a", {{"a", {"x"}}});
  const fs::path b = make("b", {{"b", {"x", "y"}}});
  const ShardServer server(b);
  ShardServer gone(b);
  gone.stop();
  const Result<Reader> reader = Reader::open_shelf("", of({a, server.address(), gone.address()}));
  ASSERT_TRUE(reader.ok());
  const std::vector<ShardStatus> list = reader->shards();
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].address, a.string());
  EXPECT_FALSE(list[0].remote);
  EXPECT_EQ(list[1].passages, 2u);
  EXPECT_EQ(list[1].generation, 1u);
  EXPECT_TRUE(list[1].remote && list[1].reachable);
  EXPECT_GT(list[1].milliseconds, 0);
  EXPECT_FALSE(list[2].reachable);
  EXPECT_FALSE(list[2].reason.empty());
}

}  // namespace
}  // namespace tome
