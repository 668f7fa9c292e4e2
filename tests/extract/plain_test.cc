// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"

namespace tome {
namespace {

constexpr std::string_view kProse =
    "This paragraph is long enough to be one, and it ends in a full stop.";

std::string with_prose(std::string_view text) { return std::string(text) + std::string(kProse); }
std::string prose() { return "P " + std::string(kProse) + "\n"; }

TEST(Plain, Headings) {
  struct Case {
    std::string_view above;
    std::string_view blocks;
  };
  const Case cases[] = {
      {"", ""},
      {"A Short Heading\n", "H1 A Short Heading\n"},
      {"Ends in a full stop.\n", "P Ends in a full stop.\n"},
      {"Is This One?\n", "P Is This One?\n"},
      {"Not this one,\n", "P Not this one,\n"},
      {"The Title\nA Heading\n", "H1 The Title\nH2 A Heading\n"},
      {"The Title: With a Colon and Rather More Words than a Heading Ever Has\n",
       "H1 The Title: With a Colon and Rather More Words than a Heading Ever Has\n"},
      {"The Title\none two three four five six seven eight nine ten eleven twelve thirteen\n",
       "H1 The Title\nP one two three four five six seven eight nine ten eleven twelve thirteen\n"},
      {"Underlined Title\n=====\n\nPart: Two\n-----\n", "H1 Underlined Title\nH2 Part: Two\n"},
      {"Title\n===\nPart\n===\nSub\n---\n", "H1 Title\nH2 Part\nH3 Sub\n"},
      {"PART ONE\n\n", "H1 PART ONE\n"},
      {"# Not Markdown.\n", "P # Not Markdown.\n"},
      {"1. A Title: Its Subtitle\n", "H2# A Title: Its Subtitle\n"},
      {"1. A sentence with a number.\n", "P 1. A sentence with a number.\n"},
      {"1984. A year is no number\n", "H1 1984. A year is no number\n"},
      {"The Title\nby Ann Lee\n", "H1 The Title\nP by Ann Lee\n"},
      {"2. Why Not?\nAuthor: Ann Lee\n", "H2# Why Not?\nP Author: Ann Lee\n"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(show_text(with_prose(c.above)), std::string(c.blocks) + prose()) << c.above;
  }
}

// As pandoc writes it; what only looks alike stays text.
TEST(Plain, TitleNamesAndDate) {
  const Document document =
      read(Format::kText, "The Mill\nIlse Brandt; Søren Ågård\nMay 2021\n\nWater\n\n" +
                              std::string(kProse) + "\n");
  EXPECT_EQ(show(document),
            "H1 The Mill\nP Ilse Brandt; Søren Ågård\nP May 2021\nH2 Water\n" + prose());
  EXPECT_EQ(lines_of(document), "1 2 3 5 7");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ilse Brandt", "Søren Ågård"}));
  EXPECT_EQ(document.meta.year, 2021);
  for (const char* other :
       {"The Mill\nIlse Brandt\n2021\nGoes on.\n", "The Mill\nit was built\nin 1921\n\nx\n",
        "The Mill\nIlse Brandt\nsoon\n\nx\n", "The Mill\nIlse Brandt\n2021",
        "Dear Ann,\nBob Ray\n2021\n\nx\n", "\n\n\n", "a\n"}) {
    EXPECT_TRUE(read(Format::kText, other).meta.authors.empty()) << other;
  }
}

TEST(Plain, TablesKeepTheirColumns) {
  EXPECT_EQ(
      show_text("Wheel        Turns    Share\n------------ -------- ------\n" +
                std::string("Undershot    4 to 6   30 %\nOvershot     8 to 12  70 %\n\n") +
                std::string(kProse)),
      "C Wheel        Turns    Share\\------------ -------- ------\\Undershot    4 to 6   30 %"
      "\\Overshot     8 to 12  70 %\n" +
          prose());
}

TEST(Plain, FirstLinesOfProgramsAreNoTitles) {
  for (const char* line : {"dia = $(wildcard *.dia)", "-- Ann Lee <ann@x.org>", "int main() {"}) {
    EXPECT_EQ(show_text(std::string(line) + "\n\n" + std::string(kProse)),
              "P " + std::string(line) + "\n" + prose());
  }
}

TEST(Plain, SphinxUnderlinesWithStars) {
  EXPECT_EQ(show_text("Policy Manual\n*************\n\nScope\n=====\n\n" + std::string(kProse)),
            "H1 Policy Manual\nH2 Scope\n" + prose());
  EXPECT_EQ(show_text(std::string(kProse) + "\n\n***\n\n" + std::string(kProse)),
            prose() + prose());
}

TEST(Plain, NothingBelowMakesNoHeading) {
  EXPECT_EQ(show_text(""), "");
  EXPECT_EQ(show_text("\n \n\t\n"), "");
  EXPECT_EQ(show_text("Only a Title"), "P Only a Title\n");
  EXPECT_EQ(show_text(with_prose("") + "\nLast Words"), prose() + "P Last Words\n");
}

TEST(Plain, Lists) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"- one\n* two\n\xE2\x80\xA2 three\n", "-1 one\n-1 two\n-1 three\n"},
      {"- one\n  - deep\n    - deeper\n- two\n", "-1 one\n-2 deep\n-3 deeper\n-1 two\n"},
      {"- one\n  goes on\n- two\n", "-1 one goes on\n-1 two\n"},
      {"1. one\n2. two\n3. three\n", "-1 one\n-1 two\n-1 three\n"},
      {"1) one\n   - sub\n2) two\n", "-1 one\n-2 sub\n-1 two\n"},
      {"1. one\n\n2. two\n", "-1 one\n-1 two\n"},
      {"-dash and *star\n", "P -dash and *star\n"},
  };
  for (const auto& [text, blocks] : cases) EXPECT_EQ(show_text(text), blocks) << text;
  // Numbers with text between are headings.
  EXPECT_EQ(show_text(with_prose("1. One Book\n") + with_prose("\n2. Two Books\n")),
            "H2# One Book\n" + prose() + "H2# Two Books\n" + prose());
}

