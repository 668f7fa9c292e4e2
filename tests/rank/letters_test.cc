// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/letters.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "analysis/analyser.h"

namespace tome {
namespace {

TEST(LetterRun, SaysNoOnlyToTextsThatLackTheWords) {
  const LetterRun run({"in", "order", "to"});
  for (const char* text : {"in order to be", "In\nORDER, to", "inOrderTo", "in_order_to",
                           "xin\u2014order\u201cto", "main-order-topping", "i.n. o.r.d.e.r t o"}) {
    EXPECT_FALSE(run.surely_not_in(text)) << text;
  }
  for (const char* text : {"", "in order", "to in order", "in an order to", "in order 2 to"}) {
    EXPECT_TRUE(run.surely_not_in(text)) << text;
  }
  // Letters that may fold to others, and marks that are left out of words.
  for (const char* text : {"\u00ecn order", "or\u00adder", "\uff49\uff4e", "\u200b", "\u00b9"}) {
    EXPECT_FALSE(run.surely_not_in(text)) << text;
  }
  EXPECT_FALSE(LetterRun({"utf8"}).surely_not_in("nothing"));  // no letters alone: not known
  EXPECT_FALSE(LetterRun({"na\u00efve"}).surely_not_in("nothing"));
  EXPECT_FALSE(LetterRun(std::vector<std::string>()).surely_not_in("nothing"));
}

std::vector<std::string> atoms(Analyser& analyser, std::string_view text) {
  std::vector<std::string> words;
  for (const Token& token : analyser.analyse(text)) {
    if (token.atom) words.emplace_back(token.surface);
  }
  return words;
}

// Whatever the analyser finds in a row of a text, the quick look finds possible.
TEST(LetterRun, NeverContradictsTheAnalyser) {
  static constexpr const char* kParts[] = {"in",
                                           "order",
                                           "to",
                                           "be",
                                           "don't",
                                           "C++",
                                           "U.S.",
                                           "e.g.",
                                           "camelCase",
                                           "utf8",
                                           "1,000",
                                           "foo_bar",
                                           "a-b",
                                           "x.y()",
                                           "http://a.b/c",
                                           "caf\u00e9",
                                           "\u201cit\u201d",
                                           "--all",
                                           "I'm",
                                           "HTMLParser",
                                           "v2",
                                           "@x",
                                           "#tag",
                                           "\u4e2d\u6587",
                                           "\u2014",
                                           "the",
                                           "of"};
  static constexpr const char* kBetween[] = {" ", "\n", ", ", "-", "", ". ", "\u2019", "/", "_"};
  Analyser analyser("en");
  std::uint64_t lacks = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    std::mt19937 random(seed);
    const auto pick = [&](const auto& list) { return list[random() % std::size(list)]; };
    std::string text;
    for (int i = 0; i < 12; ++i) text += std::string(pick(kParts)) + pick(kBetween);
    const std::vector<std::string> words = atoms(analyser, text);
    for (std::size_t begin = 0; begin < words.size(); ++begin) {
      for (std::size_t end = begin + 1; end <= std::min(words.size(), begin + 4); ++end) {
        const auto at = [&](std::size_t i) {
          return words.begin() + static_cast<std::ptrdiff_t>(i);
        };
        const std::vector<std::string> phrase(at(begin), at(end));
        EXPECT_FALSE(LetterRun(phrase).surely_not_in(text))
            << text << ": " << phrase.front() << " to " << phrase.back();
      }
    }
    lacks += LetterRun({"order", "parser", "bar"}).surely_not_in(text) ? 1 : 0;
  }
  EXPECT_GT(lacks, 20u);  // texts of plain letters and signs are among them
}

}  // namespace
}  // namespace tome
