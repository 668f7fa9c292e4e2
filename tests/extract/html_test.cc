// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"

namespace tome {
namespace {

TEST(Html, Blocks) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"<title>Only a title</title>", ""},
      {"just words", "P just words\n"},
      {"<p>One\n  <em>long</em>&nbsp;line<br>and &lt;more&gt;", "P One long line\\and <more>\n"},
      {"<div>loose <p>inner</p> tail</div>", "P loose\nP inner\nP tail\n"},
      {"<h1 id=a>A</h1><h6>B</h6>", "H1 @a A\nH6 B\n"},
      {"<section id=s><h2>In it</h2><p>x</section>", "H2 @s In it\nP x\n"},
      {"<div id=d><div class=titlepage><h2>Deep</h2></div></div>", "H2 @d Deep\n"},
      {"<h2><a name=n></a>Inner</h2>", "H2 @n Inner\n"},
      {"<section id=s><span id=t></span><h2 id=own>Own</h2></section>", "H2 @own Own\n"},
      {"<h2>3. Data model<a class=headerlink href=#x>\xC2\xB6</a></h2>", "H2# Data model\n"},
      {"<h2>Sign\xC2\xB6</h2>", "H2 Sign\n"},
      {"<ul><li>a<ul><li>b<p>c</p></li></ul>d</li></ul><p>e", "-1 a\n-2 b\n-2 c\n-1 d\nP e\n"},
      {"<ol><li><p>a</p><pre>x\n y</pre></ol>", "-1 a\nC x\\ y\n"},
      {"<pre>\n\n  def <b>f</b>():\n    pass\n\n</pre>", "C   def f():\\    pass\n"},
      {"<table><caption>Sizes</caption><tr><th>a<th>b<tr><td>1<td><p>2</p><p>3</p></table>",
       "P Sizes\n| a | b\n| 1 | 2 3\n"},
      {"<table><tr><td><h2>Laid out</h2><p>text</table>", "H2 Laid out\nP text\n"},
      {"<table><tr><td>left<td>right</table>", "P left\nP right\n"},
      {"<table><tr><td>one<tr><td>two</table>", "P one\nP two\n"},
      {"<table><tr><td><table><tr><th>1<td>2</table><td>side</table>", "| 1 | 2\nP side\n"},
      {"<table><tr><td class=linenos><pre>1\n2</pre><td><pre>x\ny</pre></table>", "C x\\y\n"},
      {"<dl><dt id=f class=sig>f(x)<dd><p>Does f.</dl>", "P @f f(x)\nP Does f.\n"},
      {"<blockquote>said</blockquote><figure><img alt='a "
       "cat'><figcaption>Cat</figcaption></figure>",
       "P said\nP a cat\nP Cat\n"},
      {"<p><b>Key Features:</b></p><ul><li>x</ul>", "L Key Features:\n-1 x\n"},
      {"<div class=note><h3>Note</h3><p>Mind.</div>", "L Note\nP Mind.\n"},
      {"<title>&#xeeeeeeee;</title><p>a&#xeeeeeeee;b&#4294967361;c", "P a\uFFFDb\uFFFDc\n"},
      {"<TITLE>t</TITLE><SCRIPT>a</SCRIPT><P>b<STYLE>c</STYLE></P><P>d", "P b\nP d\n"},
      {"<p>vector<<i>T</i>> and &<i>lt</i>;", "P vector<T> and &lt;\n"},
      {"<p>a&#0;b&#xD800;c",
       "P a\xEF\xBF\xBD"
       "b\xEF\xBF\xBD"
       "c\n"},
  };
  for (const auto& [html, blocks] : cases) EXPECT_EQ(show_html(html), blocks) << html;
}

