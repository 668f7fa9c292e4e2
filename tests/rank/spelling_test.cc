// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/spelling.h"

#include <gtest/gtest.h>

#include "small_shelf.h"

namespace tome::test {
namespace {

const NearWords kWords(std::vector<WordCount>{{"descriptor", 5},
                                              {"descriptors", 9},
                                              {"iterator", 4},
                                              {"knuth", 2},
                                              {"lock", 8},
                                              {"python", 30},
                                              {"http2", 3},
                                              {"über", 2}});

std::string corrected(std::string_view question, const std::vector<std::string>& unknown) {
  Node tree = parse_query(question);
  correct(tree, unknown, kWords);
  return describe_question(tree);
}

TEST(Spelling, CorrectsPlainWordsThatAreUnknown) {
  struct Case {
    std::string_view question;
    std::vector<std::string> unknown;
    std::string_view corrected;
  };
  const Case cases[] = {
      {"how do descriptros work", {"descriptros"}, "how do descriptors work"},  // swapped letters
      {"Pyhton", {"pyhton"}, "python"},
      {"iteratr", {"iteratr"}, "iterator"},
      {"descroptars", {"descroptars"}, "descriptors"},  // two edits in a long word
      {"pythno OR knuht", {"pythno", "knuht"}, "python OR knuth"},
      // Left as typed.
      {"a b c d e f g h pyhton", {"pyhton"}, "a b c d e f g h pyhton"},  // prose
      {"python", {}, "python"},
      {"pyhton", {}, "pyhton"},                // known
      {"lokc", {"lokc"}, "lokc"},              // too short
      {"mython", {"mython"}, "mython"},        // another first letter
      {"itaretor", {"itaretor"}, "itaretor"},  // two edits, eight letters
      {"pyyton_x", {"pyyton_x"}, "pyyton_x"},  // identifiers
      {"http3", {"http3"}, "http3"},
      {"pyTohn", {"pytohn"}, "pyTohn"},
      {"lock +pythno", {"pythno"}, "lock +pythno"},  // required as it is
      {"lock -pythno", {"pythno"}, "lock -pythno"},
      {"\"pythno lock\"", {"pythno"}, "\"pythno lock\""},
      {"author:knoth", {"knoth"}, "author:knoth"},
      {"pytho*", {"pytho"}, "pytho*"},
  };
  for (const Case& c : cases) EXPECT_EQ(corrected(c.question, c.unknown), c.corrected);
}

TEST(Spelling, IsSaidInTheAnswerAndCanBeTurnedOff) {
  SmallShelf shelf;
  shelf.add({"a", "A descriptor is an object that manages access.", {}, {}});
  shelf.add({"b", "A descriptor again, and a kettle.", {}, {}});
  Shelf open = shelf.open();
  Answer<PassageHit> answer = must(open.search("descriptr"));
  ASSERT_EQ(answer.corrections.size(), 1u);
  EXPECT_EQ(answer.corrections[0].typed, "descriptr");
  EXPECT_EQ(answer.corrections[0].used, "descriptor");
  EXPECT_EQ(answer.hits.size(), 2u);
  EXPECT_EQ(answer.understood, "descriptor");
  EXPECT_TRUE(answer.suggestions.empty());
  SearchOptions as_typed;
  as_typed.correct = false;
  answer = must(open.search("descriptr", as_typed));
  EXPECT_TRUE(answer.corrections.empty());
  EXPECT_TRUE(answer.hits.empty());
  ASSERT_EQ(answer.suggestions.size(), 1u);
  EXPECT_EQ(answer.suggestions[0].nearest, std::vector<std::string>{"descriptor"});
}

}  // namespace
}  // namespace tome::test
