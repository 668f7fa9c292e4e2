// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <thread>

#include "blocks.h"
#include "hostile.h"

namespace tome {
namespace {

TEST(Markdown, Blocks) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"# Title", "H1 @title Title\n"},
      {"Soft\nbreak  \nhard *em* **strong** `code x` ~~gone~~",
       "P Soft break\\hard em strong code x gone\n"},
      {"[text](http://u.org \"t\") ![picture of a cat](c.png) <http://auto.org>",
       "P text picture of a cat http://auto.org\n"},
      {"a <b>bold</b> word<br>line", "P a bold word\\line\n"},
      {"<div class=x>\n<p>Text &amp; more<!-- no --></p>\n<script>no()</script>\n</div>",
       "P Text & more\n"},
      {"<!-- only a comment -->", ""},
      {"# &#xFFFE;\n\na&#xffff;b\n\n<div>a&#65534;b</div>", "H1 \uFFFD\nP a\uFFFDb\nP a\uFFFDb\n"},
      {"Setext\n===\n\nTwo\n---", "H1 @setext Setext\nH2 @two Two\n"},
      {"## 2. Fluent Gardens: A Guide", "H2# @2-fluent-gardens-a-guide Fluent Gardens: A Guide\n"},
      {"## 3.1. Objects", "H2 @31-objects 3.1. Objects\n"},
      {"# What's `new` in C++?\n# Naïve Café\n# Title {#own}",
       "H1 @whats-new-in-c What's new in C++?\nH1 @naïve-café Naïve Café\nH1 @own Title\n"},
      {"# A\n# A\n# A", "H1 @a A\nH1 @a-1 A\nH1 @a-2 A\n"},
      {"- one\n- two\n  - deep\n\n    more\n- three",
       "-1 one\n-1 two\n-2 deep\n-2 more\n-1 three\n"},
      {"1. one\n2. two\n", "-1 one\n-1 two\n"},
      {"> quoted\n> text\n\nafter", "P quoted text\nP after\n"},
      {"```py\ndef f():\n\n    return 1\n```\n\n    indented()\n",
       "C def f():\\\\    return 1\nC indented()\n"},
      {"| a | b |\n|---|---|\n| 1 `x` | 2 |\n| | |\n", "| a | b\n| 1 x | 2\n"},
      {"**Key Features:**\n\n- one", "L Key Features:\n-1 one\n"},
      {"**Best For:** editors of text", "P Best For: editors of text\n"},
      {"The steps are these:\n\n- one", "P The steps are these:\n-1 one\n"},
  };
  for (const auto& [markdown, blocks] : cases) EXPECT_EQ(show_md(markdown), blocks) << markdown;
}

TEST(Markdown, LinesAreThoseOfTheFile) {
  const Document document =
      read(Format::kMarkdown, "---\ntitle: T\n---\n\n# T\n\ntext\n\n- a\n- b\n\n```\ncode\n```\n");
  EXPECT_EQ(lines_of(document), "5 7 9 10 13");
}

TEST(Markdown, ListItemsAndRowsStandOnLines) {
  EXPECT_EQ(read(Format::kMarkdown, "para\n\n- a\n- b\n\nKey Points:\n\n- c").text,
            "para\n\na\nb\n\nKey Points:\nc");
}

TEST(Markdown, HardInputsTakeLittleTime) {
  const std::string cases[] = {
      std::string(50'000, '>'),       std::string(50'000, '['),
      std::string(50'000, '*') + "a", std::string(100'000, '`'),
      std::string(1'000'000, 'x'),    std::string(20'000, '-') + "\n" + std::string(20'000, '|'),
  };
  for (const std::string& text : cases) EXPECT_TRUE(extract(Format::kMarkdown, text).ok());
}

TEST(Markdown, RowsThatLackManyCellsStaySmall) {
  const auto table = [](std::size_t columns, std::string_view row, std::size_t rows) {
    return many("|a", columns) + "|\n" + many("|-", columns) + "|\n" + many(row, rows);
  };
  expect_bounded(Format::kMarkdown, table(5'000, "|x\n", 10'000));
  expect_bounded(Format::kMarkdown, table(5'000, "\\|\n", 10'000));
  expect_bounded(Format::kMarkdown, many(table(500, "x\n", 100) + "\n", 50));
  // A long table of two columns is one, also without bars at its ends.
  const std::string document = "a|b\n-|-\n" + many("c|d\n", 200'000);
  EXPECT_EQ(read(Format::kMarkdown, document).blocks.back().style, Style::kTableRow);
}

TEST(Markdown, ThreadsReadAlike) {
  const std::string text =
      "# T\n\n| a | ~~b~~ |\n|---|---|\n| http://x.org | 2 |\n\n- ~~x~~ www.y.org\n";
  const std::string expected = show_md(text);
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 300; ++i) wrong[t] += show_md(text) != expected;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : wrong) EXPECT_EQ(count, 0);
}

}  // namespace
}  // namespace tome
