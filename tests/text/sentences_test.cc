// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "text/breaks.h"
#include "text/text.h"

namespace tome {
namespace {

TEST(Sentences, Table) {
  const struct {
    const char* text;
    std::vector<std::string> sentences;
  } cases[] = {
      {"", {}},
      {"One here. Two there!  Three?", {"One here. ", "Two there!  ", "Three?"}},
      {"Ask Dr. Ames, e.g. Tuesday. Or not.", {"Ask Dr. Ames, e.g. Tuesday. ", "Or not."}},
      {"Cats vs. Dogs. Mr. Fox ran.", {"Cats vs. Dogs. ", "Mr. Fox ran."}},
      {"See Fig. 3 and No. 7. Then stop.", {"See Fig. 3 and No. 7. ", "Then stop."}},
      {"I said no. 7 came.", {"I said no. 7 came."}},
      {"He said no. We left.", {"He said no. ", "We left."}},
      {"Pi is 3.14 or so. Yes.", {"Pi is 3.14 or so. ", "Yes."}},
      {"By J. Smith. It sold.", {"By J. Smith. ", "It sold."}},
      {"Ants, bees, etc. are small. Etc. is a word.",
       {"Ants, bees, etc. are small. ", "Etc. is a word."}},
      {"A list, etc. It ends.", {"A list, etc. ", "It ends."}},
      {"A title\nA line.\nEnd", {"A title\n", "A line.\n", "End"}},
      {"\u4ECA\u5929\u3002\u660E\u5929\u3002", {"\u4ECA\u5929\u3002", "\u660E\u5929\u3002"}},
  };
  for (const auto& c : cases) {
    const std::string text = c.text;
    std::vector<std::string> found;
    for (const Range r : sentences(text, "en"))
      found.push_back(text.substr(r.begin, r.end - r.begin));
    EXPECT_EQ(found, c.sentences) << text;
  }
}

TEST(CountWords, Table) {
  EXPECT_EQ(count_words(""), 0U);
  EXPECT_EQ(count_words("It isn't 3.14, is it?"), 5U);
  EXPECT_EQ(count_words("snake_case and __ - ++ @ _@"), 2U);
  EXPECT_EQ(count_words("a na\u00EFve view"), 3U);
  EXPECT_EQ(count_words("\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35\u0E04\u0E23\u0E31\u0E1A"), 2U);
  EXPECT_EQ(count_words("\u5168\u6587\u691C\u7D22"), 2U);
}

TEST(CountWords, AsciiAsIcu) {
  std::mt19937 random(3);
  const std::string alphabet = "abZ09_.,;:'\"-/ \n()@";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 10; ++i) text += alphabet[random() % alphabet.size()];
    text += static_cast<char>(1 + random() % 127);
    text += alphabet[random() % alphabet.size()];
    std::size_t icu = 0;
    for_each_word(text, [&icu](std::size_t, std::size_t, bool word) { icu += word ? 1 : 0; });
    ASSERT_EQ(count_words(text), icu) << text;
  }
}

}  // namespace
}  // namespace tome
