// SPDX-License-Identifier: GPL-2.0-or-later
// Phrases, operators and prefixes say exactly which passages are found, over the whole shelf.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "rank/small_shelf.h"

namespace tome::test {
namespace {

TEST(Exact, Questions) {
  SmallShelf small;
  small.add({"a", "To be or not to be, that is the question the prince asks.", {}, {}});
  small.add({"b", "Whether to be kind or not is to be decided each morning.", {}, {}});
  small.add({"c", "The red kite circles over the harbour wall.", {}, {}});
  small.add({"d", "A kite that is red needs a long string.", {}, {}});
  small.add({"e", "The harbour master counts ships and writes their names.", {}, {}});
  small.add({"f", "Event-driven systems react to std::vector; the C++ compiler does not.", {}, {}});
  small.add({"g", "Counting kites is counting clouds.", {}, {}});
  Shelf shelf = small.open();
  const std::vector<std::pair<std::string, std::string>> table{
      {"\"to be or not to be\"", "a"},
      {"\"or not to be that\"", "a"},
      {"\"red kite\"", "c"},
      {"\"Red KITE\"", "c"},
      {"\"kite red\"", ""},
      {"\"red kites\"", ""},  // the words as they are, not their stems
      {"\"the harbour\"", "c e"},
      {"\"over the harbour\"", "c"},
      {"\"that is\"", "a d"},
      {"\"is that\"", ""},
      {"\"event driven\"", "f"},
      {"\"event-driven systems\"", "f"},
      {"\"red kite\" counts", "c"},
      {"\"red kite\" \"harbour wall\"", "c"},
      {"\"red kite\" OR \"harbour master\"", "c e"},
      {"kite", "c d g"},
      {"+kite harbour", "c d g"},
      {"+kite +harbour", "c"},
      {"kite -harbour", "d g"},
      {"kite -\"red kite\"", "d g"},
      {"kite NOT red", "g"},
      {"kite AND harbour", "c"},
      {"kite OR ships", "c d e g"},
      {"(kite AND harbour) OR ships", "c e"},
      {"harbour AND NOT kite", "e"},
      {"harbour AND NOT (kite OR ships)", ""},
      {"NOT kite", "a b e f"},
      {"the AND kite", "c"},
      {"kite AND zebra", ""},
      {"kite OR zebra", "c d g"},
      {"count*", "e g"},
      {"coun* -ships", "g"},
      {"kit* AND harb*", "c"},
      {"NOT kit*", "a b e f"},
      {"zeb*", ""},
      {"C++", "f"},
      {"std::vector", "f"},
      {"event-driven", "f"},
      {"zebra", ""},
      {"\"zebra\"", ""},
      {"", ""},
      {"?!", ""},
  };
  for (const auto& [question, paths] : table) {
    EXPECT_EQ(found(shelf, question), paths) << question;
  }
}

TEST(Exact, StopWordsAloneStillFind) {
  SmallShelf small;
  small.add({"a", "To be or not to be, that is the question the prince asks.", {}, {}});
  small.add({"b", "The cook is here and the bread is not.", {}, {}});
  small.add({"c", "Rain falls on slate roofs.", {}, {}});
  Shelf shelf = small.open();
  EXPECT_TRUE(ranked(shelf, "to be or not to be").starts_with("a"));
  EXPECT_EQ(found(shelf, "the"), "a b");
  EXPECT_EQ(found(shelf, "who is the"), "a b");
  EXPECT_EQ(found(shelf, "who is on slate?"), "c");  // else they add nothing
}

TEST(Exact, WordsOfHeadingTitleAndAuthorCount) {
  SmallShelf small;
  const std::size_t work = small.work(book("Lenses", {"Ida Brandt"}));
  small.add({"a", "They bend light.", {"Refraction", "Prisms of glass"}, {work}});
  small.add({"b", "They bend iron.", {}, {}});
  Shelf shelf = small.open();
  for (const char* question :
       {"refraction", "prisms", "lenses", "brandt", "\"prisms of glass\"", "+refraction bend"}) {
    EXPECT_EQ(found(shelf, question), "a") << question;
  }
}

// The word list has the words of texts alone, so a prefix of a heading's word finds nothing.
TEST(Exact, PrefixOfAWordOfTheHeading) {
  SmallShelf small;
  small.add({"a", "They bend light.", {"Prisms of glass"}, {}});
  Shelf shelf = small.open();
  EXPECT_EQ(found(shelf, "prism*"), "a");
}

// Against plain search over all texts, with words that no language stems or stops but three.
TEST(Exact, RandomQuestionsEqualAScan) {
  const std::vector<std::string> vocabulary{"kalu", "miro", "tevo", "the", "of", "and"};
  std::mt19937 random(7);
  const auto word = [&] { return vocabulary[random() % vocabulary.size()]; };
  std::vector<std::vector<std::string>> texts;
  SmallShelf small;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> words{"n" + std::to_string(i)};  // no text twice
    std::string text = words[0];
    for (int n = static_cast<int>(random() % 9); n > 0; --n) {
      words.push_back(word());
      text += " " + words.back();
    }
    texts.push_back(words);
    small.add({std::to_string(1000 + i), text, {}, {}});
  }
  Shelf shelf = small.open();
  const auto scan = [&](auto holds) {
    std::string out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (holds(texts[i])) out += (out.empty() ? "" : " ") + std::to_string(1000 + i);
    }
    return out;
  };
  const auto has = [](const std::vector<std::string>& text, const std::vector<std::string>& part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end()) != text.end();
  };
  for (int i = 0; i < 150; ++i) {
    std::vector<std::string> phrase;
    std::string question;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      phrase.push_back(word());
      question += (question.empty() ? "" : " ") + phrase.back();
    }
    EXPECT_EQ(found(shelf, "\"" + question + "\""),
              scan([&](const auto& text) { return has(text, phrase); }))
        << question;
    const std::string a = word(), b = word(), c = word();
    EXPECT_EQ(found(shelf, "(" + a + " OR \"" + question + "\") AND NOT " + b),
              scan([&](const auto& text) {
                return (has(text, {a}) || has(text, phrase)) && !has(text, {b});
              }))
        << a << ' ' << question << ' ' << b;
    EXPECT_EQ(found(shelf, a + " AND " + b + " AND NOT " + c), scan([&](const auto& text) {
                return has(text, {a}) && has(text, {b}) && !has(text, {c});
              }))
        << a << ' ' << b << ' ' << c;
    EXPECT_EQ(found(shelf, "+" + a + " +" + b + " -\"" + question + "\""),
              scan([&](const auto& text) {
                return has(text, {a}) && has(text, {b}) && !has(text, phrase);
              }))
        << a << ' ' << b << ' ' << question;
  }
}

