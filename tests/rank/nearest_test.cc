// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/nearest.h"

#include <gtest/gtest.h>

#include <random>

#include "rank/small_shelf.h"
#include "text/text.h"

namespace tome::test {
namespace {

TEST(EditDistance, Table) {
  struct Row {
    const char* a;
    const char* b;
    unsigned limit, distance;
  };
  for (const Row& row : std::vector<Row>{
           {"", "", 2, 0},
           {"a", "", 2, 1},
           {"", "abc", 2, 3},
           {"word", "word", 2, 0},
           {"word", "wold", 2, 1},   // replace
           {"word", "words", 2, 1},  // insert
           {"word", "ord", 2, 1},    // delete
           {"word", "wrod", 2, 1},   // swap
           {"decsriptor", "descriptor", 2, 1},
           {"descritpro", "descriptor", 2, 2},
           {"ca", "abc", 5, 3},  // restricted: nothing is edited twice
           {"kitten", "sitting", 5, 3},
           {"kitten", "sitting", 2, 3},  // limit + 1
           {"abcdef", "uvwxyz", 2, 3},
           {"über", "uber", 2, 1},  // characters, not bytes
           {"漢字", "漢子", 2, 1},
           {"\U0001F600a", "\U0001F601a", 2, 1},
       }) {
    EXPECT_EQ(edit_distance(row.a, row.b, row.limit), row.distance) << row.a << ' ' << row.b;
    EXPECT_EQ(edit_distance(row.b, row.a, row.limit), row.distance) << row.b << ' ' << row.a;
  }
}

TEST(NearWords, Table) {
  const NearWords words(std::vector<WordCount>{{"pendulum", 3},
                                               {"pendant", 9},
                                               {"kite", 2},
                                               {"bite", 50},
                                               {"kits", 9},
                                               {"site", 1},
                                               {"kitten", 4},
                                               {"café", 2}});
  using List = std::vector<std::string>;
  EXPECT_EQ(words.nearest("pendulm", 3), List{"pendulum"});
  EXPECT_EQ(words.nearest("pedulmu", 3), List{"pendulum"});
  EXPECT_EQ(words.nearest("kitz", 3), (List{"kits", "kite"}));  // the more frequent first
  EXPECT_EQ(words.nearest("pite", 1), List{"bite"});
  EXPECT_EQ(words.nearest("cafe", 3), List{"café"});
  EXPECT_EQ(words.nearest("ki", 3), List{});  // too short to guess
  EXPECT_EQ(words.nearest("zebra", 3), List{});
  EXPECT_EQ(NearWords().nearest("kite", 3), List{});
  EXPECT_EQ(words.nearest("kitx", 0), List{});
}

// What is passed over by length and letters is what the distance would have turned down.
TEST(NearWords, AgreeWithTheDistanceToEveryWord) {
  std::mt19937 random(7);
  const std::vector<std::string> alphabet{"a", "b", "c", "q", "0", "é", "漢", "\U0001F600"};
  const auto word = [&] {
    std::string out;
    for (std::size_t n = 1 + random() % 9; n > 0; --n) out += alphabet[random() % alphabet.size()];
    return out;
  };
  std::set<std::string> all;
  while (all.size() < 3000) all.insert(word());
  std::vector<WordCount> list;
  for (const std::string& one : all) list.push_back({one, 1 + random() % 5});
  const NearWords words(list);
  std::size_t found = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string wanted = word();
    const std::size_t length = count_characters(wanted);
    if (length < 3) continue;
    const unsigned limit = length < 6 ? 1 : 2;
    std::set<std::string> expected;
    for (const std::string& one : all) {
      const unsigned edits = edit_distance(wanted, one, limit);
      if (edits > 0 && edits <= limit) expected.insert(one);
    }
    const std::vector<std::string> near = words.nearest(wanted, all.size());
    EXPECT_EQ(std::set<std::string>(near.begin(), near.end()), expected) << wanted;
    found += near.size();
  }
  EXPECT_GT(found, 300u);
}

TEST(Suggestions, ForWordsTheShelfDoesNotKnow) {
  SmallShelf small;
  small.add({"a", "A descriptor looks up an attribute. Descriptors rule.", {}, {}});
  Shelf shelf = small.open();
  SearchOptions as_typed;
  as_typed.correct = false;
  const auto suggestions = [&](const std::string& question) {
    std::set<std::string> lines;
    for (const Suggestion& unknown : must(shelf.search(question, as_typed)).suggestions) {
      std::string line = unknown.word + ":";
      for (const std::string& word : unknown.nearest) line += " " + word;
      lines.insert(line);
    }
    std::string out;
    for (const std::string& line : lines) out += line + ";";
    return out;
  };
  EXPECT_EQ(suggestions("descriptor attribute"), "");
  EXPECT_EQ(suggestions("descriptoor"), "descriptoor: descriptor descriptors;");
  EXPECT_EQ(suggestions("how does an atribute work"), "atribute: attribute;work:;");
  EXPECT_EQ(suggestions("Zebra"), "zebra:;");
}

// What is excluded need not be there.
TEST(Suggestions, NoneForExcludedWords) {
  SmallShelf small;
  small.add({"a", "A descriptor looks up an attribute.", {}, {}});
  Shelf shelf = small.open();
  EXPECT_TRUE(must(shelf.search("attribute -zebra")).suggestions.empty());
}

}  // namespace
}  // namespace tome::test