TEST(Html, FurnitureIsDropped) {
  const std::string_view cases[] = {
      "<nav>x</nav>",
      "<script>x</script>",
      "<style>x</style>",
      "<template><p>x</template>",
      "<noscript>x</noscript>",
      "<footer>x</footer>",
      "<aside>x</aside>",
      "<button>x</button>",
      "<select><option>x</select>",
      "<textarea>x</textarea>",
      "<header><p>x</header>",
      "<div role=navigation>x</div>",
      "<form role=search>x</form>",
      "<div role=banner>x</div>",
      "<div role=contentinfo>x</div>",
      "<p hidden>x",
      "<p aria-hidden=true>x",
      "<p style='display: none'>x",
      "<div class='sphinxsidebar wide'>x</div>",
      "<div class=related>x</div>",
      "<div class=navheader>x</div>",
      "<div class=toc>x</div>",
      "<div id=sidebar>x</div>",
      "<a class=nav-chapters>x</a>",
      "<div class=breadcrumb>x</div>",
      "<svg><text>x</text></svg>",
      "<!-- x -->",
      "<iframe>x</iframe>",
  };
  for (const std::string_view html : cases) {
    EXPECT_EQ(show_html("<body><p>kept" + std::string(html) + "<p>too"), "P kept\nP too\n") << html;
  }
}

TEST(Html, WhatLooksLikeFurnitureAndIsText) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<section id=breadcrumbs><h2>Breadcrumbs</h2></section>", "H2 @breadcrumbs Breadcrumbs\n"},
      {"<header><h1>Title</h1></header>", "H1 Title\n"},
      {"<article><header><p>Kicker</p></header></article>", "P Kicker\n"},
      {"<aside class=footnote>Foot</aside>", "P Foot\n"},
      {"<main><p>in</main><p>out", "P in\n"},
      {"<div>out</div><div role=main>in</div>", "P in\n"},
      {"<div>out</div><article>in</article>", "P in\n"},
      {"<article>one</article><article>two</article>", "P one\nP two\n"},
      {"<main></main><p>filled by no script", "P filled by no script\n"},
  };
  for (const auto& [html, blocks] : cases) EXPECT_EQ(show_html(html), blocks) << html;
}

TEST(Html, TheWayBackFromANoteIsNoText) {
  EXPECT_EQ(show_html("<ol><li><p>A note.<a href=#r1 class=footnote-back "
                      "role=doc-backlink>back</a></p></li></ol>"),
            "-1 A note.\n");
}

TEST(Html, HeadGoesIntoMeta) {
  const Document document = read(Format::kHtml, R"(<html lang="EN-us"><head>
<title>Small
  Weather &amp; Queues</title>
<meta name=Author content="Odile Brandt and Wen Li"><meta name=keywords content="queues, load">
</head><p>x)");
  EXPECT_EQ(document.title, "Small Weather & Queues");
  EXPECT_EQ(document.meta.language, "en");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Odile Brandt", "Wen Li"}));
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"queues", "load"}));
}

TEST(Html, YearOfPublication) {
  const std::pair<std::string_view, int> cases[] = {
      {"<meta name=dcterms.date content=2021-01-01>", 2021},
      {"<meta name=DC.Date content=1999>", 1999},
      {"<meta property=article:published_time content='2018-05-06T07:08:09Z'>", 2018},
      {"<meta property=article:modified_time content=2020>", 0},
      {"<meta name=dcterms.modified content=2020>", 0},
      {"<meta name=date content=soon>", 0},
  };
  for (const auto& [head, year] : cases) {
    EXPECT_EQ(read(Format::kHtml, std::string(head) + "<p>x").meta.year, year) << head;
  }
}

// Plain inline tags are dropped before the parse; the page must read as if they were not.
TEST(Html, ThinnedMarkupReadsAlike) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<title>The <b> tag</title><p>x", "P x\n"},
      {"<p>a<span class=\"k\">b</span>c<SPAN>d</SPAN>", "P abcd\n"},
      {"<h2>T<span class=\"headerlink\">#<span>!</span></span> U</h2>", "H2 T U\n"},
      {"<p>a<span class=\"x\" hidden>b</span>c<span\nclass=\"y\">d</span>", "P acd\n"},
      {"<h2><span id=\"s\">T</span></h2>", "H2 @s T\n"},
      {"<p>a</span>b<span>c<p>d</span>e", "P abc\nP de\n"},
      {"<p>a<em", "P a\n"},
      {"<script>'<b>'</script><!-- <b> --><p>x</b>", "P x\n"},
  };
  for (const auto& [html, blocks] : cases) {
    EXPECT_EQ(show_html(html), blocks) << html;
  }
  EXPECT_EQ(read(Format::kHtml, "<title>The <b> tag</title>").title, "The <b> tag");
}