TEST(Plain, Labels) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Key Features:", "L Key Features:\n"},
      {"What Sets It Apart:", "L What Sets It Apart:\n"},
      {"The Pros and Cons of It:", "L The Pros and Cons of It:\n"},
      {"One Two Three Four Five Six Seven:", "P One Two Three Four Five Six Seven:\n"},
      {"these are small:", "P these are small:\n"},
      {"The steps are these:", "P The steps are these:\n"},
      {"Best For: Editors", "P Best For: Editors\n"},
  };
  const std::string before = with_prose("") + "\n";
  for (const auto& [line, blocks] : cases) {
    EXPECT_EQ(show_text(with_prose(before + std::string(line) + "\n")),
              prose() + std::string(blocks) + prose())
        << line;
  }
  EXPECT_EQ(read(Format::kText, with_prose("Some words.\nKey Features:\n- a\n- b\n")).text,
            "Some words.\n\nKey Features:\na\nb\n\n" + std::string(kProse));
}

TEST(Plain, WrappedLinesAreJoined) {
  EXPECT_EQ(show_text("A Title\n"
                      "\n"
                      "The first paragraph is wrapped at some column, so its lines\n"
                      "stop in the middle of sentences and a well-\n"
                      "known word is cut at its hyphen. Then comes\n"
                      "Another capital at a line's beginning, which is no heading at\n"
                      "all here.\n"
                      "\n"
                      "A Heading\n"
                      "Its paragraph stands right below, as some people write it,\n"
                      "and is wrapped like the others.\n"
                      "\n"
                      "Best For: people who wrap their lines and go on in the second\n"
                      "line.\n"
                      "Key Features:\n"
                      "- an item that is so long that it must be wrapped as well and\n"
                      "  goes on here\n"
                      "- another\n"
                      "\n"
                      "2. A Second Title: With a Subtitle That Goes on and on until it is\n"
                      "Wrapped as Well\n"
                      "Author: Ann Lee\n"
                      "\n"
                      "The last paragraph.\n"),
            "H1 A Title\n"
            "P The first paragraph is wrapped at some column, so its lines stop in the middle of "
            "sentences and a well- known word is cut at its hyphen. Then comes Another capital at "
            "a line's beginning, which is no heading at all here.\n"
            "H2 A Heading\n"
            "P Its paragraph stands right below, as some people write it, and is wrapped like the "
            "others.\n"
            "P Best For: people who wrap their lines and go on in the second line.\n"
            "L Key Features:\n"
            "-1 an item that is so long that it must be wrapped as well and goes on here\n"
            "-1 another\n"
            "H2# A Second Title: With a Subtitle That Goes on and on until it is Wrapped as Well\n"
            "P Author: Ann Lee\n"
            "P The last paragraph.\n");
}

TEST(Plain, IndentedCode) {
  EXPECT_EQ(
      show_text("Call it so:\n\n    for (int i = 0; i < n; ++i)\n      sum += a[i];\n\n"
                "    return sum;\n\nand be done.\n"),
      "P Call it so:\nC     for (int i = 0; i < n; ++i)\\      sum += a[i];\\\\    return sum;\n"
      "P and be done.\n");
  EXPECT_EQ(show_text("He wrote:\n\n    No man is an island\n\nand left.\n"),
            "P He wrote:\nP No man is an island\nP and left.\n");
}

TEST(Plain, AMegabyteOnOneLine) {
  std::string text;
  while (text.size() < 1'000'000) text += "many words ";
  EXPECT_EQ(read(Format::kText, text).blocks.size(), 1u);
}

TEST(Plain, TheReviewIsTheSameInEveryForm) {
  const std::string lines = show(read(Format::kText, data_file("review.txt")));
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(show(read(Format::kText, data_file("review.wrapped.txt"))), lines);
  // Markdown and HTML have anchors, and "by Ann and Bob" for "Authors: Ann & Bob".
  const auto roles = [](const Document& document) {
    std::string out;
    for (Block block : document.blocks) {
      Document one;
      block.anchor.clear();
      one.text = document.text;
      std::string line;
      one.blocks = {block};
      line = show(one);
      out += line.rfind("P by ", 0) == 0 || line.rfind("P Author", 0) == 0 ? "P author\n" : line;
    }
    return out;
  };
  const std::string expected = roles(read(Format::kText, data_file("review.txt")));
  EXPECT_EQ(roles(read(Format::kMarkdown, data_file("review.md"))), expected);
  EXPECT_EQ(roles(read(Format::kHtml, data_file("review.html"))), expected);
}

}  // namespace
}  // namespace tome
