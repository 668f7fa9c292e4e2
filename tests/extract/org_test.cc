// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "hostile.h"

namespace tome {
namespace {

std::string show_org(std::string_view text) { return show(read(Format::kOrg, text)); }

void expect_blocks(const std::vector<std::pair<std::string_view, std::string_view>>& cases) {
  for (const auto& [text, blocks] : cases) EXPECT_EQ(show_org(text), blocks) << text;
}

TEST(Org, Headlines) {
  expect_blocks({
      {"", ""},
      {"* One\ntext\n** TODO [#A] Two [1/3] :tag:other:\n*** DONE *Bold* three\n",
       "H1 One\nP text\nH2 Two\nH3 Bold three\n"},
      {"* One\nSCHEDULED: <2020-01-01>\n:PROPERTIES:\n:CUSTOM_ID: the-id\n:END:\ntext",
       "H1 @the-id One\nP text\n"},
      {"#+TODO: WAIT(w) | GONE\n* WAIT One\n* TODOS two\n", "H1 One\nH1 TODOS two\n"},
      {"* A\n* COMMENT hidden\ntext\n** deep\n* B\n", "H1 A\nH1 B\n"},
      {"******** deep", "H6 deep\n"},
      {"*not* a headline", "P not a headline\n"},
      {"* A\n:DRAWER:\nhidden\n:END:\n:OPEN:\nshown\n", "H1 A\nP :OPEN: shown\n"},
  });
}

TEST(Org, Blocks) {
  expect_blocks({
      {"text\n#+begin_src c\nint x;\n\n,* y\n#+end_src\nmore", "P text\nC int x;\\\\* y\nP more\n"},
      {"#+BEGIN_EXAMPLE\n a\n#+END_EXAMPLE\n: fixed\n:   more\n", "C a\nC fixed\\  more\n"},
      {"#+begin_quote\nWords of\nothers.\n#+end_quote\n", "P Words of others.\n"},
      {"#+begin_verse\na\nb\n#+end_verse\nc\nd", "P a\\b\nP c d\n"},
      {"#+begin_export html\n<b>\n#+end_export\n#+begin_comment\nx\n#+end_comment\n# "
       "comment\n#+options: x\ntext",
       "P text\n"},
      {"#+begin_src c\nnever closed", "P never closed\n"},
      {"| a | b |\n|---+---|\n| <l> | <5> |\n| =1= | 2 |\n#+TBLFM: x\n", "| a | b\n| 1 | 2\n"},
      {"#+caption: A table\n| a |\n", "P A table\n| a\n"},
      {"a\n-----\nb", "P a ----- b\n"},
  });
}

TEST(Org, Lists) {
  expect_blocks({
      {"- one\n  more\n  + deep\n  + deep too\n- two\n\n  para\n\nend",
       "-1 one more\n-2 deep\n-2 deep too\n-1 two\n-1 para\nP end\n"},
      {"1. [X] one\n2) [@5] two\n", "-1 one\n-1 two\n"},
      {"- term :: what it is\n- other ::\n\n  Said below.\n",
       "-1 term: what it is\n-1 other: Said below.\n"},
      {"- a\n\n  #+begin_src sh\n  ls\n  #+end_src\n  after\n", "-1 a\nC ls\n-1 after\n"},
      {"  * star\n", "-1 star\n"},
  });
}

TEST(Org, Inline) {
  expect_blocks({
      {"*a* /b/ _c_ =d*e= ~f~ +g+ snake_case __init__ a*b*c 2 * 3 a/b/c /usr/lib/x/ ok",
       "P a b c d*e f g snake_case __init__ a*b*c 2 * 3 a/b/c /usr/lib/x/ ok\n"},
      {"[[http://x.org][the *text*]] [[http://y.org]] [[*Part]] [fn:1] [fn::aside [[u][x]]] <<t>>z "
       "<<<radio>>>",
       "P the text http://y.org Part [1] [aside x] z radio\n"},
      {"[fn:1] The note.\n\n[fn:2] Other.", "P [1] The note.\nP [2] Other.\n"},
      {"#+macro: hi Hello *$1*!\n{{{hi(you)}}} {{{kbd(C-c)}}} @@html:<b>@@x src_c{int y;}",
       "P Hello you! C-c x int y;\n"},
      {"one\\\\\ntwo", "P one\\two\n"},
  });
}

TEST(Org, LinesAndMeta) {
  const Document document =
      read(Format::kOrg,
           "#+title: The Title\n#+AUTHOR: Ann Lee\n#+date: <2021-03-04 Thu>\n#+language: en\n"
           "#+filetags: :a:b:\n\n* Head\npara\nmore\n\n- x\n- y\n#+begin_src c\ncode\n#+end_src\n| "
           "a |\n");
  EXPECT_EQ(lines_of(document), "7 8 11 12 14 16");
  EXPECT_EQ(document.meta.title, "The Title");
  EXPECT_EQ(document.meta.authors, std::vector<std::string>{"Ann Lee"});
  EXPECT_EQ(document.meta.year, 2021);
  EXPECT_EQ(document.meta.language, "en");
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"a", "b"}));
}

TEST(Org, HostileInputsTakeLittleTime) {
  std::string nested;
  for (std::size_t i = 0; i < 2000; ++i) nested += std::string(i, ' ') + "- x\n";
  std::vector<std::string> cases = {
      nested,
      "#+macro: a {{{a}}}{{{a}}}{{{a}}}\n" + many("{{{a}}}", 100'000),
      "#+macro: a " + many("$1", 10'000) + "\n" + many("{{{a(xxxxxxxxxxxxxxxxxxxx)}}}", 10'000),
      many("#+begin_src\n", 100'000),
      many("#+begin_example\n#+begin_src\n", 100'000),
      many(":a:\n", 100'000),
      many("* a\n:PROPERTIES:\n", 100'000),
      many("[fn:a:", 300'000),
      many("[fn:a:x] ", 100'000),
      many("* COMMENT a\n", 100'000),
      many("src_a[", 100'000),
      many("|", 1'000'000) + "\n",
  };
  for (const std::string& text : hostile(cases)) expect_bounded(Format::kOrg, text);
}

}  // namespace
}  // namespace tome
