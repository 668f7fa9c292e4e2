// SPDX-License-Identifier: GPL-2.0-or-later
// Fixture: the small shelf as a spread index TMP/ix of three shards, and as one index, TMP/one.
#pragma once

#include <signal.h>

#include <chrono>
#include <thread>

#include "cli/program.h"
#include "cli/shelf.h"
#include "support/loopback.h"

namespace tome::test {

class ShardProgram : public ProgramTest {
 protected:
  void SetUp() override {
    write("shelf/loaf.md", kLoaf);
    write("shelf/clock.md", kClock);
    write("shelf/review.txt", kReview);
    write("shelf/knots.html", kKnots);
    const Ran ran = tome({"index", "--shards", "3", "shelf"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(has(ran.out, "4 new")) << ran.out;
    EXPECT_EQ(tome({"index", "--index", "one", "shelf"}).code, 0);
  }
  // `tome shard serve` of a shard; its address once it listens.
  std::string serve(const std::string& index, const Words& options = {}) {
    const std::string port = std::to_string(free_port());
    Words words{"shard", "serve", "--index", index, "--port", port};
    words.insert(words.end(), options.begin(), options.end());
    processes_.push_back(start(words));
    const std::string address = "tcp://127.0.0.1:" + port;
    for (int i = 0; i < 100; ++i) {
      if (tome({"status", "--index", address}).code == 0) return address;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ADD_FAILURE() << address << " does not answer";
    return address;
  }
  void stop(std::size_t i) {
    ::kill(processes_[i], SIGTERM);
    EXPECT_EQ(finish(processes_[i]).code, 0);
    processes_[i] = 0;
  }
  void TearDown() override {
    for (std::size_t i = 0; i < processes_.size(); ++i) {
      if (processes_[i] != 0) stop(i);
    }
  }

  std::vector<pid_t> processes_;
};

}  // namespace tome::test
