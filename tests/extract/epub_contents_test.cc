// SPDX-License-Identifier: GPL-2.0-or-later
// EPUB: the table of contents makes headings.
#include <gtest/gtest.h>

#include "epub_books.h"

namespace tome::test {
namespace {

TEST(Epub, TitlesOfTheTableStandBeforeChaptersThatHaveNone) {
  struct Case {
    std::string_view name, list, body, out;
  };
  const std::vector<Case> cases = {
      {"no heading", "<ol><li><a href='c.xhtml'>The Sea</a></li></ol>", "<p>Text.</p>",
       "H1 The Sea\nP Text.\n"},
      {"a paragraph that looks like one", "<ol><li><a href='c.xhtml'>1. The Sea</a></li></ol>",
       "<p class='h'>1</p><p>Text.</p>", "H1# The Sea\nP 1\nP Text.\n"},
      {"the same, otherwise written",
       "<ol><li><a href='c.xhtml'>Chapter 1: The S\u00e9a</a></li></ol>",
       "<h2>1. THE SEA</h2><p>Text.</p>", "H1# THE SEA\nP Text.\n"},
      {"roman", "<ol><li><a href='c.xhtml'>2. The Sea</a></li></ol>",
       "<h1>Chapter II \u2013 The Sea</h1><p>Text.</p>", "H1 Chapter II \u2013 The Sea\nP Text.\n"},
      {"another number", "<ol><li><a href='c.xhtml'>Chapter 3</a></li></ol>",
       "<h1>Chapter 2</h1><p>Text.</p>", "H1 Chapter 3\nH2 Chapter 2\nP Text.\n"},
      {"a title in two headings", "<ol><li><a href='c.xhtml'>Chapter 1. The Sea</a></li></ol>",
       "<h1>Chapter 1</h1><h2>The Sea</h2><h3>Waves</h3><p>Text.</p>",
       "H1 Chapter 1\nH2 The Sea\nH3 Waves\nP Text.\n"},
      {"a picture before the heading", "<ol><li><a href='c.xhtml'>The Sea</a></li></ol>",
       "<p><img src='a.png' alt='Waves'/></p><h1>The Sea</h1><p>Text.</p>",
       "H1 The Sea\nP Waves\nP Text.\n"},
      {"another heading", "<ol><li><a href='c.xhtml'>The Sea</a></li></ol>",
       "<h1>Waves</h1><p>Text.</p><h2>Tides</h2><p>More.</p>",
       "H1 The Sea\nH2 Waves\nP Text.\nH3 Tides\nP More.\n"},
      {"a part without a page",
       "<ol><li><span>Part One</span><ol><li><a href='c.xhtml'>The Sea</a>"
       "</li></ol></li></ol>",
       "<h1>The Sea</h1><p>Text.</p><h1>Tides</h1><p>More.</p>",
       "H1 Part One\nH2 The Sea\nP Text.\nH3 Tides\nP More.\n"},
      {"seven deep",
       "<ol><li>A<ol><li>B<ol><li>C<ol><li>D<ol><li>E<ol><li>F<ol><li><a href='c.xhtml'>G</a>"
       "</li></ol></li></ol></li></ol></li></ol></li></ol></li></ol></li></ol>",
       "<h1>G</h1><h2>H</h2><p>Text.</p>",
       "H1 A\nH2 B\nH3 C\nH4 D\nH5 E\nH6 F\nH6 G\nH6 H\nP Text.\n"},
      {"repeated in the table",
       "<ol><li><a href='c.xhtml'>The Sea</a><ol><li><a href='c.xhtml'>The Sea</a></li>"
       "<li><a href='c.xhtml#x'>The Sea</a></li></ol></li></ol>",
       "<section id='x'><h1>The Sea</h1><p>Text.</p></section>", "H1 @x The Sea\nP Text.\n"},
      {"nothing to read there", "<ol><li><a href='c.xhtml#end'>Cover</a></li></ol>",
       "<p>Text.</p><div id='end'><img src='x.png' alt=''/></div>", "P Text.\n"},
      {"of files that are not there",
       "<ol><li><a href='d.xhtml'>D</a></li><li><a href=''>N</a></li>"
       "<li><a href='http://example.org/c.xhtml'>E</a></li><li><a "
       "href='../../c.xhtml'>U</a></li></ol>",
       "<p>Text.</p>", "P Text.\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(with_nav(c.list, c.body), c.out) << c.name;
}

TEST(Epub, SectionsOfTheTableStandAtTheirIds) {
  const std::string list =
      "<ol><li><a href='c.xhtml#one'>One</a><ol><li><a href='c.xhtml#a'>Alpha</a></li>"
      "<li><a href='c.xhtml#b%20b'>Beta</a></li></ol></li><li><a href='c.xhtml#two'>Two</a></li>"
      "<li><a href='c.xhtml#lost'>Two</a></li><li><a href='c.xhtml#gone'>Gone</a></li></ol>";
  // In one line, as converters write it: lines could not tell where an id stands.
  EXPECT_EQ(with_nav(list,
                     "<div id='one'><div class='x'><p id='p'>First words of the chapter.</p>"
                     "<p>Second <a id='a'/>paragraph.</p><h3 id='b b'>Beta</h3><p>Third.</p>"
                     "<h3>Gamma</h3><p>Fourth.</p></div></div>"
                     "<div id='two'><h2 id='h'>Two</h2><p>Fifth.</p></div>"),
            "H1 @one One\nP @p First words of the chapter.\nH2 @a Alpha\nP @a Second paragraph.\n"
            "H2 @b b Beta\nP Third.\nH2 Gamma\nP Fourth.\nH1 @h Two\nP Fifth.\n");
}

TEST(Epub, AFileWithoutEntryGoesOnWithTheChapterBefore) {
  const std::string bytes = epub({
      {"front.xhtml", xhtml("<h1>By the same author</h1><p>Books.</p>")},
      {"c1.xhtml", xhtml("<h2>The Sea</h2><p>One.</p><h3>Waves</h3><p>Two.</p>")},
      {"c1b.xhtml", xhtml("<p>Three.</p><h3>Tides</h3><p>Four.</p>")},
      {"c2.xhtml", xhtml("<h2>The Wind</h2><p>Five.</p>")},
      {"nav.xhtml", nav("<ol><li><a href='c1.xhtml'>The Sea</a></li>"
                        "<li><a href='c2.xhtml'>The Wind</a></li></ol>")},
  });
  EXPECT_EQ(show_epub(bytes),
            "H1 By the same author\nP Books.\nH1 The Sea\nP One.\nH2 Waves\nP Two.\n"
            "P Three.\nH2 Tides\nP Four.\nH1 The Wind\nP Five.\n");
}

TEST(Epub, TheTableIsTheOneOfNavThatSaysSo) {
  const std::string both = xhtml(
      "<nav epub:type='landmarks'><ol><li><a href='c.xhtml'>Start</a></li></ol></nav>"
      "<nav epub:type='toc' hidden=''><ol><li><a href='c.xhtml'><span>The\n <i>Sea</i></span></a>"
      "</li></ol></nav>"
      "<nav epub:type='page-list'><ol><li><a href='c.xhtml#p1'>1</a></li></ol></nav>");
  EXPECT_EQ(show_epub(epub({{"c.xhtml", xhtml("<p id='p1'>Text.</p>")}, {"nav.xhtml", both}})),
            "H1 The Sea\nP @p1 Text.\n");
}

TEST(Epub, NcxOfEpub2) {
  const std::string bytes = epub({
      {"a.html", xhtml("<p>One.</p>")},
      {"b.html", xhtml("<h1>Of Waves</h1><p>Two.</p><h2 id='t'>Tides</h2><p>Three.</p>")},
      {"toc.ncx",
       ncx(point("Part I", "a.html", point("Of Waves", "b.html", point("Tides", "b.html#t"))) +
           point("Lost", "lost.html"))},
  });
  EXPECT_EQ(show_epub(bytes), "H1 Part I\nP One.\nH2 Of Waves\nP Two.\nH3 @t Tides\nP Three.\n");
}

TEST(Epub, AnNcxThatBreaksOffIsReadAsFarAsItGoes) {
  const std::string whole = ncx(point("The Sea", "a.html") + point("The Wind", "b.html"));
  const NamedFiles files = {{"a.html", xhtml("<p>One.</p>")},
                            {"b.html", xhtml("<p>Two.</p>")},
                            {"toc.ncx", whole.substr(0, whole.find("<navLabel><text>The Wind"))}};
  EXPECT_EQ(show_epub(epub(files)), "H1 The Sea\nP One.\nP Two.\n");
}

}  // namespace
}  // namespace tome::test
