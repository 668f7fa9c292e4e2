// SPDX-License-Identifier: GPL-2.0-or-later
// Where shards are: addresses, the lists of them in shelf.toml, and which did not answer lately.
#include "store/shard_address.h"

#include <gtest/gtest.h>

#include "store/shard_memory.h"
#include "store/shelf_config.h"
#include "support/folder.h"

namespace tome {
namespace {

TEST(ShardAddress, IsReadBackAsWritten) {
  using Kind = ShardAddress::Kind;
  const std::tuple<const char*, Kind, const char*, const char*, int> table[] = {
      {"/srv/shard", Kind::kLocal, "/srv/shard", "", 0},
      {"shards/0", Kind::kLocal, "shards/0", "", 0},
      {"a b", Kind::kLocal, "a b", "", 0},
      {"tcp://10.0.0.1:7701", Kind::kTcp, "", "10.0.0.1", 7701},
      {"tcp://host-a.example:1", Kind::kTcp, "", "host-a.example", 1},
      {"ssh://ann@host/srv/tome", Kind::kSsh, "/srv/tome", "ann@host", 0},
  };
  for (const auto& [text, kind, path, host, port] : table) {
    const Result<ShardAddress> address = parse_shard_address(text);
    ASSERT_TRUE(address.ok()) << text;
    EXPECT_EQ(address->kind, kind) << text;
    EXPECT_EQ(address->path, path) << text;
    EXPECT_EQ(address->host, host) << text;
    EXPECT_EQ(address->port, port) << text;
    EXPECT_EQ(to_string(*address), text);
  }
  EXPECT_EQ(parse_shard_address("ssh://host/srv/tome//")->path, "/srv/tome");
}

// Parts of an address become arguments of ssh, and Xapian splits them at blanks.
TEST(ShardAddress, WhatCouldBecomeAnotherCommandIsRefused) {
  for (const char* text : {"",
                           "tcp://",
                           "tcp://host",
                           "tcp://host:",
                           "tcp://host:0",
                           "tcp://host:65536",
                           "tcp://host:7x",
                           "tcp://:7",
                           "tcp://-host:7",
                           "tcp://a b:7",
                           "tcp://[::1]:7",
                           "ssh://host",
                           "ssh:///path",
                           "ssh://-oProxyCommand=x/path",
                           "ssh://host/a b",
                           "ssh://host/$(x)",
                           "ssh://host/a;b",
                           "ssh://host/`x`",
                           "ssh://ho st/x",
                           "ssh://host/a'b",
                           "ssh://host/~x",
                           "http://host:7/",
                           "xapian+tcp://host:7"}) {
    const Result<ShardAddress> address = parse_shard_address(text);
    ASSERT_FALSE(address.ok()) << text;
    EXPECT_EQ(address.error().code, Code::kUsage) << text;
    EXPECT_FALSE(address.error().hint.empty());
  }
  EXPECT_FALSE(parse_shard_address(std::string(5000, 'a')).ok());
  EXPECT_FALSE(parse_shard_address(std::string("a\0b", 3)).ok());
}

TEST(ShardConfig, ShardsAreReadAndWritten) {
  const TestFolder index;
  index.write("shelf.toml",
              "spread = 3\nshards = ['shards/0', ['tcp://a:1', 'tcp://b:1']]\n"
              "[[shard]]\naddress = 'ssh://c/x'\nreplicas = ['tcp://d:2']\n"
              "[[root]]\nname = 'a'\npath = '/a'\n");
  const Result<ShelfConfig> config = read_shelf_config(index.path());
  ASSERT_TRUE(config.ok()) << config.error().message;
  ASSERT_EQ(config->shards.size(), 3u);
  EXPECT_EQ(config->spread, 3u);
  EXPECT_EQ(to_string(config->shards[0]), "shards/0");
  EXPECT_EQ(to_string(config->shards[1]), "tcp://a:1, tcp://b:1");
  EXPECT_EQ(to_string(config->shards[2]), "ssh://c/x, tcp://d:2");
  EXPECT_EQ(to_string(shards_of(index.path(), *config)[0]), (index / "shards/0").string());
  ASSERT_TRUE(write_shelf_config(index.path(), *config).ok());
  EXPECT_EQ(*read_shelf_config(index.path()), *config);
  ShelfConfig part;
  part.part = {1, 3};
  ASSERT_TRUE(write_shelf_config(index.path(), part).ok());
  EXPECT_EQ(*read_shelf_config(index.path()), part);
}

TEST(ShardConfig, WhatIsNotUnderstoodIsSaid) {
  for (const char* text :
       {"shards = 'a'", "shards = [1]", "shards = [[]]", "shards = ['tcp://a']",
        "shards = ['a', 'a']", "[shard]\naddress='a'", "[[shard]]\nname='a'",
        "[[shard]]\naddress=['a']", "[[shard]]\naddress='a'\nreplicas=['tcp://x']", "spread = 0",
        "spread = 257", "spread = 'two'", "part_of = 2", "part = 3\npart_of = 2"}) {
    const TestFolder index;
    index.write("shelf.toml", std::string(text) + "\n");
    const Result<ShelfConfig> config = read_shelf_config(index.path());
    ASSERT_FALSE(config.ok()) << text;
    EXPECT_EQ(config.error().code, Code::kUsage) << text;
  }
}

TEST(ShardMemory, OnePlaceIsTriedByOneAfterSomeSeconds) {
  ShardMemory memory;
  const ShardMemory::Clock::time_point start = ShardMemory::Clock::now();
  const auto later = start + ShardMemory::kTryAgain;
  EXPECT_EQ(memory.down("a", true, start), std::nullopt);
  memory.failed("a", "no answer", start);
  EXPECT_EQ(memory.down("a", true, start), "no answer");
  EXPECT_FALSE(memory.may_try("a", start));
  EXPECT_TRUE(memory.may_try("a", later));
  EXPECT_EQ(memory.down("a", false, later), "no answer");  // somebody else's task
  EXPECT_EQ(memory.down("a", true, later), std::nullopt);
  EXPECT_EQ(memory.down("a", true, later), "no answer");  // somebody tries it now
  memory.answered("a");
  EXPECT_EQ(memory.down("a", false, later), std::nullopt);
}

}  // namespace
}  // namespace tome
