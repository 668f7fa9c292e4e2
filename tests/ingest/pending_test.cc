// SPDX-License-Identifier: GPL-2.0-or-later
// When a change that was seen is due.
#include "ingest/pending.h"

#include <gtest/gtest.h>

namespace tome {
namespace {

using std::chrono::milliseconds;

TEST(Pending, IsDueAfterRestAndAtTheLatestAfterSoLong) {
  using Time = Pending::Time;
  const auto at = [](int ms) { return Time(std::chrono::hours(1)) + milliseconds(ms); };
  Pending pending(milliseconds(500), milliseconds(5000));
  EXPECT_FALSE(pending.due(at(0)));
  pending.add("root", "a", at(0));
  EXPECT_FALSE(pending.due(at(499)));
  EXPECT_TRUE(pending.due(at(500)));
  for (int ms = 0; ms < 5000; ms += 400) pending.add("root", "b", at(ms));
  EXPECT_FALSE(pending.due(at(4999)));
  EXPECT_TRUE(pending.due(at(5000)));
  EXPECT_EQ(pending.parts(), (Parts{{"root", {"a", "b"}}}));
  pending.clear();
  pending.add("root", "c", at(9000));
  EXPECT_FALSE(pending.due(at(9400)));
  pending.hurry();
  EXPECT_TRUE(pending.due(at(9001)));
}

}  // namespace
}  // namespace tome