// 20,000 candidates in the order of their weight were read, in vain: the phrase stood behind them.
TEST(Exact, PhraseOfCommonWordsIsFoundBehindManyThatHoldItsWords) {
  SmallShelf small;
  for (int i = 0; i < 1500; ++i) {
    small.add({fmt::format("{:04}", i), "of beacon the beacon", {}, {}, i % 40 == 0 ? "de" : "en"});
  }
  const std::string rest = " stands upon a rock where seven winds and nine currents meet in winter";
  small.add({"x", "The end of the beacon" + rest + rest, {}, {}});
  small.add({"y", "The end of the beacon" + rest + rest, {}, {}, "de"});  // posts no English pair
  small.add({"z", "of beacon the" + rest, {"End of the beacon"}, {}});
  small.add({"t", "of beacon the" + rest, {}, {small.work(book("Light of the Beacon"))}});
  Shelf shelf = small.open();
  SearchOptions options;
  options.count = 50;
  std::set<std::string> paths;
  const auto answer = must(shelf.search("\"of the beacon\"", options));
  for (const PassageHit& hit : answer.hits) {
    paths.insert(hit.locator.path);
    for (const Locator& also : hit.also) paths.insert(also.path);
  }
  EXPECT_TRUE(paths.contains("x"));
  EXPECT_TRUE(paths.contains("y"));
  EXPECT_TRUE(paths.contains("t"));
  EXPECT_FALSE(paths.contains("0001"));
  EXPECT_FALSE(answer.complete);  // a heading far behind may have it
}

// A title of stop words alone was not looked for behind the first thousand.
TEST(Exact, ATitleOfStopWordsIsFoundBehindManyThatHoldThem) {
  SmallShelf small;
  for (int i = 0; i < 1500; ++i) {
    small.add({fmt::format("{:04}", i), "who stands by the lantern", {}, {}});
  }
  const std::string far = " lantern beacon harbour winter rock wind tide keeper";
  small.add({"t", "the" + far + " who" + far + far, {}, {small.work(book("What the Who Played"))}});
  Shelf shelf = small.open();
  const auto answer = must(shelf.search("\"the who\""));
  ASSERT_EQ(answer.hits.size(), 1u);
  EXPECT_EQ(answer.hits.front().locator.path, "t");
}

TEST(Exact, PhraseOfFewCandidatesIsComplete) {
  SmallShelf small;
  small.add({"a", "The end of the beacon", {}, {}});
  small.add({"b", "Beacons", {"End of the beacon"}, {}});
  Shelf shelf = small.open();
  const auto answer = must(shelf.search("\"of the beacon\""));
  EXPECT_EQ(answer.hits.size(), 2u);
  EXPECT_TRUE(answer.complete);
}

}  // namespace
}  // namespace tome::test
