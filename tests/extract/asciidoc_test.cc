// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "hostile.h"

namespace tome {
namespace {

std::string show_adoc(std::string_view text) { return show(read(Format::kAsciiDoc, text)); }

void expect_blocks(const std::vector<std::pair<std::string_view, std::string_view>>& cases) {
  for (const auto& [text, blocks] : cases) EXPECT_EQ(show_adoc(text), blocks) << text;
}

TEST(AsciiDoc, Sections) {
  expect_blocks({
      {"", ""},
      {"= Title\n\n== One Two\n\ntext\n\n=== Three ===\n",
       "H1 Title\nH2 @_one_two One Two\nP text\nH3 @_three Three\n"},
      {"git-add(1)\n==========\n\nNAME\n----\ngit-add - adds\n",
       "H1 git-add(1)\nH2 @_name NAME\nP git-add - adds\n"},
      {"[[own]]\n== A\n\n[#two.role]\n== A\n\n== A\n\n== A\n",
       "H2 @own A\nH2 @two A\nH2 @_a_3 A\nH2 @_a_4 A\n"},
      {":idprefix:\n:idseparator: -\n\n== What's New in C++?\n",
       "H2 @whats-new-in-c What's New in C++?\n"},
      {"text\n\n'''\n\nmore\n<<<\n", "P text\nP more <<<\n"},
  });
}

TEST(AsciiDoc, Lists) {
  expect_blocks({
      {"* one\nmore\n** deep\n*** deeper\n* two\n\n. n\n.. m\n",
       "-1 one more\n-2 deep\n-3 deeper\n-1 two\n-2 n\n-3 m\n"},
      {"* one\n+\nattached\n+\n----\ncode\n----\n\nafter",
       "-1 one\n-1 attached\nC code\nP after\n"},
      {"-n::\n--dry-run::\n\tDoes nothing.\n+\nMore.\n\nterm:: text\nterm2;; deep\n\nend",
       "-1 -n, --dry-run: Does nothing.\n-1 More.\n-1 term: text\n-2 term2: deep\nP end\n"},
      {"a::\n\n  text\n\nb::\n* item\n", "-1 a: text\n-1 b:\n-2 item\n"},
      {"* [x] done\n* [ ] open\n", "-1 done\n-1 open\n"},
      {"<1> the call\n<2> the end\n", "-1 the call\n-1 the end\n"},
      {"* a\n+\n--\npara\n\n* inner\n--\n* b\n", "-1 a\n-1 para\n-2 inner\n-1 b\n"},
  });
}

TEST(AsciiDoc, Blocks) {
  expect_blocks({
      {"[source,c]\n----\nint x;\n\n  y();\n----\ntext", "C int x;\\\\  y();\nP text\n"},
      {"....\n a *b*\n....\n\n```js\nx\n```\n", "C  a *b*\nC x\n"},
      {" literal\n  lines\n\ntext", "C literal\\ lines\nP text\n"},
      {"[source]\none\ntwo\n\ntext", "C one\\two\nP text\n"},
      {"NOTE: Take *care*.\n\n[TIP]\n====\nFirst.\n\nSecond.\n====\n\n[WARNING]\nHot.\n",
       "P Note: Take care.\nP Tip: First.\nP Second.\nP Warning: Hot.\n"},
      {"[quote, Ann Lee, A Book]\n____\nWords.\n____\n", "P Words.\nP \u2014 Ann Lee, A Book\n"},
      {"[verse]\na\nb\n", "P a\\b\n"},
      {"// comment\n////\nblock\n////\n++++\n<b>\n++++\ntext\n// in\nmore", "P text more\n"},
      {".A title\n----\nx\n----\n", "P A title\nC x\n"},
      {"image::a.png[A red cat,300]\n\ninclude::dir/b.adoc[]\n\ntoc::[]\n",
       "P A red cat\nP Included: dir/b.adoc\n"},
      {"ifdef::env-github[]\nno\nendif::[]\nifdef::x[]\nyes\nendif::[]\nifndef::y[]\ntoo\nendif::[]"
       "\n",
       "P yes too\n"},
      {"----\nnever closed", "C never closed\n"},
      {"----\n----\n", ""},
  });
}

TEST(AsciiDoc, Tables) {
  expect_blocks({
      {"|===\n|A |B\n\n|1\n|2\n\n|3 |*4*\n|===\n", "| A | B\n| 1 | 2\n| 3 | 4\n"},
      {"[cols=\"1,2a\",options=\"header\"]\n|===\n|A\n|B\n2+|wide\na|x\ny |z\n|===\n",
       "| A | B\n| wide\n| x y | z\n"},
      {",===\na,\"b, c\"\n,===\n", "| a | b, c\n"},
      {"|===\n|a \\| b |c\n|===\nafter", "| a \\| b | c\nP after\n"},
  });
}

TEST(AsciiDoc, Inline) {
  expect_blocks({
      {"*a* _b_ `c` #d# **e**f __g__h ``i``j +k+ x^2^ H~2~O", "P a b c d ef gh ij k x2 H2O\n"},
      {"snake_case_name __init__ a*b*c 2 * 3 * 4 `*x*` C:\\dir \\*kept*",
       "P snake_case_name __init__ a*b*c 2 * 3 * 4 *x* C:\\dir *kept*\n"},
      {"<<id,the text>> <<_some_part>> xref:a.adoc#b[Text] xref:x[] link:u.html[here^] "
       "https://u.org/a_b_c[site,window=_blank] http://v.org/_x_",
       "P the text some part Text x here site http://v.org/_x_\n"},
      {"linkgit:git-add[1] kbd:[Ctrl+C] menu:File[Save] footnote:[a *note*] image:x.png[cat] "
       "((term)) (((a,b))) [[x]]y",
       "P git-add(1) Ctrl+C File > Save [a note] cat term y\n"},
      {":name: The *Tool*\n:twice: {name} {name}\n\n{twice} {unknown} {nbsp}x {plus}",
       "P The Tool The Tool {unknown} x +\n"},
      {"[.role]#text# and ``Old quotes'' &amp; &#8212; \"`new`\"",
       "P text and \"Old quotes\" & \u2014 \"new\"\n"},
      {"<<there>> xref:_the_end[]\n\n[[there]]\n== The *Place*\n\n== The End\n",
       "P The Place The End\nH2 @there The Place\nH2 @_the_end The End\n"},
      {"Title\n=====\n\nthe 'word' isn't it's\n", "H1 Title\nP the word isn't it's\n"},
      {"one +\ntwo", "P one\\two\n"},
      {"*_both_* and *open _text", "P both and *open _text\n"},
  });
}

TEST(AsciiDoc, HeaderLinesAndMeta) {
  const Document document =
      read(Format::kAsciiDoc,
           "// c\n= The Title\nAnn Lee <ann@x.org>; Bob Ray\nv1.0, 2020-05-01\n:keywords: a, b\n"
           ":lang: en\n\nPara\nmore\n\n* x\n* y\n\n----\ncode\n----\n\n|===\n|a\n|===\n");
  EXPECT_EQ(show(document), "H1 The Title\nP Para more\n-1 x\n-1 y\nC code\n| a\n");
  EXPECT_EQ(lines_of(document), "2 8 11 12 15 19");
  EXPECT_EQ(document.meta.title, "The Title");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ann Lee", "Bob Ray"}));
  EXPECT_EQ(document.meta.year, 2020);
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(document.meta.language, "en");
  EXPECT_EQ(lines_of(read(Format::kAsciiDoc, "ifdef::x[]\na\nendif::[]\n\nb")), "2 5");
  const Document front = read(Format::kAsciiDoc, "---\ntitle: T\n---\n\ntext");
  EXPECT_EQ(front.meta.title, "T");
  EXPECT_EQ(lines_of(front), "5");
}

TEST(AsciiDoc, HostileInputsTakeLittleTime) {
  std::string doubling = ":a0: xxxxxxxxxx\n";
  for (int i = 1; i < 60; ++i) {
    doubling += ":a" + std::to_string(i) + ": {a" + std::to_string(i - 1) + "}{a" +
                std::to_string(i - 1) + "}\n";
  }
  std::vector<std::string> cases = {
      doubling + "\n" + many("{a8}{a59} ", 100'000),
      ":a: {a}{a}\n\n" + many("{a}", 300'000),
      many("====\n", 100'000),
      many("====\n=====\n======\n", 50'000),
      many("--\n\n____\n\n", 50'000),
      many("ifdef::a[]\n", 100'000),
      many("|===\n", 100'000),
      "|===\n" + many("64*|x", 10'000),
      "|===\n" + many("64*|x\n", 30'000) + "|===\n",
      many("|===\n64*|x\n|===\n\n", 10'000),
      "|===\n64*|" + many("word ", 40'000) + "\n|===\n",
      "[cols=\"1000*\"]\n|===\n" + many("|x", 100'000),
      many("a::\n", 100'000),
      many("[[a]]\n", 100'000),
      many("http://", 100'000),
      many("footnote:[", 100'000),
      many("link:a[", 100'000),
      many("[.a]#", 100'000),
  };
  std::string lists;
  for (std::size_t i = 1; i < 2000; ++i) lists += std::string(i, '*') + " x\n";
  cases.push_back(lists);
  for (const std::string& text : hostile(cases)) expect_bounded(Format::kAsciiDoc, text);
}

}  // namespace
}  // namespace tome
