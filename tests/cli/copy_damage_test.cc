// SPDX-License-Identifier: GPL-2.0-or-later
// tome push and tome pull that are cut short, and bytes that are damaged on either side.
#include <set>

#include "cli/copy.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

TEST_F(Copy, KilledInTheMiddleTheNextGoesOn) {
  ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  const std::string pointer = read("replica/current");
  grow();
  sent();
  // Only the first file arrives, with the beginning of another; then all is dead.
  script("rsync",
         "#!/bin/bash\nhead -z -n 1 | /usr/bin/rsync \"$@\" >> TMP/sent\n"
         "for folder in TMP/replica/segments/*; do\n"
         "  mkdir -p $folder/.partial; echo half > $folder/.partial/x; echo half > $folder/.y.Xyz\n"
         "done\nkill -9 $PPID\n");
  const Ran killed = tome({"push", "./replica"});
  EXPECT_EQ(killed.code, 128 + 9);
  const std::set<std::string> first = sent();
  EXPECT_EQ(first.size(), 1u);
  EXPECT_EQ(read("replica/current"), pointer);
  EXPECT_TRUE(finds("replica", "bowline"));
  EXPECT_FALSE(finds("replica", "annealing"));

  log_rsync("");
  const Ran next = tome({"push", "./replica"});
  ASSERT_EQ(next.code, 0) << next.err;
  for (const std::string& name : sent()) EXPECT_FALSE(first.contains(name)) << name;
  EXPECT_TRUE(finds("replica", "annealing"));
  EXPECT_FALSE(exists("replica/tmp"));
  grow();
  ASSERT_EQ(tome({"push", "./replica", "--all"}).code, 0);
  EXPECT_EQ(contents("replica"), contents("ix"));
}

TEST_F(Copy, ATransferThatFailsChangesNothing) {
  ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  grow();
  script("rsync", "#!/bin/sh\nexit 12\n");
  for (const char* command : {"push", "pull"}) {
    const bool push = std::string_view(command) == "push";
    const Ran ran =
        push ? tome({"push", "./replica"}) : tome({"pull", "./ix", "--index", "replica"});
    EXPECT_EQ(ran.code, 3) << command;
    EXPECT_EQ(ran.err,
              "tome: rsync failed (exit status 12), see above\n"
              "try: the replica is as it was; run this again to go on\n");
    EXPECT_FALSE(finds("replica", "annealing"));
    EXPECT_TRUE(finds("replica", "bowline"));
  }
}

TEST_F(Copy, ADamagedSegmentIsNotSwitchedTo) {
  ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  const std::set<std::string> old = segments("ix");
  grow();
  const std::string id = only_new_segment(old);
  flip_byte("ix/segments/" + id + "/docdata.glass");
  for (const bool push : {true, false}) {
    const Ran ran =
        push ? tome({"push", "./replica"}) : tome({"pull", "./ix", "--index", "replica"});
    EXPECT_EQ(ran.code, 3);
    EXPECT_TRUE(ran.err.starts_with("tome: what was copied is not what its manifest says: " + id +
                                    "/docdata.glass: "))
        << ran.err;
    EXPECT_TRUE(read("replica/current").starts_with("1 "));
    EXPECT_TRUE(finds("replica", "bowline"));
    EXPECT_EQ(segments("replica"), old) << "what is damaged goes";
  }
}

TEST_F(Copy, WhatIsDamagedOnItsWayIsSentAgain) {
  log_rsync(
      "if [ ! -e TMP/damaged ] && touch TMP/damaged; then\n"
      "  for file in TMP/replica/segments/*/docdata.glass; do\n"
      "    printf '\\377' | dd of=$file bs=1 seek=100 conv=notrunc status=none\n"
      "  done\nfi\n");
  const Ran ran = tome({"push", "./replica"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(exists("damaged"));
  EXPECT_EQ(contents("replica"), contents("ix"));
}

TEST_F(Copy, ADamagedReplicaIsMended) {
  ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  const auto whole = contents("ix");
  const std::string segment = "replica/segments/" + *segments("ix").begin();
  const struct {
    const char* what;
    std::function<void()> damage;
    bool all;
  } cases[] = {
      {"pointer", [&] { write("replica/current", "x"); }, false},
      {"no pointer", [&] { remove("replica/current"); }, false},
      {"manifest", [&] { flip_byte("replica/generations/000001.json"); }, false},
      {"no manifest", [&] { remove("replica/generations"); }, false},
      {"file missing", [&] { remove(segment + "/postlist.glass"); }, false},
      {"file cut", [&] { fs::resize_file(at(segment + "/docdata.glass"), 100); }, false},
      {"no segments", [&] { remove("replica/segments"); }, false},
      {"flipped byte", [&] { flip_byte(segment + "/docdata.glass"); }, true},
      {"works", [&] { write("replica/works", "x"); }, false},
  };
  for (const auto& damaged : cases) {
    SCOPED_TRACE(damaged.what);
    damaged.damage();
    Words words{"push", "./replica"};
    if (damaged.all) {
      EXPECT_NE(tome({"check", "--index", "replica"}).code, 0);
      words.push_back("--all");
    }
    const Ran ran = tome(words);
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(contents("replica"), whole);
    EXPECT_EQ(tome({"check", "--index", "replica"}).code, 0);
    EXPECT_TRUE(finds("replica", "bowline"));
  }
}

}  // namespace
}  // namespace tome::test
