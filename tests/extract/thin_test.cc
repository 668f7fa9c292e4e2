// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <utility>

#include "extract/html_blocks.h"
#include "extract/html_thin.h"
#include "extract/html_tree.h"

namespace tome {
namespace {

std::string thinned(std::string_view html, MarkupOf of = MarkupOf::kPage) {
  const Result<std::string> thin = thin_markup(html, of);
  return thin ? *thin : thin.error().message;
}

TEST(Thin, DropsWhatSaysNothing) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"a < b", "a < b"},
      {"<p>a <em>b</em> <span class=\"k\">c</span>", "<p>a b c"},
      {"<a href='x'>y</a> <A HREF=x TITLE=\"a > b\">z</A>", "y z"},
      {"<a href=x id=i>y</a>", "<a id=i>y</a>"},
      {"<a name=i >y <a href=x>z</a>", "<a name=i>y <a>z</a>"},
      {"<div class=\"body\" id=b role=main>t</div>", "<div id=b role=main>t</div>"},
      {"<div class='note x'>t</div>", "<div class='note x'>t</div>"},
      {"<span class=headerlink>t</span>", "<span class=headerlink>t</span>"},
      {"<span class='a&amp;b'>t</span>", "<span class='a&amp;b'>t</span>"},
      {"<p style='color:red'>a<p style='display: none'>b", "<p>a<p style='display: none'>b"},
      {"<p class=k class=toc style=x style='display:none'>t", "<p>t"},
      {"<p\n a=b\n id=c>t", "<p\n\n id=c>t"},
      {"<a\nhref=x>t</a>", "<a\n>t</a>"},
      {"<br/><img src=x alt='A cat'/>", "<br/><img alt='A cat'/>"},
      {"a<!-- b -->c<!-- \n -->d", "ac<!--\n-->d"},
      {"a<!-->b<!-- c --!>d -->e", "a<!-->b<!-- c --!>d -->e"},
      {"<script src=x>1 < 2\n</script>t", "<script>\n</script>t"},
      {"<script><!-- <script> </script> --></script>",
       "<script><!-- <script> </script> --></script>"},
      {"<title>a <b> <!-- c --></title>", "<title>a &lt;b> &lt;!-- c --></title>"},
      {"<xmp>a <b></xmp>", "<xmp>a <b></xmp>"},
      {"<TITLE\n>a</Title\n><SCRIPT>b</SCRIPT>t", "<TITLE\n>a</Title\n><SCRIPT></SCRIPT>t"},
      {"<p x==\">a<em>b\"", "<p>ab\""},
      {"<p x=y=\">a<p =\"id=i>b<p x/=\"id=i>c", "<p>a<p>b<p>c"},
      {"<nav>a<nav>b</nav>\n<script></nav></script></nav>c", "<nav>\n</nav>c"},
      {"<nav>a<p>b <nav>c</nav>", "<nav>a<p>b <nav>c</nav>"},
      {"<svg><path d=x/></svg><svg/>t", "<svg></svg><svg/>t"},
      {"<<b>p>a</b>&<i>lt</i>; <i></<b>p> <!<u>-- c", "<<b>p>a</b>&<i>lt</i>; </<b>p> <!<u>-- c"},
      {"<<!--c-->p>a &#<!--c-->65;", "<<!---->p>a &#<!---->65;"},
      {"&#0000000065;&#x41;&#x80000041;&#4294967361;&#X;&#",
       "&#0000000065;&#x41;&#x09999999;&#0009999999;&#X;&#"},
      {"<img alt='&#xeeeeeeee'>", "<img alt='&#x09999999'>"},
      {"<TITLE\n>a</Title\n><P CLASS=x><EM>b</Em>", "<TITLE\n>a</Title\n><P>b"},
      {"<font color=red>t</font>", "<font color=red>t</font>"},
      {"<p>t</p", "<p>t</p"},
  };
  for (const auto& [html, thin] : cases) EXPECT_EQ(thinned(html), thin) << html;
  EXPECT_EQ(thinned("<nav epub:type=toc><a href=x class=y>z</a></nav>", MarkupOf::kBook),
            "<nav epub:type=toc><a href=x>z</a></nav>");
}

std::string read(std::string_view html) {
  const Result<HtmlTree> tree = HtmlTree::parse(html);
  if (!tree) return tree.error().message;
  const GumboNode* body = nullptr;
  each_element(tree->document(), [&](const GumboNode* node) {
    if (node->v.element.tag == GUMBO_TAG_BODY) body = node;
    return true;
  });
  const Document document = read_blocks(body, false);
  std::string out;
  for (const Block& block : document.blocks) {
    out += std::to_string(static_cast<int>(block.style)) + ' ' + std::to_string(block.level) + ' ' +
           std::to_string(block.line) + " @" + block.anchor + ' ' +
           document.text.substr(block.begin, block.end - block.begin) + '\n';
  }
  return out;
}

