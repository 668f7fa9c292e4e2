// SPDX-License-Identifier: GPL-2.0-or-later
// tome push and tome pull: what is sent, and when the replica switches.
#include "cli/copy.h"

#include <fmt/format.h>

#include <set>

namespace tome::test {
namespace {

TEST_F(Copy, ASecondPushSendsOnlyNewSegments) {
  const Ran first = tome({"push", "./replica"});
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_TRUE(first.out.starts_with("./replica: generation 1 is now in force, ")) << first.out;
  const std::set<std::string> old = segments("ix");
  for (const std::string& name : sent()) EXPECT_TRUE(old.contains(name.substr(0, name.find('/'))));
  EXPECT_EQ(contents("replica"), contents("ix"));
  EXPECT_EQ(read("replica/works"), read("ix/works"));
  // The same, but for where the files are: they are on the other machine.
  std::string answer = tome({"search", "bowline"}).out;
  answer.erase(answer.find("shelf/"), 6);
  EXPECT_EQ(tome({"search", "bowline", "--index", "replica"}).out, answer);

  EXPECT_TRUE(has(tome({"push", "./replica"}).out, "generation 1 was in force"));
  EXPECT_EQ(sent(), std::set<std::string>{});

  grow();
  const Ran second = tome({"push", "./replica"});
  ASSERT_EQ(second.code, 0) << second.err;
  EXPECT_TRUE(has(second.out, " in 1 of 2 segments ")) << second.out;
  const std::string id = only_new_segment(old);
  const std::set<std::string> names = sent();
  EXPECT_FALSE(names.empty());
  for (const std::string& name : names) EXPECT_TRUE(name.starts_with(id + "/")) << name;
  EXPECT_TRUE(finds("replica", "annealing"));
  EXPECT_EQ(tome({"check", "--index", "replica"}).code, 0);
}

TEST_F(Copy, PullAndPushOverSshGiveTheSame) {
  const Ran pull = tome({"pull", "--index", "replica", "user@machine:" + at("ix").string()});
  ASSERT_EQ(pull.code, 0) << pull.err;
  EXPECT_EQ(contents("replica"), contents("ix"));
  EXPECT_EQ(read("replica/works"), read("ix/works"));
  // A path with what a shell would read, seen from the home folder.
  const Ran push = tome({"push", "[::1]:a $(touch x)'s; shelf", "--ssh", "ssh -p 2222"});
  ASSERT_EQ(push.code, 0) << push.err;
  EXPECT_EQ(contents("far/a $(touch x)'s; shelf"), contents("ix"));
  EXPECT_FALSE(exists("far/x"));
  EXPECT_TRUE(has(read("ssh-log"), "-p 2222 -- ::1 tome receive-push\n")) << read("ssh-log");
  EXPECT_FALSE(has(read("ssh-log"), "touch")) << read("ssh-log");
  // Without a path.
  ASSERT_EQ(tome({"push", "machine"}).code, 0);
  EXPECT_EQ(contents("far/.local/share/tome"), contents("ix"));
  const Ran again = tome({"pull", "--index", "other", "machine"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(contents("other"), contents("ix"));
}

TEST_F(Copy, OldGenerationsBeyondTheOneBeforeGo) {
  for (int i = 0; i < 4; ++i) {
    write(fmt::format("shelf/more{}.md", i), kLater);
    ASSERT_EQ(tome({"index"}).code, 0);
    ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  }
  EXPECT_EQ(contents("replica"), contents("ix"));
  EXPECT_TRUE(exists("replica/generations/000005.json"));
  EXPECT_TRUE(exists("replica/generations/000004.json"));
  EXPECT_FALSE(exists("replica/generations/000003.json"));
  EXPECT_FALSE(exists("replica/tmp"));
}

TEST_F(Copy, AnswersAndLockWhileItRuns) {
  ASSERT_EQ(tome({"push", "./replica"}).code, 0);
  grow();
  log_rsync(
      "if mkdir TMP/once 2>/dev/null; then\n"
      "  tome search bowline --index TMP/replica > TMP/answer\n"
      "  tome push TMP/replica --wait 0 2> TMP/second; echo $? >> TMP/second\nfi\n");
  const Ran ran = tome({"push", "./replica"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(has(read("answer"), "bowline"));
  EXPECT_TRUE(has(read("second"), "another tome is writing this index")) << read("second");
  EXPECT_TRUE(read("second").ends_with("\n3\n")) << read("second");
}

// What the sender publishes meanwhile takes away the segments that were being copied.
TEST_F(Copy, AGenerationThatIsReplacedMeanwhile) {
  for (const bool push : {true, false}) {
    remove("once");
    script("rsync",
           "#!/bin/bash\n"
           "case \"$*\" in *segments*) if mkdir TMP/once 2>/dev/null; then\n"
           "  for i in 1 2 3; do\n"
           "    for file in TMP/shelf/*.* TMP/shelf/books/*; do echo more >> $file; done\n"
           "    tome index --quiet --index TMP/ix\n"
           "  done\nfi;; esac\nexec /usr/bin/rsync \"$@\"\n");
    const std::string replica = push ? "pushed" : "pulled";
    const Ran ran =
        push ? tome({"push", "./" + replica}) : tome({"pull", "./ix", "--index", replica});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(has(ran.err, "rsync error: ")) << "the first try failed";
    EXPECT_EQ(read(replica + "/current"), read("ix/current"));
    EXPECT_EQ(tome({"check", "--index", replica}).code, 0);
    for (const auto& [name, hash] : contents(replica)) {
      EXPECT_EQ(contents("ix").count(name), 1u)
          << name << " is of a generation that was not copied";
    }
  }
}

}  // namespace
}  // namespace tome::test