TEST(Html, LinesAreThoseOfTheFile) {
  const Document document =
      read(Format::kHtml,
           "<!doctype html>\r\n<body>\r\n<h1>A</h1>\r\n<p>\r\n text\r\n more\r\n"
           "<pre>\ncode</pre>");
  EXPECT_EQ(lines_of(document), "3 5 8");
}

std::string repeat(std::string_view part, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += part;
  return out;
}

TEST(Html, TenThousandNestedTags) {
  for (const std::string_view tag : {"<div>", "<b>", "<span>", "<ul><li>", "<table><tr><td>",
                                     "<blockquote>", "<a>", "<p><b><i>", "<h1>", "<pre>"}) {
    const auto document = extract(Format::kHtml, repeat(tag, 10'000) + "deep");
    ASSERT_TRUE(document.ok()) << tag;
    EXPECT_NE(document->text.find("deep"), std::string::npos) << tag;
  }
}

TEST(Html, BoundsAreErrors) {
  for (const std::string& html :
       {repeat("<div>", 100'000), repeat("<span id=a>", 1'000'000),
        "<svg><xmp>" + repeat("<div>", 100'000) + "</xmp>", repeat("<div/>", 100'000),
        repeat("<div></x>", 100'000), "<svg><p>" + repeat("<div/>", 100'000),
        "<!--a--!>" + repeat("<div>", 100'000) + "-->", "<!-->" + repeat("<div>", 100'000) + "-->",
        "<font x==\">" + repeat("<div>", 100'000) + "\">",
        repeat("<div>", 15'000) + repeat("<p>x</p>", 500'000),
        repeat("<p><u><s><big><small><font>", 300'000)}) {
    const auto document = extract(Format::kHtml, html);
    ASSERT_FALSE(document.ok());
    EXPECT_EQ(document.error().code, Code::kLimit);
  }
  const auto large = extract(Format::kHtml, std::string((64 << 20) + 1, ' '));
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().code, Code::kLimit);
}

TEST(Html, AMegabyteOnOneLine) {
  EXPECT_EQ(read(Format::kHtml, repeat("word ", 200'000)).blocks.size(), 1u);
  EXPECT_EQ(read(Format::kHtml, repeat("<p>word ", 100'000)).blocks.size(), 100'000u);
}

TEST(PeekHints, ReadTheHeadOnly) {
  const WholeHints hints = peek_hints(Format::kHtml, R"(<!doctype html><head>
<!-- <title>no</title> --><title> Chapter 2
 &mdash; Rooms</title><script>"<title>no</title>"</script>
<link rel="index" title="Index" href="genindex.html"><link title='The &lt;Book&gt;' rel="x Home" href=../index.html>
<meta property="og:site_name" content="Borrowed Rooms"></head><body><title>no</title>)");
  EXPECT_EQ(hints.title, "Chapter 2 \xE2\x80\x94 Rooms");
  EXPECT_EQ(hints.home, "../index.html");
  EXPECT_EQ(hints.home_title, "The <Book>");
  EXPECT_EQ(hints.site_name, "Borrowed Rooms");
  EXPECT_EQ(peek_hints(Format::kMarkdown, "<title>x</title>").title, "");
  EXPECT_EQ(peek_hints(Format::kHtml, "<title>caf\xE9</title><meta charset=latin1>").title,
            "caf\xC3\xA9");
  for (const std::string_view broken :
       {"", "<", "<title", "<title>", "<link rel=", "<meta =\"", "<!--"}) {
    EXPECT_EQ(peek_hints(Format::kHtml, broken).title, "") << broken;
  }
}

}  // namespace
}  // namespace tome
