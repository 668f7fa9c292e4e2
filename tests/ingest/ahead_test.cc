// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/ahead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

namespace tome {
namespace {

TEST(Ahead, MakesEachItemOnceAndOnlyAPartOfThemAtATime) {
  for (const std::size_t size : {0u, 1u, 9u, 10u, 11u, 95u}) {
    std::atomic<std::size_t> made = 0;
    Ahead<std::unique_ptr<std::size_t>> list(size, 10, 3, 4, [&](std::size_t i) {
      ++made;
      return std::make_unique<std::size_t>(i);
    });
    for (std::size_t i = 0; i < size; ++i) {
      const std::unique_ptr<std::size_t> item = list.take(i);
      ASSERT_NE(item, nullptr);
      EXPECT_EQ(*item, i);
      EXPECT_LE(made, i + 10);
    }
    EXPECT_EQ(made, size);
  }
}

TEST(Ahead, ItemsMayBePassedOver) {
  Ahead<std::size_t> list(100, 10, 3, 2, [](std::size_t i) { return i; });
  for (const std::size_t i : {0u, 4u, 5u, 9u, 10u, 37u, 40u, 99u}) EXPECT_EQ(list.take(i), i);
}

}  // namespace
}  // namespace tome
