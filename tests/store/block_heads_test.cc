// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/block_heads.h"

#include <gtest/gtest.h>

#include "text/codec.h"

namespace tome {
namespace {

TEST(BlockHeads, AreReadBackAndFound) {
  std::vector<std::uint32_t> heads;
  ASSERT_TRUE(decode_heads(encode_heads({3, 4, 90, 4'000'000'000}), heads));
  EXPECT_EQ(heads, (std::vector<std::uint32_t>{3, 4, 90, 4'000'000'000}));
  EXPECT_EQ(head_of(heads, 2), 0u);
  EXPECT_EQ(head_of(heads, 3), 3u);
  EXPECT_EQ(head_of(heads, 89), 4u);
  EXPECT_EQ(head_of(heads, 4'294'967'295), 4'000'000'000u);
  EXPECT_EQ(heads_piece(1), 0u);
  EXPECT_EQ(heads_piece(kDocumentsAPiece), 0u);
  EXPECT_EQ(heads_piece(kDocumentsAPiece + 1), 1u);
  ASSERT_TRUE(decode_heads(encode_heads({}), heads));
  EXPECT_TRUE(heads.empty());
  Encoder beyond;
  beyond.number(4'294'967'295);
  beyond.number(1);
  Encoder twice;
  twice.number(7);
  twice.number(0);
  for (Encoder* bad : {&beyond, &twice}) EXPECT_FALSE(decode_heads(seal(bad->take()), heads));
  EXPECT_FALSE(decode_heads("", heads));
}

TEST(BlockHeads, ABlockMayReachIntoTheNextPiece) {
  constexpr std::uint32_t kMany = kDocumentsAPiece;
  HeadPieces pieces;
  pieces.add(1, true);
  pieces.add(2, false);
  pieces.add(kMany - 1, true);
  for (const std::uint32_t follower : {kMany, kMany + 1}) pieces.add(follower, false);
  pieces.add(kMany + 2, true);
  pieces.add(3 * kMany + 1, true);  // and nothing in the piece before
  const std::vector<std::string> all = pieces.take();
  ASSERT_EQ(all.size(), 4u);
  const std::pair<std::uint32_t, std::uint32_t> table[] = {{1, 1},
                                                           {2, 1},
                                                           {kMany - 1, kMany - 1},
                                                           {kMany, kMany - 1},
                                                           {kMany + 1, kMany - 1},
                                                           {kMany + 2, kMany + 2},
                                                           {2 * kMany, kMany + 2},
                                                           {3 * kMany + 1, 3 * kMany + 1}};
  for (const auto& [document, head] : table) {
    std::vector<std::uint32_t> heads;
    ASSERT_TRUE(decode_heads(all[heads_piece(document)], heads));
    EXPECT_EQ(head_of(heads, document), head) << document;
  }
  EXPECT_EQ(HeadPieces().take().size(), 1u);
}

}  // namespace
}  // namespace tome
