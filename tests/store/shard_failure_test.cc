// SPDX-License-Identifier: GPL-2.0-or-later
// Shards that go, hang or lose their bytes in the midst of a question, and what answers at their
// address without being one.
#include "store/metadata_keys.h"
#include "store/questions.h"
#include "support/relay.h"
#include "support/shard_server.h"
#include "support/small_files.h"

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

// One folder that is named stands for what it lists, as without --index.
TEST_F(ShardFailure, AFolderAloneIsTheIndexThatItIs) {
  const Result<Reader> reader = open({index_.string()});
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_FALSE(reader->is_sharded());
  EXPECT_EQ(reader->passages(), 800u);
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
  const auto records = reader->read(all);
  server.thaw();
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().code, Code::kUnreachable);
  EXPECT_NE(records.error().message.find("no answer within 0.3 s"), std::string::npos)
      << records.error().message;
}

// Each answer comes in time, and all of them do not.
TEST_F(ShardFailure, TextThatComesSlowlyIsNotWaitedForToTheEnd) {
  const ShardServer server(index_);
  Relay relay([&](int) { return server.port(); });
  const Result<Reader> reader = open({relay.address()}, 150);
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  std::vector<Candidate> all;
  for (std::uint32_t document = 1; document <= 800; ++document) all.push_back({document, 0});
  ASSERT_TRUE(reader->read(all).ok());
  relay.slow_down(milliseconds(60));  // each answer is in time, all of them are not
  const auto records = reader->read(all);
  ASSERT_FALSE(records.ok());
  EXPECT_EQ(records.error().code, Code::kUnreachable);
  EXPECT_NE(records.error().message.find("no answer within 0.15 s"), std::string::npos)
      << records.error().message;
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

TEST_F(ShardFailure, ADamagedRecordIsNotAnsweredFrom) {
  publish_texts(index_, {{"a", {"x"}}});
  const std::string source = source_id("root", "a");
  const fs::path table = make_served(index_)->database / "postlist.glass";
  std::string bytes = bytes_of(table);
  const std::string key = source_key(source);
  for (std::size_t at = bytes.find(key); at != bytes.npos; at = bytes.find(key, at + 1)) {
    bytes[at + key.size() + 10] ^= 1;
  }
  write_bytes(table, bytes);
  const ShardServer server(index_);
  const Result<Reader> reader = open({server.address()});
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->source(source).error().code, Code::kDamaged);
}

// In the place of ssh a script that runs what the other host would be told to, and writes down its
// process: one for each connection, the first for questions.
class BehindSsh : public ShardFailure {
 protected:
  void SetUp() override {
    ShardFailure::SetUp();
    ASSERT_TRUE(make_served(index_).ok());
    write_bytes(folder_ / "bin/ssh", "#!/bin/sh\necho $$ >>" + (folder_ / "processes").string() +
                                         "\nwhile [ \"$1\" != host ]; do shift; done; shift; exec "
                                         "\"$@\"\n");
    fs::permissions(folder_ / "bin/ssh", fs::perms::owner_all);
    path_ = std::getenv("PATH");
    ::setenv("PATH", ((folder_ / "bin").string() + ":" + path_).c_str(), 1);
  }
  ~BehindSsh() override { ::setenv("PATH", path_.c_str(), 1); }

  Result<Reader> open_it() { return open({"ssh://host" + index_.string()}); }
  std::vector<pid_t> processes() const {
    std::istringstream in(bytes_of(folder_ / "processes"));
    std::vector<pid_t> list;
    for (pid_t process = 0; in >> process;) list.push_back(process);
    return list;
  }

  std::string path_;
};

TEST_F(BehindSsh, OneThatGoesIsUnreachable) {
  Result<Reader> reader = open_it();
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  ASSERT_EQ(processes().size(), 3u);
  for (const pid_t process : processes()) ::kill(process, SIGKILL);
  const auto found = reader->match(match_term("every"), 0, 9);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, Code::kUnreachable) << found.error().message;
  EXPECT_EQ(found.error().path, "ssh://host" + index_.string());
  ASSERT_TRUE(*reader->recover());  // it answers again
  EXPECT_EQ(reader->match(match_term("every"), 0, 9)->list.size(), 400u);
}

TEST_F(BehindSsh, OneConnectionThatGoesIsOpenedAgain) {
  Result<Reader> reader = open_it();
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  ::kill(processes().at(0), SIGKILL);
  const auto found = reader->match(match_term("every"), 0, 9);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, Code::kUnreachable) << found.error().message;
  ASSERT_TRUE(*reader->recover());
  EXPECT_TRUE(reader->missing().empty());
  EXPECT_EQ(reader->match(match_term("every"), 0, 9)->list.size(), 400u);
}

TEST_F(BehindSsh, ADatabaseThatLosesItsBytesIsDamaged) {
  const Result<Reader> reader = open_it();
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  empty_tables(make_served(index_)->database);
  const auto found = reader->match(match_term("rare200003"), 0, 9);
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, Code::kDamaged) << found.error().message;
}

// From the second question on nothing was answered: no shard was found to be the damaged one.
TEST_F(ShardFailure, DamagedLengthsLoseTheirShardAlone) {
  const fs::path near = folder_ / "near";
  fs::create_directories(near);
  publish_texts(near, {{"n", {"x y", "x z"}}});
  const std::string id = read_manifest(index_)->segments.at(0).id;
  const fs::path file = segment_path(index_, id) / "postlist.glass";
  const std::string whole = bytes_of(file);
  const std::string key("\0\xe0", 2);  // of the lengths of all documents
  ReaderOptions options;
  options.shards.shards = {near.string(), index_.string()};
  options.most = 0;
  int refused = 0;
  for (std::size_t at = whole.find(key); at != whole.npos; at = whole.find(key, at + 1)) {
    for (std::size_t after = 0; after < 16; ++after) {
      std::string bytes = whole;
      bytes.at(at + key.size() + after) = '\x60';
      write_bytes(file, bytes);
      Result<Reader> reader = Reader::open_shelf("", options);
      ASSERT_TRUE(reader.ok() && reader->match(match_term("x"), 0, 9).ok());
      if (reader->match(match_term("x"), 0, 9)) continue;
      ++refused;
      ASSERT_TRUE(*reader->recover());
      EXPECT_EQ(reader->match(match_term("x"), 0, 9)->list.size(), 2u);
    }
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace tome
