// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/byte_gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace tome {
namespace {

// Many threads with sizes that fit together in some ways only.
TEST(ByteGate, HoldsNoMoreThanItsBound) {
  constexpr std::uint64_t kBound = 100;
  ByteGate gate(kBound);
  std::atomic<std::uint64_t> held{0};
  std::atomic<std::uint64_t> most{0};
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (std::uint64_t round = 0; round < 200; ++round) {
        const std::uint64_t bytes = (i * 37 + round * 11) % 90;
        const ByteGate::Pass pass(gate, bytes);
        const std::uint64_t now = held += bytes;
        for (std::uint64_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::yield();
        held -= bytes;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most.load(), kBound);
  EXPECT_GT(most.load(), 0u);
}

TEST(ByteGate, WhatIsLargerThanTheBoundGoesInAlone) {
  ByteGate gate(100);
  std::atomic<bool> in{false};
  std::thread waiting;
  {
    const ByteGate::Pass large(gate, 1'000'000);
    waiting = std::thread([&] {
      const ByteGate::Pass small(gate, 1);
      in = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_FALSE(in.load());
  }
  waiting.join();
  EXPECT_TRUE(in.load());
}

TEST(ByteGate, NothingNeedsNoRoom) {
  ByteGate gate(1);
  const ByteGate::Pass full(gate, 1);
  const ByteGate::Pass none(gate, 0);
}

}  // namespace
}  // namespace tome
