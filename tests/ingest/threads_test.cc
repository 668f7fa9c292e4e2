// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace tome {
namespace {

TEST(InThreads, EveryPartOnce) {
  for (const unsigned workers : {0u, 1u, 3u}) {
    for (const std::size_t count : {0, 1, 9, 10, 11, 1234}) {
      std::vector<std::atomic<int>> seen(count);
      in_threads(workers, count, 10, [&](std::size_t begin, std::size_t end) {
        EXPECT_LT(begin, end);
        EXPECT_LE(end - begin, 10u);
        for (std::size_t i = begin; i < end; ++i) ++seen[i];
      });
      for (const std::atomic<int>& times : seen) ASSERT_EQ(times, 1);
    }
  }
}

TEST(InThreads, WhatIsThrownComesBack) {
  std::atomic<int> parts{0};
  const auto fail = [&](std::size_t, std::size_t) {
    ++parts;
    throw std::runtime_error("torn");
  };
  EXPECT_THROW(in_threads(2, 1'000'000, 1, fail), std::runtime_error);
  EXPECT_LE(parts, 2);
}

}  // namespace
}  // namespace tome
