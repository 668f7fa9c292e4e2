// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/word_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace tome {
namespace {

TEST(WordTable, AHashIsOfItsWordAndSpreads) {
  std::set<std::uint32_t> hashes;
  for (int i = 0; i < 10'000; ++i) {
    const std::string word = "word" + std::to_string(i);
    const std::uint32_t hash = word_hash(word);
    EXPECT_EQ(hash, word_hash(std::string(word)));
    hashes.insert(hash);
  }
  EXPECT_GT(hashes.size(), 9'990u);  // two of them meet in one run of ninety
  EXPECT_EQ(word_hash(""), word_hash(std::string_view()));
}

TEST(WordTable, CountsAsAMapDoes) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  WordTable<int> table;
  for (int round = 0; round < 30; ++round) {
    std::map<std::string, int> map;
    const std::size_t words = random() % 3000;
    for (std::size_t i = 0; i < words; ++i) {
      std::string word(random() % 20, 'a');
      for (char& c : word) c = static_cast<char>("ab\0\xFF"[random() % 4]);
      ++map[word];
      ++table[word];
    }
    ASSERT_EQ(table.size(), map.size());
    for (const auto& [word, count] : map) {
      ASSERT_NE(table.find(word), nullptr);
      EXPECT_EQ(*table.find(word), count);
    }
    for (const auto& entry : table) EXPECT_EQ(map.at(std::string(entry.word)), entry.value);
    EXPECT_EQ(table.find("c"), nullptr);
    table.clear();
    EXPECT_TRUE(table.empty());
    EXPECT_EQ(table.find("a"), nullptr);
  }
}

TEST(WordTable, TellsWordsOfOneHashApart) {
  WordTable<int> table;
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string word(size, 'x');
    table.at(word, 7) = static_cast<int>(size);
    for (std::size_t i = 0; i < size; ++i) {  // one letter differs
      std::string other = word;
      other[i] = 'y';
      EXPECT_EQ(table.find(other, 7), nullptr) << other;
    }
  }
  for (std::size_t size = 0; size < 40; ++size) {
    ASSERT_NE(table.find(std::string(size, 'x'), 7), nullptr);
    EXPECT_EQ(*table.find(std::string(size, 'x'), 7), static_cast<int>(size));
  }
}

TEST(WordTable, KeepsWordsWhereTheyAre) {
  WordTable<int> table;
  table["first"];
  const std::string_view first = table.begin()->word;
  const std::string large(200000, 'l');
  table[large];
  for (int i = 0; i < 50000; ++i) table[std::to_string(i)] = i;
  EXPECT_EQ(first, "first");
  EXPECT_EQ(table.begin()->word.data(), first.data());
  EXPECT_NE(table.find(large), nullptr);
  EXPECT_EQ(*table.find("49999"), 49999);
}

TEST(WordTable, BeginsWithALargeWord) {
  WordTable<int> table;
  const std::string large(200000, 'l');
  for (int round = 0; round < 3; ++round) {
    table[large] = round;
    table["small"] = round;
    EXPECT_EQ(*table.find(large), round);
    EXPECT_EQ(table.begin()->word, large);
    table.clear();
  }
}

TEST(WordTable, SortedIsTheOrderOfBytes) {
  std::mt19937 random(7);
  WordTable<int> table;
  std::set<std::string> words;
  for (int i = 0; i < 3000; ++i) {
    // Long ones that share their beginning, short ones, zero and high bytes.
    std::string word(random() % 3 == 0 ? 9 : 0, 'p');
    for (auto left = random() % 4; left > 0; --left) word += static_cast<char>(random() % 256);
    words.insert(word);
    table[word] = 1;
  }
  std::vector<std::string> sorted;
  for (const std::uint32_t number : table.sorted()) sorted.emplace_back(table.entry(number).word);
  EXPECT_EQ(sorted, std::vector<std::string>(words.begin(), words.end()));
}

}  // namespace
}  // namespace tome