// Pages in which nothing is left open but what may be.
class Pages {
 public:
  explicit Pages(unsigned seed) : random_(seed) {}

  std::string page() {
    out_ = "<title>t</title>";
    fill(0, false);
    return out_;
  }

 private:
  template <std::size_t N>
  std::string_view one_of(const std::array<std::string_view, N>& list) {
    return list[below(N)];
  }
  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
  }

  void fill(int depth, bool in_line) {
    for (std::size_t left = 1 + below(6); left > 0; --left) {
      if (depth < 6 && below(3) > 0) {
        element(depth, in_line);
      } else {
        piece(in_line);
      }
    }
  }

  void piece(bool in_line) {
    static constexpr std::array<std::string_view, 13> kInLine = {
        "word ",
        "two words\n",
        "&lt;b&gt; ",
        "\n\n  ",
        "<br>",
        "<!-- a <p> in it -->",
        "<!--\nlines\n-->",
        "<script>if (1 < 2) document.write('<p>no')\n</script>",
        "<style>p > a { }\n</style>",
        "<img src=a.png alt=picture>",
        "<svg><text>drawn</text></svg>",
        "<!---->",
        "a < b > c "};
    static constexpr std::array<std::string_view, 5> kBlocks = {
        "<p>", "<hr class=x>", "<a name=point></a>", "<nav><ul><li><a href=x>away</a></ul>\n</nav>",
        "<table><tr><th>a<td class=x>b<tr><td>c\n<td>d</table>"};
    out_ += in_line || below(3) > 0 ? one_of(kInLine) : one_of(kBlocks);
  }

  void element(int depth, bool in_line) {
    static constexpr std::array<std::string_view, 12> kInLine = {
        "time", "span", "code", "em", "b", "sub", "q", "span", "kbd", "i", "small", "a"};
    static constexpr std::array<std::string_view, 12> kBlocks = {
        "div",        "section", "h2",    "h3",     "ul",      "pre",
        "blockquote", "dl",      "aside", "header", "article", "figure"};
    static constexpr std::array<std::string_view, 14> kAttributes = {" class=\"k\"",
                                                                     " class='note'",
                                                                     " class=headerlink",
                                                                     " id=i",
                                                                     " href=\"a.html?b=1&c\"",
                                                                     " title='a > b'",
                                                                     " style=\"display:none\"",
                                                                     " style=color:red",
                                                                     " hidden",
                                                                     "\n role=\"navigation\"",
                                                                     "\n data-x=1\n",
                                                                     " aria-hidden=false",
                                                                     " class=\"footnote x\"",
                                                                     " name=n"};
    in_line = in_line || below(2) > 0;
    std::string_view name = in_line ? one_of(kInLine) : one_of(kBlocks);
    if (name == "a" && in_link_) name = "span";
    const bool link = std::exchange(in_link_, in_link_ || name == "a");
    out_.append("<").append(name);
    for (std::size_t left = below(3); left > 0; --left) out_ += one_of(kAttributes);
    out_ += '>';
    if (name == "pre") out_ += "code ";  // a line break right behind <pre> is none
    fill(depth + 1, in_line || name.starts_with('h'));
    out_.append("</").append(name) += '>';
    in_link_ = link;
  }

  std::mt19937 random_;
  bool in_link_ = false;  // links do not nest
  std::string out_;
};

TEST(Thin, WhatIsLeftReadsAlike) {
  std::size_t shorter = 0;
  for (unsigned seed = 0; seed < 500; ++seed) {
    const std::string page = Pages(seed).page();
    const std::string thin = thinned(page);
    shorter += page.size() - thin.size();
    ASSERT_EQ(read(thin), read(page)) << "seed " << seed << "\n" << page << "\n" << thin;
  }
  EXPECT_GT(shorter, 10'000U);
}

// gtk-doc leaves <a name="x"/> open; each block after it took that anchor when the links that ended
// it were dropped.
TEST(Thin, ALinkEndsTheOneLeftOpen) {
  EXPECT_EQ(read(thinned("<h3><a name=one>One</h3><p><a href=x>two</a></p><p>three</p>")),
            read("<h3><a name=one>One</h3><p><a href=x>two</a></p><p>three</p>"));
}

}  // namespace
}  // namespace tome
