// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "hostile.h"

namespace tome {
namespace {

std::string show_rst(std::string_view text) { return show(read(Format::kRst, text)); }

void expect_blocks(const std::vector<std::pair<std::string_view, std::string_view>>& cases) {
  for (const auto& [text, blocks] : cases) EXPECT_EQ(show_rst(text), blocks) << text;
}

TEST(Rst, Sections) {
  expect_blocks({
      {"", ""},
      {"Title\n=====\n\ntext", "H1 @title Title\nP text\n"},
      {"=====\nTitle\n=====\n\nOne\n===\n\nTwo\n---\n\nThree\n=====\n",
       "H1 @title Title\nH2 @one One\nH3 @two Two\nH2 @three Three\n"},
      {"A title too long\n======\n\nx", "H1 @a-title-too-long A title too long\nP x\n"},
      {"Abc\n==\n", "P Abc ==\n"},
      {"2. Café ``x_y``\n~~~~~~~~~~~~~~~\n", "H1# @cafe-x-y Café x_y\n"},
      {"above\n\n----\n\nbelow", "P above\nP below\n"},
      {".. _My Target_1:\n\nTitle\n=====\n", "H1 @my-target-1 Title\n"},
      {"A\n=\n\nA\n=\n", "H1 @a A\nH1 A\n"},
  });
}

TEST(Rst, Lists) {
  expect_blocks({
      {"- one\n  more\n- two\n\n  * deep\n\n  second\n",
       "-1 one more\n-1 two\n-2 deep\n-1 second\n"},
      {"1. one\n2) two\n\n#. three\n\n(a) four\n", "-1 one\n-1 two\n-1 three\n-1 four\n"},
      {"A. Einstein was a man\nof physics.", "P A. Einstein was a man of physics.\n"},
      {"term\n  What it is.\n\n  More.\nother : int\n  Said.",
       "-1 term: What it is.\n-1 More.\n-1 other : int: Said.\n"},
      {"text\n\n:param x: the value\n:returns: nothing\n",
       "P text\n-1 x: the value\n-1 returns: nothing\n"},
      {"-a          All of it.\n--file=X  Reads X.\n",
       "-1 -a: All of it.\n-1 --file=X: Reads X.\n"},
      {"| a line\n| another\n  of two", "P a line\\another of two\n"},
      {"text\n\n   A quote.\n\n   -- Author", "P text\nP A quote.\nP -- Author\n"},
  });
}

TEST(Rst, Code) {
  expect_blocks({
      {"Like this::\n\n   a\n     b\n\n   c\n\nafter", "P Like this:\nC a\\  b\\\\c\nP after\n"},
      {"So ::\n\n  *x*\n", "P So\nC *x*\n"},
      {"::\n\n\tx\n", "C x\n"},
      {"So it is::\n\n> a\n> b\n\nafter", "P So it is:\nC > a\\> b\nP after\n"},
      {".. code-block:: python\n   :linenos:\n\n   def f():\n       pass\n",
       "C def f():\\    pass\n"},
      {".. parsed-literal::\n\n   cp *file* ``x``\n", "C cp file x\n"},
      {">>> 1 + 1\n2\n\ntext", "C >>> 1 + 1\\2\nP text\n"},
      {".. literalinclude:: a.py\n\ntext", "P text\n"},
      {".. math:: a^2\n", "C a^2\n"},
  });
}

TEST(Rst, Directives) {
  expect_blocks({
      {".. note:: Read *this*.\n\n   And that.\n", "P Note: Read this.\nP And that.\n"},
      {".. warning::\n\n   - one\n", "L Warning:\n-1 one\n"},
      {".. versionadded:: 3.8\n\n.. versionchanged:: 3.9\n   Now *fast*.\n\n.. deprecated:: 3.1 "
       "Use x.\n",
       "P New in version 3.8\nP Changed in version 3.9: Now fast.\nP Deprecated since version 3.1: "
       "Use x.\n"},
      {".. deprecated-removed:: 3.11 3.13\n   Gone.\n",
       "P Deprecated since version 3.11, removed in version 3.13: Gone.\n"},
      {".. image:: a.png\n   :alt: x\n\n.. toctree::\n   :maxdepth: 2\n\n   a\n   b\n\n.. index:: "
       "x\n\n"
       ".. only:: html\n\n   x\n\n.. a comment\n   more\n\ntext",
       "P text\n"},
      {"..\n\n   a quote, not a comment", "P a quote, not a comment\n"},
      {".. figure:: a.png\n   :width: 5\n\n   The caption.\n", "P The caption.\n"},
      {".. admonition:: Watch out\n\n   Text.\n", "P Watch out\nP Text.\n"},
      {".. module:: os.path\n\n.. class:: Walk(top, *, x=1)\n\n   Walks.\n\n   .. method:: "
       "next()\n\n      Goes on.\n\n"
       ".. function:: join(path)\n              join(a, b)\n   :noindex:\n\n   Joins.\n",
       "P @os.path.Walk class os.path.Walk(top, *, x=1)\\Walks.\n"
       "P @os.path.Walk.next os.path.Walk.next()\\Goes on.\n"
       "P @os.path.join os.path.join(path)\\os.path.join(a, b)\\Joins.\n"},
      {".. c:function:: int f(char *x)\n\n   Does.\n", "P @c.f int f(char *x)\\Does.\n"},
      {".. glossary::\n\n   term\n      Its meaning.\n", "-1 term: Its meaning.\n"},
  });
}

TEST(Rst, Tables) {
  expect_blocks({
      {"+---+-----+\n| a | b   |\n+===+=====+\n| 1 | ``x`` |\n|   | y   |\n+---+-----+\n| wide    "
       "|\n+---+-----+\n",
       "| a | b\n| 1 | x y\n| wide\n"},
      {"+---+---+\n| a | b |\n|   +---+\n|   | c |\n", "| a | b\n| | c\n"},
      {"=====  ====\nName   Use\n=====  ====\na      one\n       two\nb      é x\n=====  "
       "====\n\nafter",
       "| Name | Use\n| a | one two\n| b | é x\nP after\n"},
      {".. list-table:: Words\n   :header-rows: 1\n\n   * - A\n     - B\n   * - *1*\n       more\n "
       "    - 2\n",
       "P Words\n| A | B\n| 1 more | 2\n"},
      {"==  ==\na   b\n\n    .. versionadded:: 3.4\n==  ==\n", "| a | b New in version 3.4\n"},
      {".. csv-table::\n   :header: a, b\n\n   \"x, y\", 2\n   \"q\"\"q\", 3\n",
       "| a | b\n| x, y | 2\n| q\"q | 3\n"},
  });
}

// docutils makes of such a pair the title and the subtitle.
TEST(Rst, ASubtitleIsNoChapter) {
  const std::string head = "=====\nMills\n=====\n------\nA Year\n------\n\nx\n\n";
  const Document document = read(Format::kRst, head + "Water\n=====\ny\n\nFlow\n----\nz\n");
  EXPECT_EQ(document.meta.title + "|" + document.meta.subtitle, "Mills|A Year");
  EXPECT_EQ(show(document),
            "H1 @mills Mills\nP A Year\nP x\nH2 @water Water\nP y\nH3 @flow Flow\nP z\n");
  for (const char* other : {"", "------\nAnother\n------\n\nWater\n=====\ny\n"}) {
    EXPECT_EQ(read(Format::kRst, head + other).meta.subtitle, "") << other;
  }
}

// By libcsv: quotations over lines, one that is never closed, cells of any number.
TEST(Rst, CsvTables) {
  expect_blocks({
      {".. csv-table:: T\n   :delim: ;\n\n   a;\"b\n   c\";d\n\n   e\n   \"f;g\n\nafter",
       "P T\n| a | b c | d\n| e\n| f;g\nP after\n"},
      {".. csv-table::\n   :delim: tab\n\n   a\tb c\n", "| a | b c\n"},
  });
}

TEST(Rst, Inline) {
  expect_blocks({
      {"*a* **b** ``c*d`` `e` snake_case __init__ a*b*c 2 * 3 x*y",
       "P a b c*d e snake_case __init__ a*b*c 2 * 3 x*y\n"},
      {":ref:`text <x>` :class:`~a.b.C` :meth:`x` :func:`!f` :pep:`8` :rfc:`822` :py:mod:`os`",
       "P text C x() f PEP 8 RFC 822 os\n"},
      {"`text <http://u.org>`_ `<http://v.org>`__ `phrase`_ word_ and other_",
       "P text http://v.org phrase word_ and other_\n"},
      {"See word_.\n\n.. _word: http://x.org\n", "P See word.\n"},
      {"See place_.\n\n_`place` here", "P See place.\nP place here\n"},
      {"H\\ :sub:`2`\\ O and \\*not\\*", "P H2O and *not*\n"},
      {"By [1]_ and [#note]_ and [CIT2002]_.\n\n.. [1] First.\n.. [CIT2002] A book.\n",
       "P By [1] and [note] and [CIT2002].\nP [1] First.\nP [CIT2002] A book.\n"},
      {"|prog| |version| a|b|c\n\n.. |prog| replace:: The *Tool*\n", "P The Tool version a|b|c\n"},
      {"|c| x\n\n.. |c| unicode:: 0xA9 .. sign\n", "P \xC2\xA9 x\n"},
      {"See :ref:`here`.\n\n.. _here:\n\nThe Place\n=========\n",
       "P See The Place.\nH1 @here The Place\n"},
      {":kbd:`Ctrl+C` :menuselection:`&File --> Open` :file:`/x/{name}/y`",
       "P Ctrl+C File --> Open /x/name/y\n"},
      {"an ``unclosed and `open *text", "P an ``unclosed and `open *text\n"},
  });
}

TEST(Rst, LinesAndMeta) {
  const Document document =
      read(Format::kRst,
           ":orphan:\n\n=====\nTitle\n=====\n\n:Author: Ann Lee <ann@x.org>\n:Version: 1\n"
           ":Date: May 2021\n:Copyright: 2019\n\nPara\nmore\n\n- a\n- b\n\n::\n\n  "
           "code\n\n+--+\n|x |\n+--+\n");
  EXPECT_EQ(document.meta.title, "Title");
  EXPECT_EQ(document.meta.authors, std::vector<std::string>{"Ann Lee"});
  EXPECT_EQ(document.meta.year, 2021);
  EXPECT_EQ(lines_of(document), "4 8 10 12 15 16 20 23");
  EXPECT_EQ(read(Format::kRst, ":Authors: - Ann Lee <a@x.org>\n          - Bob Ray\n").meta.authors,
            (std::vector<std::string>{"Ann Lee", "Bob Ray"}));
  EXPECT_EQ(read(Format::kRst, "A\n=\n\nB\n=\n").meta.title, "");
}

TEST(Rst, HostileInputsTakeLittleTime) {
  std::string nested;
  for (int i = 0; i < 2000; ++i)
    nested += std::string(static_cast<std::size_t>(i), ' ') + "- x\n\n";
  std::string self = ".. |a| replace:: |a| |a| |a| |a|\n.. |b| replace:: |a| |a| |a| |a|\n\n";
  std::vector<std::string> cases = {
      nested,
      many("- ", 1'000'000),
      many(".. note:: ", 200'000),
      many("> ", 500'000),
      self + many("|b| ", 100'000),
      many("+-", 500'000) + "\n" + many("| ", 500'000),
      many("+-+\n| |\n", 200'000),
      many("== ==\nx  y\n\n", 200'000),
      many("= ", 500'000) + "\nx\n",
      many(":a:`", 300'000),
      many("[1]_", 300'000),
      many("a_ ", 300'000),
      many("|a", 500'000),
      many("x\n  ", 300'000),
      many("::\n\n", 300'000),
      many(".. |a| replace:: ", 100'000),
      many("\t", 1'000'000) + "x",
      ".. csv-table::\n\n   \"" + many("a,", 500'000),
  };
  for (const std::string& text : hostile(cases)) expect_bounded(Format::kRst, text);
}

}  // namespace
}  // namespace tome
