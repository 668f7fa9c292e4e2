// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/acronym_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "text/codec.h"

namespace tome {
namespace {

std::string said(const std::vector<AcronymCount>& list) {
  std::string text;
  for (const AcronymCount& one : list) {
    text += fmt::format("{}={} {}; ", one.acronym, one.expansion, one.count);
  }
  return text;
}

const std::vector<AcronymCount> kSome = {{"abc", "american broadcasting company", 9},
                                         {"abc", "atanasoff berry computer", 5},
                                         {"abcd", "a big cold day", 1},
                                         {"zzz", "american zigzag", 300}};

TEST(AcronymTable, FindsInBothDirections) {
  const AcronymTable table = AcronymTable::of(kSome);
  EXPECT_EQ(said(table.readings("abc")),
            "abc=american broadcasting company 9; abc=atanasoff berry computer 5; ");
  EXPECT_EQ(said(table.readings("abcd")), "abcd=a big cold day 1; ");
  EXPECT_EQ(said(table.readings("ab")), "");
  EXPECT_EQ(said(table.readings("zzzz")), "");
  EXPECT_EQ(said(table.beginning_with("american")),
            "abc=american broadcasting company 9; zzz=american zigzag 300; ");
  EXPECT_EQ(said(table.beginning_with("a")), "abcd=a big cold day 1; ");
  EXPECT_EQ(said(table.beginning_with("americ")), "");
  EXPECT_EQ(said(AcronymTable::of({}).readings("abc")), "");
  EXPECT_EQ(said(AcronymTable().beginning_with("abc")), "");
}

TEST(AcronymTable, IsReadAsItWasWritten) {
  const std::string bytes = AcronymTable::encode(kSome);
  const std::optional<AcronymTable> table = AcronymTable::decode(bytes, nullptr);
  ASSERT_TRUE(table);
  EXPECT_EQ(said(table->readings("zzz")), "zzz=american zigzag 300; ");
  EXPECT_EQ(table->bytes(), bytes);
}

TEST(AcronymTable, TakesNothingElse) {
  const std::string bytes = AcronymTable::encode(kSome);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(AcronymTable::decode(bytes.substr(0, i), nullptr)) << i;
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(AcronymTable::decode(changed, nullptr)) << i;
  }
}

// Its checksum may be right and its numbers not.
TEST(AcronymTable, TakesNoNumbersThatLeadOutOfItsBytes) {
  const std::string bytes = AcronymTable::encode(kSome);
  std::string_view payload;
  ASSERT_TRUE(unseal(bytes, payload));
  std::string forged(payload);
  forged.replace(0, kFixedNumber, kFixedNumber, '\x7f');
  EXPECT_FALSE(AcronymTable::decode(seal(forged), nullptr));
  EXPECT_FALSE(AcronymTable::decode(seal(""), nullptr));
  for (std::size_t at = kFixedNumber; at + kFixedNumber <= payload.size(); at += kFixedNumber) {
    forged = payload;
    forged.replace(at, kFixedNumber, kFixedNumber, '\x7f');
    const std::string sealed = seal(forged);
    const std::optional<AcronymTable> table = AcronymTable::decode(sealed, nullptr);
    ASSERT_TRUE(table);
    for (const AcronymCount& one : kSome) {  // what they lead to, or nothing, but in its bytes
      EXPECT_LE(table->readings(one.acronym).size(), kSome.size());
      EXPECT_LE(table->beginning_with(one.expansion).size(), kSome.size());
    }
  }
}

}  // namespace
}  // namespace tome
