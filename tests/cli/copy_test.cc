// SPDX-License-Identifier: GPL-2.0-or-later
// tome push and tome pull: what is sent, when the replica switches, and what may go wrong.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/program.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLater =
    "# Annealing\n\nAnnealing makes brass soft again after it was hammered.\n";

// Runs what it is told to by a shell in TMP/far, as sshd does in a user's home.
constexpr const char* kSsh = R"(#!/bin/sh
echo "$*" >> TMP/ssh-log
while :; do
  case $1 in
    --) shift; break ;;
    -l | -p) shift 2 ;;
    -*) shift ;;
    *) break ;;
  esac
done
shift
mkdir -p TMP/far && cd TMP/far && exec sh -c "$*"
)";

class Copy : public ProgramTest {
 protected:
  void SetUp() override {
    if (!fs::exists("/usr/bin/rsync")) GTEST_SKIP() << "rsync is not installed";
    index_shelf();
    environment_["PATH"] = at("bin").string() + ":/usr/bin:/bin";
    script("ssh", kSsh);
    fs::create_directories(at("bin"));
    fs::create_symlink(TOME_PROGRAM, at("bin/tome"));
    log_rsync("");
  }

  void script(const std::string& name, std::string text) {
    for (std::size_t i = 0; (i = text.find("TMP", i)) != std::string::npos;) {
      text.replace(i, 3, at(".").parent_path().string());
    }
    write("bin/" + name, text);
    fs::permissions(at("bin/" + name), fs::perms::owner_all);
  }

  // An rsync that writes down what it sends to TMP/sent, and then does `more` in a shell, where
  // $* are its arguments and $code its exit status.
  void log_rsync(const std::string& more) {
    script("rsync",
           "#!/bin/bash\nset -o pipefail\n"
           "if [ \"$1\" = --server ]; then exec /usr/bin/rsync \"$@\"; fi\n"
           "echo \"$*\" >> TMP/rsync-log\n"
           "/usr/bin/rsync \"$@\" | tee -a TMP/sent\ncode=$?\n" +
               more + "exit $code\n");
  }

  void grow() {
    write("shelf/later.md", kLater);
    ASSERT_EQ(tome({"index"}).code, 0);
  }

  // Names of the files of segments that were sent since the last call.
  std::set<std::string> sent() {
    std::set<std::string> names;
    std::istringstream lines(read("sent"));
    for (std::string line; std::getline(lines, line);) {
      const std::string name = line.substr(line.find(' ') + 1);
      if (name.ends_with(".glass") || name.ends_with("iamglass")) names.insert(name);
    }
    remove("sent");
    return names;
  }

  std::set<std::string> segments(const std::string& index) const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(at(index + "/segments"))) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  // Every file of segments, with a hash of its bytes.
  std::map<std::string, std::size_t> contents(const std::string& index) const {
    std::map<std::string, std::size_t> files;
    for (const auto& entry : fs::recursive_directory_iterator(at(index + "/segments"))) {
      if (!entry.is_regular_file()) continue;
      const std::string name = entry.path().lexically_relative(at(index)).string();
      files[name] = std::hash<std::string>()(read(index + "/" + name));
    }
    return files;
  }

  void flip_byte(const std::string& path) {
    std::string bytes = read(path);
    const auto time = fs::last_write_time(at(path));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write(path, bytes);
    fs::last_write_time(at(path), time);
  }

  std::string only_new_segment(const std::set<std::string>& before) const {
    for (const std::string& id : segments("ix")) {
      if (!before.contains(id)) return id;
    }
    ADD_FAILURE() << "there is no new segment";
    return "";
  }

  bool finds(const std::string& index, const std::string& word) {
    return tome({"search", word, "--index", index}).code == 0;
  }
};

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
