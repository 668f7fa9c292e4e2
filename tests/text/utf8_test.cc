// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "text/hash.h"
#include "text/text.h"

namespace tome {
namespace {

TEST(RepairUtf8, ReplacesMaximalInvalidSequences) {
  const std::string mark = "\uFFFD";
  const struct {
    std::string text;
    std::string repaired;
    std::uint64_t count;
  } cases[] = {
      {"plain \u00E9 \u6587 \U0001F600", "plain \u00E9 \u6587 \U0001F600", 0},
      {std::string("a\0b", 3), "a" + mark + "b", 1},
      {"a\xFF"
       "b",
       "a" + mark + "b", 1},
      {"\xC3", mark, 1},
      {"\xE6\x96", mark, 1},  // cut off: one sequence
      {"\xE6\x96(", mark + "(", 1},
      {"\xC0\xAF", mark + mark, 2},             // overlong
      {"\xED\xA0\x80", mark + mark + mark, 3},  // surrogate
      {"\xF0\x9F\x98x", mark + "x", 1},
      {"\xF4\x90\x80\x80", mark + mark + mark + mark, 4},
      {"\x80\x80", mark + mark, 2},
  };
  for (const auto& c : cases) {
    std::string text = c.text;
    EXPECT_EQ(repair_utf8(text), c.count) << c.text;
    EXPECT_EQ(text, c.repaired);
  }
}

TEST(Utf8Floor, CutsOnCharacters) {
  const std::string text = "a\u00E9\u6587\U0001F600";  // 1, 2, 3, 4 bytes
  const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
  for (std::size_t limit = 0; limit < 12; ++limit) {
    EXPECT_EQ(utf8_floor(text, limit), expected[limit]) << limit;
  }
}

TEST(IsUtf8, Table) {
  for (const char* good :
       {"", "plain", "\u00E9\u6587\U0001F600", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const char* bad : {"\x80", "a\xC3", "\xC0\xAF", "\xE0\x9F\xBF", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xFF", "long enough for a register: \xE9 and on"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

TEST(Squeeze, Table) {
  EXPECT_EQ(squeeze("a"), "a");
  EXPECT_EQ(squeeze("one\ttwo\u2003three \u00E9\x01 \x7F"), "one two three \u00E9\x01 \x7F");
  EXPECT_EQ(squeeze("  a \t\n b\u00A0\u3000c  "), "a b c");
  EXPECT_EQ(squeeze(" \n "), "");
}

TEST(DisplayWidth, Table) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("\u6587\u5B57"), 4U);
  EXPECT_EQ(display_width("\uD55C"), 2U);
  EXPECT_EQ(display_width("\u00AD\u200B"), 0U);
}

TEST(Hash, KnownValues) {
  EXPECT_EQ(hex_digest(""), "99aa06d3014798d86001c324468d497f");  // xxHash's own test vector
  EXPECT_EQ(digest("x").size(), 16U);
  EXPECT_EQ(hex_digest("x").size(), 32U);
  EXPECT_EQ(short_digest("x", 12).size(), 12U);
  EXPECT_EQ(short_digest("x", 99).size(), 25U);
  EXPECT_EQ(short_digest("x", 25).substr(0, 12), short_digest("x", 12));
  EXPECT_NE(short_digest("x", 12), short_digest("y", 12));
}

}  // namespace
}  // namespace tome
