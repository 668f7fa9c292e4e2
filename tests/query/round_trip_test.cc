// SPDX-License-Identifier: GPL-2.0-or-later
// Properties that hold for any bytes: the tree is canonical, within bounds, and comes back from its
// own question.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "complaint.h"
#include "support/growth.h"

namespace tome {
namespace {

using std::string_view_literals::operator""sv;
using Op = Node::Op;

std::string random_question(std::mt19937& random, std::size_t pieces) {
  static const std::vector<std::string_view> alphabet = {
      "a",     "b",      "n",     "x1",     " ",   " ",      " ",    " ",   " ",
      "(",     "(",      ")",     ")",      "\"",  "+",      "-",    " +",  " -",
      " AND ", " OR ",   " NOT ", "AND",    "OR",  "NOT",    "*",    "\\",  ":",
      "kind:", "title:", "year:", "2015",   "..",  "author", "?",    ",",   ".",
      "“",     "”",      "„",     "«",      "»",   "描述",   "é",    "…",   "\xE2",
      "\x80",  "\xFF",   "\xC2",  "\0"sv,   "\n",  "\x01",   "\xA0", " (",  ") ",
      "'",     "::",     "f(",    " year:", " -(", "\\(",    "\\\"", " \\", "NOT(",
  };
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  std::string question;
  for (std::size_t i = 0; i < pieces; ++i) question += alphabet[pick(random)];
  return question;
}

TEST(RoundTrip, RandomQuestions) {
  constexpr std::uint32_t kSeed = 20240229;
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::size_t> length(1, 24);
  for (int i = 0; i < 100'000; ++i) {
    const std::string question = random_question(random, length(random));
    ASSERT_EQ(complaint(question), "") << "seed " << kSeed << ", question " << i;
  }
}

TEST(RoundTrip, LongRandomQuestions) {
  constexpr std::uint32_t kSeed = 7;
  std::mt19937 random(kSeed);
  for (int i = 0; i < 200; ++i) {
    const std::string question = random_question(random, 3'000 + 200 * static_cast<std::size_t>(i));
    ASSERT_EQ(complaint(question), "") << "seed " << kSeed << ", question " << i;
  }
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(Bounds, LargeQuestionsTakeLinearTimeAndComeBack) {
  const std::vector<std::string> questions = {
      repeated("x", 1 << 20),
      repeated("描", 1 << 19),
      repeated("word ", 10'000),
      repeated("+word ", 10'000),
      repeated("-\"w\" ", 10'000),
      repeated("(", 10'000),
      repeated(")", 10'000),
      repeated("f(", 10'000),
      repeated("(a ", 10'000),
      repeated("(a OR ", 10'000) + "b",
      repeated("a -(", 10'000),
      repeated("AND ", 20'000),
      repeated("a AND NOT b ", 10'000),
      repeated("\\", 1 << 20),
      repeated("a AND -b OR ", 9'000),
      "«" + repeated("\"a", 1 << 19),
      repeated("year:\"x ", 100'000),
      repeated("\"", 100'001),
      repeated("(a -b) ", 10'000),
      repeated("NOT(", 10'000) + "a",
      std::string(1 << 20, '\0'),
      repeated("-f( ", 20'000),
      repeated("\xE2\x80", 1 << 19),
      repeated("title:(", 100'000),
  };
  for (const std::string& question : questions) {
    SCOPED_TRACE(question.substr(0, 20));
    expect_linear(question.size(),
                  [&](std::size_t size) { parse_query(question.substr(0, size)); });
    EXPECT_EQ(complaint(question), "");
  }
}

TEST(Bounds, AreWhatTheHeaderSays) {
  EXPECT_EQ(parse_query(repeated("word ", 10'000)).children.size(), 1000U);
  EXPECT_EQ(parse_query(repeated("AND ", 10'000)).children.size(), 1000U);
  EXPECT_EQ(parse_query(std::string(1 << 20, 'x')).text.size(), 64U * 1024);
  // Not cut inside a character.
  EXPECT_EQ(parse_query(repeated("描", 1 << 19)).text.size(), 64U * 1024 / 3 * 3);
  const std::string deep = repeated("(a -", 10'000);
  EXPECT_EQ(describe(parse_query("a AND (b OR c")), "(and a (or b c))");
  EXPECT_LE(depth(parse_query(deep)), 250U);
  EXPECT_EQ(leaves(parse_query(repeated("a (b -c ", 60) + repeated(")", 60))), 180U);
}

}  // namespace
}  // namespace tome
