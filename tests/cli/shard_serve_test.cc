// SPDX-License-Identifier: GPL-2.0-or-later
// tome shard serve: whom it lets in, and for how long.
#include <memory>
#include <utility>

#include "cli/shard_program.h"

namespace tome::test {
namespace {

using ShardServe = ShardProgram;

// A connection to a shard, as of a client that says nothing.
class Silent {
 public:
  explicit Silent(int port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    EXPECT_TRUE(connect_to(fd_, port));
    const timeval longest{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
  }
  ~Silent() { ::close(fd_); }
  Silent(const Silent&) = delete;
  Silent& operator=(const Silent&) = delete;

  // Whether the server greets, as it does who has a place; waits for that or the end.
  bool has_place() {
    char byte = 0;
    return ::recv(fd_, &byte, 1, MSG_PEEK) == 1;
  }
  // Asks for metadata and takes no answer, until neither side can send.
  void ask_until_stuck() {
    const std::string key = "served/manifest";
    const std::string question = std::string("\x16") + static_cast<char>(key.size()) + key;
    std::string many;
    for (int i = 0; i < 1000; ++i) many += question;
    const timeval patience{0, 300'000};
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    for (int i = 0; i < 1000; ++i) {
      if (::send(fd_, many.data(), many.size(), MSG_NOSIGNAL) < 0) return;
    }
    ADD_FAILURE() << "the server takes questions without end";
  }
  // Whether the server ends the connection, after what it has said.
  bool is_ended() {
    char bytes[4096];
    ssize_t n = 0;
    do {
      n = ::recv(fd_, bytes, sizeof bytes, 0);
    } while (n > 0);
    return n == 0 || errno == ECONNRESET;
  }

 private:
  int fd_;
};

// Whether a new connection has a place, soon.
bool comes_to_have_a_place(int port) {
  for (int i = 0; i < 100; ++i) {
    if (Silent(port).has_place()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

TEST_F(ShardServe, ConnectionsBeyondTheBoundAreTurnedAwayAndAFreedPlaceIsUsedAgain) {
  const std::string address = serve("one", {"--max-connections", "4"});
  const int port = std::stoi(address.substr(address.rfind(':') + 1));
  // Those by which serve() asked have gone, or are about to.
  std::vector<std::unique_ptr<Silent>> taken;
  for (int i = 0; i < 200 && taken.size() < 4; ++i) {
    auto one = std::make_unique<Silent>(port);
    if (one->has_place()) {
      taken.push_back(std::move(one));
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  ASSERT_EQ(taken.size(), 4u);
  for (int i = 0; i < 20; ++i) {
    Silent beyond(port);
    EXPECT_FALSE(beyond.has_place());
    EXPECT_TRUE(beyond.is_ended());
  }
  const std::string line = "turned away 1: all 4 connections are taken (--max-connections)\n";
  EXPECT_TRUE(has(read("output/err"), line)) << read("output/err");
  const Ran asked = tome({"search", "escapement", "--index", address});
  EXPECT_EQ(asked.code, 3);
  EXPECT_TRUE(has(asked.err, "a shard does not answer")) << asked.err;
  taken.pop_back();
  EXPECT_TRUE(comes_to_have_a_place(port));
  // With one place, all text is read over one connection.
  const Ran again = tome({"search", "escapement", "--index", address});
  EXPECT_TRUE(has(again.out, "Clockwork")) << again.out << again.err;
  ::kill(processes_[0], SIGTERM);
  const Ran served = finish(std::exchange(processes_[0], 0));
  EXPECT_EQ(served.code, 0);
  for (const auto& one : taken) EXPECT_TRUE(one->is_ended());
}

TEST_F(ShardServe, WhoSaysNothingLosesHisPlace) {
  const std::string address = serve("one", {"--max-connections", "3", "--idle-timeout", "1"});
  const int port = std::stoi(address.substr(address.rfind(':') + 1));
  bool full = false;  // seen with three silent ones; on a busy machine a second may pass before
  for (int i = 0; i < 20 && !full; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1600));  // those of serve() too
    Silent first(port), second(port), third(port);
    if (!first.has_place() || !second.has_place() || !third.has_place()) continue;
    full = !Silent(port).has_place();
    EXPECT_TRUE(first.is_ended() && second.is_ended() && third.is_ended());
  }
  EXPECT_TRUE(full);
  EXPECT_TRUE(comes_to_have_a_place(port));
}

TEST_F(ShardServe, WhoTakesNoAnswerLosesHisPlace) {
  const std::string address = serve("one", {"--max-connections", "3", "--active-timeout", "1"});
  const int port = std::stoi(address.substr(address.rfind(':') + 1));
  std::vector<std::unique_ptr<Silent>> taken;
  for (int i = 0; i < 200 && taken.size() < 3; ++i) {
    auto one = std::make_unique<Silent>(port);
    if (one->has_place()) taken.push_back(std::move(one));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ASSERT_EQ(taken.size(), 3u);
  EXPECT_FALSE(Silent(port).has_place());
  taken.front()->ask_until_stuck();
  EXPECT_TRUE(comes_to_have_a_place(port));
}

TEST_F(ShardServe, APortThatIsTakenIsSaid) {
  const std::string address = serve("one");
  const std::string port = address.substr(address.rfind(':') + 1);
  const Ran ran = tome({"shard", "serve", "--index", "ix/shards/0", "--port", port});
  EXPECT_EQ(ran.code, 3);
  EXPECT_TRUE(has(ran.err, "cannot listen on port " + port)) << ran.err;
  environment_["PATH"] = at("bin").string();
  const Ran without = tome({"shard", "serve", "--index", "ix/shards/0", "--port", port});
  EXPECT_EQ(without.code, 3);
  EXPECT_TRUE(has(without.err, "xapian-progsrv is not installed")) << without.err;
}

TEST_F(ShardServe, AShardIsMadeReadyForXapiansOtherServer) {
  const Ran ran = tome({"shard", "serve", "--once", "--index", "one"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "Ready to be served: one (generation 1)\n");
  EXPECT_TRUE(exists("one/served/shelf"));
  EXPECT_EQ(tome({"shard", "serve", "--once", "--index", "none"}).code, 3);
}

}  // namespace
}  // namespace tome::test
