// SPDX-License-Identifier: GPL-2.0-or-later
// tome push and tome pull that are refused: what is no replica, is ahead, or is not there.
#include "cli/copy.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

TEST_F(Copy, WhatIsNoReplicaIsRefused) {
  write("mine/notes.md", "# Mine\n\nNotes on marquetry that are mine.\n");
  ASSERT_EQ(tome({"index", "mine", "--index", "own"}).code, 0);
  write("photos/one.jpg", "x");
  for (const std::string place : {"./own", "./photos", "far:../own", "./ix"}) {
    const Ran ran = tome({"push", place});
    EXPECT_EQ(ran.code, 2) << place;
    EXPECT_TRUE(ran.err.starts_with("tome: nothing was copied: ")) << ran.err;
  }
  EXPECT_EQ(tome({"pull", "./ix", "--index", "own"}).code, 2);
  EXPECT_FALSE(exists("photos/shelf.toml"));
  EXPECT_TRUE(finds("own", "marquetry"));
  // Its number is the same, so that of the copy is a new one.
  const Ran forced = tome({"push", "./own", "--force"});
  ASSERT_EQ(forced.code, 0) << forced.err;
  EXPECT_TRUE(has(forced.out, "generation 2 is now in force")) << forced.out;
  EXPECT_FALSE(finds("own", "marquetry"));
  EXPECT_TRUE(finds("own", "bowline"));
  EXPECT_TRUE(has(read("own/shelf.toml.old"), "mine"));
}

TEST_F(Copy, AReplicaThatIsAheadIsRefused) {
  grow();
  ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  fs::remove_all(at("ix"));
  ASSERT_EQ(tome({"index", "shelf"}).code, 0);
  const Ran ran = tome({"push", "./replica"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err,
            "tome: nothing was copied: the replica has generation 2, this would be another 1: "
            "./replica\ntry: if the index was made anew, or to go back: --force\n");
  ASSERT_EQ(tome({"push", "./replica", "--force"}).code, 0);
  EXPECT_TRUE(read("replica/current").starts_with("3 "));
  EXPECT_EQ(tome({"check", "--index", "replica"}).code, 0);
}

TEST_F(Copy, NothingIsIndexedIntoAReplica) {
  ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  for (const Words& words : {Words{"index"}, Words{"index", "shelf"}, Words{"rebuild"}}) {
    Words with = words;
    with.insert(with.end(), {"--index", "replica"});
    const Ran ran = tome(with);
    EXPECT_EQ(ran.code, 2);
    EXPECT_TRUE(has(ran.err, "this index is a replica")) << ran.err;
    EXPECT_TRUE(finds("replica", "bowline"));
  }
}

TEST_F(Copy, PlacesThatAreNone) {
  const struct {
    const char* place;
    const char* says;
  } cases[] = {
      {"", "is empty"},
      {"-oProxyCommand=x", "begin with -"},
      {"user@-oProxyCommand=x:p", "name of a host"},
      {"host:-path", "begin with - or ~"},
      {"host:~/path", "begin with - or ~"},
      {"host::module", "rsync daemon"},
      {"rsync://host/module", "rsync daemon"},
      {"ho st:path", "name of a host"},
      {"$(x):path", "name of a host"},
      {"[::1:path", "name of a host"},
      {"@host", "name of a host"},
      {"\xff", "UTF-8"},
  };
  for (const auto& bad : cases) {
    const Ran ran = tome({"pull", "--index", "replica", "--", bad.place});
    EXPECT_EQ(ran.code, 2) << bad.place;
    EXPECT_TRUE(has(ran.err, bad.says)) << ran.err;
  }
  EXPECT_FALSE(exists("rsync-log"));
  EXPECT_FALSE(exists("ssh-log"));
  EXPECT_EQ(tome({"push", "host", "--ssh", "ssh -o 'x y'"}).code, 2);
  EXPECT_EQ(tome({"push", "host", "--ssh", ""}).code, 2);
  EXPECT_EQ(tome({"push", "host", "--remote-tome", "tome; rm"}).code, 2);
  EXPECT_FALSE(exists("ssh-log"));
}

TEST_F(Copy, AMachineThatDoesNotAnswer) {
  const Ran ran = tome({"push", "host", "--remote-tome", "no-such-program"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_TRUE(has(ran.err, "tome: no answer from no-such-program on host, see above\n")) << ran.err;
  script("noise", "#!/bin/sh\nread line\necho Welcome\n");
  const Ran noise = tome({"push", "host", "--remote-tome", at("bin/noise").string()});
  EXPECT_EQ(noise.code, 3);
  EXPECT_TRUE(has(noise.err, "does not answer as a receiver does")) << noise.err;
  EXPECT_EQ(tome({"push", "./replica", "--index", "nothing"}).code, 3);
  EXPECT_EQ(tome({"pull", "./nothing", "--index", "replica"}).code, 3);
}

}  // namespace
}  // namespace tome::test
