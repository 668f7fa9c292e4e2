// SPDX-License-Identifier: GPL-2.0-or-later
// Shards behind ssh, with an sshd of the test's own on loopback; skipped where there is none.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "support/segments.h"
#include "support/shard_server.h"

namespace tome {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr const char* kDaemon = "/usr/sbin/sshd";

bool ran(const std::string& command) { return std::system(command.c_str()) == 0; }

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> children;
  std::istringstream list(bytes_of("/proc/" + std::to_string(process) + "/task/" +
                                   std::to_string(process) + "/children"));
  for (pid_t child = 0; list >> child;) {
    children.push_back(child);
    const std::vector<pid_t> theirs = children_of(child);
    children.insert(children.end(), theirs.begin(), theirs.end());
  }
  return children;
}

// An sshd with keys of its own, and an `ssh` first in $PATH that knows it as the host "archive".
class Ssh : public testing::Test {
 protected:
  void SetUp() override {
    std::error_code code;
    if (!fs::exists(kDaemon)) GTEST_SKIP() << "there is no " << kDaemon << " (openssh-server)";
    if (::geteuid() == 0) fs::create_directories("/run/sshd", code);  // it wants that to be there
    const std::string here = folder_.path().string();
    const std::string port = std::to_string(port_);
    if (!ran("ssh-keygen -q -t ed25519 -N '' -f " + here + "/host") ||
        !ran("ssh-keygen -q -t ed25519 -N '' -f " + here + "/key")) {
      GTEST_SKIP() << "ssh-keygen does not work here";
    }
    write_bytes(folder_ / "sshd_config",
                "ListenAddress 127.0.0.1\nPort " + port + "\nHostKey " + here +
                    "/host\nAuthorizedKeysFile " + here +
                    "/key.pub\nStrictModes no\nPidFile none\nPasswordAuthentication no\n");
    write_bytes(folder_ / "config",
                "Host archive\n  HostName 127.0.0.1\n  Port " + port + "\n  IdentityFile " + here +
                    "/key\n  IdentitiesOnly yes\n  UserKnownHostsFile " + here +
                    "/known\n  StrictHostKeyChecking accept-new\n  LogLevel ERROR\n");
    write_bytes(folder_ / "bin/ssh",
                "#!/bin/sh\nexec /usr/bin/ssh -F " + here + "/config \"$@\"\n");
    fs::permissions(folder_ / "bin/ssh", fs::perms::owner_all);
    path_ = std::getenv("PATH");
    ::setenv("PATH", (here + "/bin:" + path_).c_str(), 1);
    start();
    if (!ran("ssh -o BatchMode=yes -o ConnectTimeout=5 archive true 2>/dev/null")) {
      GTEST_SKIP() << "nobody may log in to an sshd on loopback here";
    }
  }
  void TearDown() override {
    stop();
    if (!path_.empty()) ::setenv("PATH", path_.c_str(), 1);
  }
  void start() {
    daemon_ = ::fork();
    if (daemon_ == 0) {
      ::execl(kDaemon, kDaemon, "-D", "-f", (folder_ / "sshd_config").c_str(), nullptr);
      ::_exit(127);
    }
    for (int i = 0; i < 200 && !listens_at(port_); ++i) {
      std::this_thread::sleep_for(milliseconds(10));
    }
  }
  void stop() {
    if (daemon_ == 0) return;
    for (const pid_t child : children_of(daemon_)) ::kill(child, SIGKILL);
    ::kill(daemon_, SIGKILL);
    ::waitpid(daemon_, nullptr, 0);
    daemon_ = 0;
  }
  // As a host that is cut off: neither answers nor ends.
  void signal_all(int signal) {
    const std::vector<pid_t> children = children_of(daemon_);
    ::kill(daemon_, signal);
    for (const pid_t child : children) ::kill(child, signal);
  }

  fs::path make(const std::string& name, const Texts& texts) {
    fs::create_directories(folder_ / name);
    publish_texts(folder_ / name, texts);
    return folder_ / name;
  }
  static ReaderOptions of(std::vector<std::string> shards, int timeout) {
    ReaderOptions options;
    options.shards.shards = std::move(shards);
    options.shards.timeout = milliseconds(timeout);
    return options;
  }

  TestFolder folder_;
  int port_ = free_port();
  pid_t daemon_ = 0;
  std::string path_;
};

TEST_F(Ssh, AShardAnswersAsOneOnThisMachine) {
  const fs::path b = make("b", {{"b", {"x", "y", "x z"}}, {"c", {"x"}}});
  ASSERT_TRUE(make_served(b).ok());
  const Result<Reader> reader = Reader::open_shelf("", of({"ssh://archive" + b.string()}, 5000));
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  const Result<Reader> near = Reader::open(b);
  for (const char* word : {"x", "y", "none"}) {
    EXPECT_EQ(found(*reader, match_term(word)), found(*near, match_term(word)));
  }
  EXPECT_EQ(words_of(*reader), words_of(*near));
  const std::vector<ShardStatus> shards = reader->shards();
  EXPECT_TRUE(shards.at(0).reachable);
  EXPECT_EQ(shards.at(0).passages, 4u);
}

TEST_F(Ssh, WhyThereIsNoneIsSaid) {
  const std::pair<const char*, const char*> table[] = {
      {"ssh://archive/none", "No such file"},
      {"ssh://127.0.0.2/none", "see why: ssh 127.0.0.2 xapian-progsrv --help"}};
  for (const auto& [address, reason] : table) {
    const Result<Reader> reader = Reader::open_shelf("", of({address}, 5000));
    ASSERT_FALSE(reader.ok());
    EXPECT_EQ(reader.error().code, Code::kUnreachable);
    EXPECT_NE(reader.error().message.find(reason), std::string::npos) << reader.error().message;
  }
}

// Xapian waits for the end of the program that it started, and ssh waits for its host.
TEST_F(Ssh, AHostThatIsCutOffDoesNotHoldUpTheAnswer) {
  const fs::path a = make("a", {{"a", {"x"}}});
  const fs::path b = make("b", {{"b", {"x"}}});
  ASSERT_TRUE(make_served(b).ok());
  const std::string far = "ssh://archive" + b.string();
  Result<Reader> reader = Reader::open_shelf("", of({a, far}, 1000));
  ASSERT_TRUE(reader.ok());
  if (!reader->missing().empty()) GTEST_SKIP() << "ssh takes more than a second here";
  EXPECT_EQ(found(*reader, match_term("x")), "a#0 b#0");
  signal_all(SIGSTOP);
  EXPECT_TRUE(found(*reader, match_term("x")).starts_with("error: a shard does not answer"));
  ASSERT_TRUE(*reader->recover());
  EXPECT_EQ(found(*reader, match_term("x")), "a#0");
  EXPECT_EQ(reader->missing().at(0).address, far);
  signal_all(SIGCONT);
  bool back = false;
  for (int i = 0; i < 60 && !back; ++i) {
    std::this_thread::sleep_for(milliseconds(1000));
    back = *reader->renew() && reader->missing().empty();
  }
  EXPECT_TRUE(back);
  EXPECT_EQ(found(*reader, match_term("x")), "a#0 b#0");
}

}  // namespace
}  // namespace tome
