// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/passage_block.h"

#include <gtest/gtest.h>

namespace tome {
namespace {

PassageRecord passage(std::uint32_t ordinal, const std::string& text) {
  PassageRecord record;
  record.id = "passage-000" + std::to_string(ordinal);
  record.source = "source";
  record.ordinal = ordinal;
  record.text = text;
  return record;
}

std::vector<std::string> block_of(const std::vector<PassageRecord>& passages) {
  std::vector<std::string> records;
  for (const PassageRecord& one : passages) records.push_back(write_passage(one));
  return write_block(records);
}

// The text that document `at` of the block leads to, or what is wrong.
std::string text_at(const std::vector<std::string>& data, std::size_t at) {
  BlockPlace place;
  if (!read_place(data[at], place)) return "no place";
  if (place.back > at) return "too far back";
  PassageBlock block;
  if (!block.open(data[at - place.back])) return "no block";
  PassageRecord record;
  return block.read(place, record) ? record.text : "no record";
}

TEST(PassageBlock, EachDocumentLeadsToItsOwnRecord) {
  const std::vector<std::string> data =
      block_of({passage(0, "zero"), passage(1, ""), passage(2, std::string(300'000, 'x'))});
  ASSERT_EQ(data.size(), 3u);
  EXPECT_EQ(text_at(data, 0), "zero");
  EXPECT_EQ(text_at(data, 1), "");
  EXPECT_EQ(text_at(data, 2), std::string(300'000, 'x'));
  EXPECT_LT(data[0].size(), 1000u);  // compressed
  EXPECT_LE(data[2].size(), 6u);
  EXPECT_EQ(text_at(block_of({passage(7, "alone")}), 0), "alone");
}

TEST(PassageBlock, AFlippedBitOrALostByteIsNoticed) {
  const std::vector<std::string> data = block_of({passage(0, "zero"), passage(1, "one")});
  for (std::size_t of = 0; of < data.size(); ++of) {
    for (std::size_t i = 0; i < data[of].size(); ++i) {
      for (const int bit : {1, 2, 64, 128}) {
        std::vector<std::string> bad = data;
        bad[of][i] = static_cast<char>(bad[of][i] ^ bit);
        const std::string text = text_at(bad, 1);
        EXPECT_NE(text, "zero") << of << ' ' << i << ' ' << bit;
        EXPECT_NE(text, "one") << of << ' ' << i << ' ' << bit;
      }
      std::vector<std::string> shorter = data;
      shorter[of].erase(i, 1);
      EXPECT_NE(text_at(shorter, 1), "one") << of << ' ' << i;
    }
  }
}

TEST(PassageBlock, AReferenceIntoAnotherBlockIsNoticed) {
  std::vector<std::string> data = block_of({passage(0, "zero"), passage(1, "one")});
  data[0] = block_of({passage(0, "other zero"), passage(1, "other one")})[0];
  EXPECT_EQ(text_at(data, 1), "no record");
}

TEST(PassageBlock, NothingElseIsABlock) {
  PassageBlock block;
  BlockPlace place;
  for (const std::string& data :
       {std::string(), std::string(1, '\1'), std::string("\1abc"), std::string(1, '\2'),
        std::string("\2\0abcd", 6), std::string("\2\x80\x80\x80\x80\x80\1abcd"),
        std::string("plain text")}) {
    EXPECT_FALSE(block.open(data));
    EXPECT_TRUE(data.starts_with('\1') || !read_place(data, place)) << data;
  }
}

}  // namespace
}  // namespace tome
