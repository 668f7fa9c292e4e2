// SPDX-License-Identifier: GPL-2.0-or-later
// A server over shards: what it says of one that is missing, and that it takes it up again.

#include <nlohmann/json.hpp>
#include <thread>
#include <tuple>

#include "serve/pool.h"
#include "serve/served.h"
#include "store/database.h"
#include "support/shard_server.h"

namespace tome::test {
namespace {

using std::chrono::milliseconds;

class ServedShards : public testing::Test {
 protected:
  ServedShards() {
    folder_.write("a/loaf.md", kLoaf);
    folder_.write("b/clock.md", kClock);
    for (const char* name : {"a", "b"}) {
      IndexOptions options;
      options.workers = 1;
      EXPECT_TRUE(
          update_index(folder_ / (std::string("ix") + name), {folder_ / name}, options).ok());
    }
  }
  std::unique_ptr<App> app(const std::string& far, bool require_all = false) {
    AppOptions options;
    options.shards.shards = {(folder_ / "ixa").string(), far};
    options.shards.timeout = milliseconds(1000);
    options.shards.require_all = require_all;
    options.guard.names = {"localhost", "127.0.0.1"};
    Result<std::unique_ptr<App>> app = open_app(std::move(options));
    EXPECT_TRUE(app.ok()) << app.error().message;
    return std::move(app).value();
  }
  // Until get() no longer lacks a shard.
  static bool becomes_whole(App& app) {
    for (int i = 0; i < 100; ++i) {
      const Response response = get(app, "/api/v1/search?q=escapement");
      if (response.status == 200 && header_of(response, "Tome-Missing-Shards").empty()) return true;
      std::this_thread::sleep_for(milliseconds(100));
    }
    return false;
  }

  TestFolder folder_;
};

TEST_F(ServedShards, AnAnswerWithoutOneSaysSoEverywhereAndIsNoAnswerToTheWholeQuestion) {
  ShardServer server(folder_ / "ixb");
  const std::unique_ptr<App> served = app(server.address());
  const Response whole = get(*served, "/api/v1/search?q=escapement");
  EXPECT_EQ(whole.status, 200);
  EXPECT_NE(whole.body.find("Clockwork"), std::string::npos);
  EXPECT_NE(whole.body.find("\"missing\": []"), std::string::npos);
  const std::string tag = header_of(whole, "ETag");
  EXPECT_EQ(get(*served, "/api/v1/search?q=escapement", {{"if-none-match", tag}}).status, 304);
  server.stop();
  const Response thin = get(*served, "/api/v1/search?q=sourdough+escapement");
  EXPECT_EQ(thin.status, 200);
  EXPECT_NE(thin.body.find("Patient Loaf"), std::string::npos);
  EXPECT_NE(thin.body.find("\"address\": \"" + server.address()), std::string::npos);
  EXPECT_EQ(header_of(thin, "Tome-Missing-Shards"), "1");
  const Response again = get(*served, "/api/v1/search?q=escapement", {{"if-none-match", tag}});
  EXPECT_EQ(again.status, 200);  // not what the client has
  const std::string thin_tag = header_of(again, "ETag");
  EXPECT_NE(thin_tag, tag);
  EXPECT_NE(get(*served, "/?q=sourdough").body.find("lacks a part of the shelf"),
            std::string::npos);
  EXPECT_EQ(header_of(get(*served, "/api/v1/works"), "Tome-Missing-Shards"), "1");
  const ShardServer back(folder_ / "ixb", server.port());
  EXPECT_TRUE(becomes_whole(*served));
  // The answer without it must not pass for the whole one.
  EXPECT_EQ(get(*served, "/api/v1/search?q=escapement", {{"if-none-match", thin_tag}}).status, 200);
}

TEST_F(ServedShards, WhereAllAreRequiredItIsAnErrorUntilAllAreBack) {
  ShardServer server(folder_ / "ixb");
  const std::unique_ptr<App> served = app(server.address(), true);
  EXPECT_EQ(get(*served, "/api/v1/search?q=escapement").status, 200);
  server.stop();
  const Response refused = get(*served, "/api/v1/search?q=sourdough");
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.body.find("unreachable"), std::string::npos);
  const ShardServer back(folder_ / "ixb", server.port());
  EXPECT_TRUE(becomes_whole(*served));
}

// Upgraded hosts and others side by side: the program there served what this one does not read.
TEST_F(ServedShards, OneThatAnotherVersionServesIsNamedWithTheReason) {
  const ShardServer server(folder_ / "ixb");
  const Manifest own = *read_manifest(folder_ / "ixb", 1);
  const auto serve_as = [&](int schema, int analyser) {
    Manifest other = own;
    other.schema = schema;
    other.analyser = analyser;
    Xapian::WritableDatabase database(make_served(folder_ / "ixb")->database.string(),
                                      Xapian::DB_OPEN | kPrivate);
    database.set_metadata("served/manifest", encode_manifest(other));
    database.commit();
  };
  const std::tuple<int, int, const char*> table[] = {
      {own.schema + 1, own.analyser, "the index has schema "},
      {own.schema, own.analyser + 1, "the index has analyser "}};
  for (const auto& [schema, analyser, reason] : table) {
    serve_as(schema, analyser);
    const std::unique_ptr<App> thin = app(server.address());
    const Response response = get(*thin, "/api/v1/search?q=sourdough");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header_of(response, "Tome-Missing-Shards"), "1");
    const nlohmann::json answer = nlohmann::json::parse(response.body);
    EXPECT_EQ(answer["missing"][0]["address"], server.address());
    EXPECT_TRUE(answer["missing"][0]["reason"].get<std::string>().starts_with(reason)) << reason;
    EXPECT_NE(response.body.find("Patient Loaf"), std::string::npos);
    EXPECT_NE(get(*thin, "/?q=sourdough").body.find(reason), std::string::npos);
    AppOptions strict;
    strict.shards.shards = {(folder_ / "ixa").string(), server.address()};
    strict.shards.require_all = true;
    const Result<std::unique_ptr<App>> refused = open_app(std::move(strict));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Code::kUnreachable);
  }
}

TEST_F(ServedShards, ANewGenerationOfAShardIsTakenUp) {
  const ShardServer server(folder_ / "ixb");
  const std::unique_ptr<App> served = app(server.address());
  EXPECT_EQ(get(*served, "/api/v1/search?q=bowline").body.find("Knots"), std::string::npos);
  folder_.write("b/knots.html", kKnots);
  ASSERT_TRUE(update_index(folder_ / "ixb", {}, {}).ok());
  ASSERT_TRUE(make_served(folder_ / "ixb").ok());
  bool found = false;
  for (int i = 0; i < 100 && !found; ++i) {
    const Response response = get(*served, "/api/v1/search?q=bowline");
    EXPECT_EQ(response.status, 200);
    found = response.body.find("Knots") != std::string::npos;
    std::this_thread::sleep_for(milliseconds(100));
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace tome::test
