// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/codec.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "store/word_list.h"

namespace tome {
namespace {

TEST(Codec, GivesBackWhatWasPut) {
  const std::uint64_t numbers[] = {0,
                                   1,
                                   127,
                                   128,
                                   16383,
                                   16384,
                                   0xffffffffu,
                                   std::uint64_t{1} << 63,
                                   std::numeric_limits<std::uint64_t>::max()};
  const std::string texts[] = {"", "a", std::string("nul\0inside", 10), std::string(1000, 'x'),
                               "\xff\xfe"};
  Encoder out;
  for (const std::uint64_t number : numbers) out.number(number);
  for (const std::string& text : texts) out.text(text);
  out.texts({});
  out.texts({"one", "", "three"});
  const std::string bytes = out.take();
  Decoder in(bytes);
  for (const std::uint64_t number : numbers) EXPECT_EQ(in.number(), number);
  for (const std::string& text : texts) EXPECT_EQ(in.text(), text);
  EXPECT_TRUE(in.texts().empty());
  EXPECT_EQ(in.texts(), (std::vector<std::string>{"one", "", "three"}));
  EXPECT_TRUE(in.ok());
  EXPECT_TRUE(in.at_end());
}

TEST(Codec, EachTruncationIsNoticed) {
  Encoder out;
  out.number(300);
  out.text("hello");
  out.texts({"a", "bc"});
  const std::string bytes = out.take();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Decoder in(std::string_view(bytes).substr(0, size));
    in.number();
    in.text();
    in.texts();
    EXPECT_FALSE(in.ok()) << size;
    EXPECT_EQ(in.number(), 0u);
    EXPECT_TRUE(in.text().empty());
    EXPECT_TRUE(in.texts().empty());
  }
}

TEST(Codec, HugeLengthsAreRefusedAtOnce) {
  Encoder out;
  out.number(std::numeric_limits<std::uint64_t>::max());
  const std::string huge = out.take();
  Decoder text(huge);
  EXPECT_TRUE(text.text().empty());
  EXPECT_FALSE(text.ok());
  Decoder texts(huge);
  EXPECT_LE(texts.texts().size(), 1u);
  EXPECT_FALSE(texts.ok());
  Decoder endless(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12));
  endless.number();
  EXPECT_FALSE(endless.ok());
}

TEST(Codec, GarbageNeverReadsPastTheEnd) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    Decoder in(bytes);
    while (in.ok() && !in.at_end()) {
      const std::string_view text = in.text();
      if (text.empty()) continue;
      EXPECT_GE(text.data(), bytes.data());
      EXPECT_LE(text.data() + text.size(), bytes.data() + bytes.size());
    }
  }
}

TEST(Seal, EachFlippedBitIsNoticed) {
  const std::string sealed = seal("some payload");
  std::string_view payload;
  ASSERT_TRUE(unseal(sealed, payload));
  EXPECT_EQ(payload, "some payload");
  for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
    std::string bad = sealed;
    bad[i / 8] = static_cast<char>(bad[i / 8] ^ (1 << (i % 8)));
    EXPECT_FALSE(unseal(bad, payload)) << i;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(unseal(std::string_view(sealed).substr(0, size), payload)) << size;
  }
  EXPECT_FALSE(unseal(sealed + "x", payload));
  EXPECT_TRUE(unseal(seal(""), payload));
  EXPECT_TRUE(payload.empty());
}

std::vector<WordCount> many_words(std::size_t n) {
  std::vector<WordCount> words;
  for (std::size_t i = 0; i < n; ++i) {
    words.push_back({"word" + std::to_string(1'000'000 + i * 7), i + 1});
  }
  return words;
}

std::string joined(const std::vector<WordCount>& words) {
  std::string out;
  for (const WordCount& word : words) out += word.word + ":" + std::to_string(word.count) + " ";
  return out;
}

TEST(WordList, BlocksGiveBackTheList) {
  for (const std::size_t n : {0u, 1u, 2u, 4095u, 4096u, 4097u, 10'000u}) {
    const std::vector<WordCount> words = many_words(n);
    std::vector<WordCount> back;
    for (const std::string& block : encode_words(words)) EXPECT_TRUE(decode_words(block, back));
    EXPECT_EQ(joined(back), joined(words)) << n;
  }
  const std::vector<WordCount> odd = {{"", 3}, {"a", 1}, {"ab", 9}, {"abc", 2}, {"\xc3\xa9", 7}};
  std::vector<WordCount> back;
  ASSERT_TRUE(decode_words(encode_words(odd).at(0), back));
  EXPECT_EQ(joined(back), joined(odd));
}

TEST(WordList, DamagedBlocksAreNoticed) {
  const std::string block = encode_words(many_words(50)).at(0);
  for (std::size_t i = 0; i < block.size(); ++i) {
    std::string bad = block;
    bad[i] = static_cast<char>(bad[i] ^ 16);
    std::vector<WordCount> out;
    EXPECT_FALSE(decode_words(bad, out)) << i;
    EXPECT_FALSE(decode_words(std::string_view(block).substr(0, i), out)) << i;
  }
  // A good checksum over nonsense: more shared characters than the word before has.
  Encoder out;
  out.number(1);
  out.number(5);
  out.text("x");
  out.number(1);
  std::vector<WordCount> words;
  EXPECT_FALSE(decode_words(seal(out.take()), words));
}

TEST(WordList, KeysSortAsBlocksFollow) {
  EXPECT_LT(words_key(9), words_key(10));
  EXPECT_LT(words_key(999), words_key(1000));
  EXPECT_EQ(words_key(0).rfind(kWordsKey, 0), 0u);
}

TEST(WordList, AddsUp) {
  EXPECT_EQ(joined(add_words({})), "");
  EXPECT_EQ(joined(add_words({{}, {{"a", 1}}, {}})), "a:1 ");
  EXPECT_EQ(joined(add_words({{{"a", 1}, {"c", 2}}, {{"b", 5}, {"c", 3}}, {{"a", 1}, {"z", 1}}})),
            "a:2 b:5 c:5 z:1 ");
}

}  // namespace
}  // namespace tome
