// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/wrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "present/samples.h"
#include "present/terminal.h"
#include "text/text.h"

namespace tome {
namespace {

std::string wrapped(std::string_view text, std::size_t width, bool blank_lines = false) {
  std::string out;
  for (const Line& line : wrap(text, width, blank_lines)) {
    out += std::string(line.indent, ' ');
    out += std::string(text.substr(line.begin, line.end - line.begin)) + '\n';
  }
  return out;
}

TEST(Wrap, Table) {
  const struct {
    std::string_view text;
    std::size_t width;
    std::string_view lines;
  } cases[] = {
      {"", 10, ""},
      {"one", 3, "one\n"},
      {"one two", 6, "one\ntwo\n"},
      {"one two", 7, "one two\n"},
      {"one   two", 5, "one\ntwo\n"},
      {"use --offset or well-known a/b", 12, "use --offset\nor\nwell-known\na/b\n"},
      {"std::vector<int>::size", 10, "std::vecto\nr<int>::si\nze\n"},
      {"a std::vector", 6, "a\nstd::v\nector\n"},
      {"words end …", 9, "words\nend …\n"},
      {"日本語の本", 4, "日本\n語の\n本\n"},
      {"日本。語", 4, "日\n本。\n語\n"},
      {"data データ", 7, "data\nデータ\n"},
      {"e\u0301e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301\ne\u0301e\u0301\n"},
      {"👩🏽‍💻👩🏽‍💻", 7, "👩🏽‍💻\n👩🏽‍💻\n"},
      {"한국어 문서", 6, "한국어\n문서\n"},
      {"if x:\n    return y", 30, "if x:\n    return y\n"},
      {"    return first + second", 18, "    return first +\n    second\n"},
      {"                    deep", 10, "     deep\n"},
      {"\n\none\n\n\ntwo\n", 10, "one\ntwo\n"},
  };
  for (const auto& c : cases) EXPECT_EQ(wrapped(c.text, c.width), c.lines) << c.text;
}

TEST(Wrap, KeepsOneEmptyLine) {
  EXPECT_EQ(wrapped("one\n\n \n\ntwo\n\n", 10, true), "one\n\ntwo\n");
}

TEST(Wrap, NoLineIsWiderAndNoCharacterIsLost) {
  const std::string text =
      "Ein langer Satz mit 漢字 und https://example.org/a/very/long/path?query=ディスクリプタ, "
      "dann "
      "ภาษาไทยเขียนติดกันโดยไม่เว้นวรรคระหว่างคำ und "
      "👍🏽👍🏽👍🏽 "
      "am "
      "Ende.";
  for (std::size_t width = 4; width < 60; ++width) {
    std::string joined;
    for (const Line& line : wrap(text, width, false)) {
      const std::string_view row = std::string_view(text).substr(line.begin, line.end - line.begin);
      EXPECT_LE(display_width(row), width) << row;
      EXPECT_NE(row, "");
      joined += row;
    }
    std::string all = text;
    std::erase(all, ' ');
    std::erase(joined, ' ');
    EXPECT_EQ(joined, all) << width;
  }
}

TEST(Wrap, AVeryLongWordTakesLinearTime) {
  const std::string word(1'000'000, 'x');
  EXPECT_EQ(wrap(word, 80, false).size(), 12'500u);
}

TEST(Wrap, WideCharactersInAPassage) {
  const auto answer = samples::text_only(
      "ディスクリプタは属性の読み書きを横取りする仕組みであり、プロパティの土台でもある。__get__"
      "を持つクラスがそうです。");
  EXPECT_EQ(present_passages(answer, 0, {false, false, 40, {}}),
            R"(1. a.txt
  ディスクリプタは属性の読み書きを横取り
  する仕組みであり、プロパティの土台でも
  ある。__get__を持つクラスがそうです。
  a.txt:1  id
)");
}

TEST(Wrap, CodeInAPassageKeepsItsLines) {
  const auto answer =
      samples::text_only("A class:\n\nclass Quantity:\n\tdef __set__(self):\n\t\tpass");
  EXPECT_EQ(present_passages(answer, 0, {}),
            R"(1. a.txt
  A class:
  class Quantity:
      def __set__(self):
          pass
  a.txt:1  id
)");
}

TEST(Wrap, WidthIsHeldBetween40And100) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "abc ";
  const auto answer = samples::text_only(text);
  const auto longest = [&](unsigned width) {
    const std::string out = present_passages(answer, 0, {false, false, width, {}});
    std::size_t most = 0;
    for (std::size_t begin = 0; begin < out.size();) {
      const std::size_t end = out.find('\n', begin);
      most = std::max(most, end - begin);
      begin = end + 1;
    }
    return most;
  };
  EXPECT_EQ(longest(10), 37u);  // two of margin, nine words
  EXPECT_EQ(longest(0), 77u);   // not known: 80
  EXPECT_EQ(longest(300), 97u);
}

}  // namespace
}  // namespace tome
