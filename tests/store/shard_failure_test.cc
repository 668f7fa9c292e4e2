// SPDX-License-Identifier: GPL-2.0-or-later
// Shards that go, hang or lose their bytes in the midst of a question, and what answers at their
// address without being one.
#include "store/questions.h"
#include "support/shard_server.h"

namespace tome {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

class ShardFailure : public testing::Test {
 protected:
  void SetUp() override {
    index_ = folder_ / "index";
    fs::create_directories(index_);
    publish_texts(index_, many());
  }

  static Result<Reader> open(const std::vector<std::string>& shards, int timeout = 2000) {
    ReaderOptions options;
    options.shards.shards = shards;
    options.shards.timeout = milliseconds(timeout);
    return Reader::open_shelf("", options);
  }

  TestFolder folder_;
  fs::path index_;
};

TEST_F(ShardFailure, EachQuestionIsRefusedWhenTheShardIsGone) {
  for (const auto& [name, ask] : questions()) {
    ShardServer server(index_);
    const fs::path near = folder_ / "near";
    if (!fs::exists(near)) {
      fs::create_directories(near);
      publish_texts(near, {{"n", {"every"}}});
    }
    // With another shard, so that what is left answers.
    Result<Reader> reader = open({near.string(), server.address()});
    ASSERT_TRUE(reader.ok()) << name;
    server.stop();
    const Status status = ask(*reader);
    if (std::string_view(name) == "source_segments") continue;  // of local segments alone
    ASSERT_FALSE(status.ok()) << name;
    EXPECT_EQ(status.error().code, Code::kUnreachable) << name << ": " << status.error().message;
    EXPECT_EQ(status.error().path, server.address()) << name;
    ASSERT_TRUE(*reader->recover()) << name;
    EXPECT_EQ(reader->missing().size(), 1u) << name;
    const Status again = ask(*reader);
    // What was the shard's is not found now; all else is answered.
    EXPECT_TRUE(again.ok() || again.error().code == Code::kNotFound ||
                again.error().code == Code::kDamaged)
        << name << ": " << again.error().message;
  }
}

TEST_F(ShardFailure, NothingIsLeftWithoutTheOnlyShard) {
  ShardServer server(index_);
  Result<Reader> reader = open({server.address()});
  ASSERT_TRUE(reader.ok());
  server.stop();
  EXPECT_EQ(reader->match(match_term("every"), 0, 9).error().code, Code::kUnreachable);
  EXPECT_EQ(reader->recover().error().code, Code::kUnreachable);
  EXPECT_EQ(reader->look_far().error().code, Code::kUnreachable);
  const std::vector<ShardStatus> list = reader->shards();
  ASSERT_EQ(list.size(), 1u);
  EXPECT_FALSE(list[0].reachable);
  EXPECT_FALSE(list[0].reason.empty());
}

TEST_F(ShardFailure, TextThatDoesNotComeInTimeIsNotWaitedFor) {
  ShardServer server(index_);
  const Result<Reader> reader = open({server.address()}, 300);
  ASSERT_TRUE(reader.ok());
  std::vector<Candidate> all;
  for (std::uint32_t document = 1; document <= 400; ++document) all.push_back({document, 0});
  server.freeze();
  const auto start = std::chrono::steady_clock::now();
  const auto records = reader->read(all);
  server.thaw();
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().code, Code::kUnreachable);
  EXPECT_NE(records.error().message.find("no answer within 0.3 s"), std::string::npos)
      << records.error().message;
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(3000));
}

TEST_F(ShardFailure, WhatIsExpectedOfAShardThatIsGoneIsLost) {
  ShardServer server(index_);
  Result<Reader> reader = open({server.address()});
  ASSERT_TRUE(reader.ok());
  server.stop();
  reader->expect({"rare1000", "rare2000"});
  EXPECT_EQ(reader->frequency("rare1000").error().code, Code::kUnreachable);
}

// The server reads the tables of its database while it answers.
TEST_F(ShardFailure, AServedDatabaseThatLosesItsBytesIsAnError) {
  for (const auto& [name, ask] : questions()) {
    if (std::string_view(name) == "source_segments") continue;
    fs::remove_all(index_ / "served");
    const ShardServer server(index_);
    const Result<Reader> reader = open({server.address()});
    ASSERT_TRUE(reader.ok()) << name;
    EXPECT_TRUE(ask(*reader).ok()) << name;
    const Result<Reader> torn = open({server.address()});
    empty_tables(make_served(index_)->database);
    const Status status = ask(*torn);
    ASSERT_FALSE(status.ok()) << name;
    EXPECT_TRUE(status.error().code == Code::kDamaged || status.error().code == Code::kUnreachable)
        << name << ": " << status.error().message;
  }
}

// xapian-tcpsrv serves any database.
TEST_F(ShardFailure, ADatabaseThatIsNoShardIsNotTakenForOne) {
  const ShardServer server(index_);
  const fs::path segment =
      fs::absolute(segment_path(index_, read_manifest(index_)->segments[0].id));
  write_bytes(index_ / kServedStub, "auto " + segment.string() + "\n");
  const Result<Reader> reader = open({server.address()});
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::kUnsupported);
  EXPECT_EQ(reader.error().path, server.address());
}

TEST_F(ShardFailure, DamagedPiecesAreNotAnsweredFrom) {
  publish_texts(index_, {{"a", {"x"}}, {"b", {"y"}}, {"c", {"z"}}});
  const fs::path served = make_served(index_)->database;
  const fs::path table = served / "postlist.glass";
  const std::string whole = bytes_of(table);
  for (const char* key : {"served/source/000000", "served/work/000000", "served/manifest"}) {
    std::string bytes = whole;
    for (std::size_t at = bytes.find(key); at != bytes.npos; at = bytes.find(key, at + 1)) {
      bytes[at + 60] ^= 1;
    }
    ASSERT_NE(bytes, whole);
    write_bytes(table, bytes);
    const ShardServer server(index_);
    const Result<Reader> reader = open({server.address()});
    const bool manifest = std::string_view(key) == "served/manifest";
    ASSERT_EQ(reader.ok(), !manifest) << key;
    if (manifest) {
      EXPECT_EQ(reader.error().code, Code::kDamaged);
      continue;
    }
    const bool sources = std::string_view(key).find("source") != std::string_view::npos;
    const Status status = sources ? status_of(reader->sources()) : status_of(reader->catalogue());
    EXPECT_EQ(status.error().code, Code::kDamaged) << key;
    EXPECT_TRUE((sources ? status_of(reader->catalogue()) : status_of(reader->sources())).ok());
  }
}

}  // namespace
}  // namespace tome
