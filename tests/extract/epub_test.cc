// SPDX-License-Identifier: GPL-2.0-or-later
// EPUB: chapters, their XHTML, and what the package says of the book.
#include <gtest/gtest.h>

#include "epub_books.h"

namespace tome::test {
namespace {

TEST(Epub, ChaptersInReadingOrder) {
  const std::string bytes = epub({{"z.xhtml", xhtml("<h1 id='a'>First</h1><p>One.</p>")},
                                  {"nav.xhtml", nav("<ol><li><a href='z.xhtml'>First</a></li>"
                                                    "<li><a href='b.xhtml'>Second</a></li></ol>")},
                                  {"b.xhtml", xhtml("<h1>Second</h1><ul><li>Two</li></ul>")}});
  EXPECT_EQ(show_epub(bytes), "H1 @a First\nP One.\nH1 Second\n-1 Two\n");
  const Document document = read(Format::kEpub, bytes);
  EXPECT_EQ(document.format, "epub");
  EXPECT_EQ(document.text, "First\n\nOne.\n\nSecond\n\nTwo");
  std::string chapters;
  for (const Block& block : document.blocks) {
    EXPECT_EQ(block.line, 0u);
    chapters += block.chapter + " ";
  }
  EXPECT_EQ(chapters, "OEBPS/z.xhtml OEBPS/z.xhtml OEBPS/b.xhtml OEBPS/b.xhtml ");
}

TEST(Epub, OrderIsThatOfTheSpineEachFileOnce) {
  const std::string bytes = zip(
      {{"META-INF/container.xml", std::string(test::kContainer)},
       {"OEBPS/content.opf",
        "<package><manifest><item id='a' href='a%20b.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='c' href='../c.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='i' href='page.svg' media-type='image/svg+xml' fallback='c'/>"
        "<item id='n' href='notes.xhtml' media-type='application/xhtml+xml'/></manifest><spine>"
        "<itemref idref='i'/><itemref idref='a'/><itemref idref='c'/><itemref idref='a'/>"
        "<itemref idref='n' linear='no'/></spine></package>"},
       {"OEBPS/a b.xhtml", xhtml("<p>A</p>")},
       {"OEBPS/Notes.xhtml", xhtml("<p>N</p>")},
       {"c.xhtml", xhtml("<p>C</p>")}});
  EXPECT_EQ(show_epub(bytes), "P C\nP A\nP N\n");
}

// --- What the package says --------------------------------------------------------------------

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : "; ") + item;
  return out;
}

std::string meta_of(std::string_view metadata) {
  const Document d = read(Format::kEpub, epub({{"c.xhtml", xhtml("<p>Text.</p>")}}, metadata));
  const WorkInfo& m = d.meta;
  EXPECT_EQ(m.kind, Kind::kBook) << metadata;
  EXPECT_EQ(d.title, m.title);
  std::string out = fmt::format("{}|{}|{}|{}", m.title, m.subtitle, joined(m.authors), m.year);
  return out + fmt::format("|{}|{}|{}|{}", m.publisher, m.isbn, m.language, joined(m.topics));
}

TEST(Epub, Metadata) {
  struct Case {
    std::string_view metadata, out;
  };
  const std::vector<Case> cases = {
      {"", "|||0||||"},
      {"<dc:title> The\n Sea </dc:title><dc:title>Other</dc:title><dc:creator>Ann Lee</dc:creator>"
       "<dc:creator>Bob Ray</dc:creator><dc:date>2011-05-01</dc:date><dc:language>en-GB"
       "</dc:language><dc:publisher>Tidal</dc:publisher><dc:subject>sea</dc:subject>"
       "<dc:subject>tides</dc:subject><dc:subject>sea</dc:subject><dc:description>Not text."
       "</dc:description>",
       "The Sea||Ann Lee; Bob Ray|2011|Tidal||en|sea; tides"},
      // EPUB 3 refines.
      {"<dc:title id='s'>A History</dc:title><dc:title id='t'>The Sea</dc:title>"
       "<meta refines='#s' property='title-type'>subtitle</meta>"
       "<meta refines='#t' property='title-type'>main</meta>"
       "<dc:creator id='a'>Ann Lee</dc:creator><dc:creator id='b'>Ed It</dc:creator>"
       "<meta refines='#a' property='role' scheme='marc:relators'>aut</meta>"
       "<meta refines='#b' property='role' scheme='marc:relators'>edt</meta>",
       "The Sea|A History|Ann Lee|0||||"},
      // EPUB 2 has attributes.
      {"<dc:creator opf:role='ill'>Il Lust</dc:creator><dc:creator opf:role='aut' "
       "opf:file-as='Lee, Ann'>Ann Lee</dc:creator>"
       "<dc:date opf:event='modification'>2020-01-01</dc:date>"
       "<dc:date opf:event='creation'>2019</dc:date>"
       "<dc:date opf:event='publication'>May 1998</dc:date>"
       "<dc:identifier opf:scheme='UUID'>6f0e5a2c-0000-4000-8000-000000000000</dc:identifier>"
       "<dc:identifier opf:scheme='ISBN'>0-306-40615-2</dc:identifier>",
       "||Ann Lee|1998||0306406152||"},
      {"<dc:creator opf:role='edt'>Ed It</dc:creator><dc:creator>Unknown</dc:creator>",
       "||Ed It|0||||"},
      {"<dc:creator>Ann Lee &amp; Bob Ray</dc:creator>", "||Ann Lee; Bob Ray|0||||"},
      // OEB 1 nests.
      {"<dc-metadata><dc:Title>No</dc:Title><dc:title>Old</dc:title></dc-metadata>", "Old|||0||||"},
      {"<dc:date>0101-01-01T00:00:00+00:00</dc:date>", "|||0||||"},
      {"<dc:date>20090501</dc:date>", "|||2009||||"},
      {"<dc:date>123456789012345678901234567890</dc:date>", "|||0||||"},
      {"<dc:language>eng</dc:language>", "|||0|||en|"},
      {"<dc:language>und</dc:language><dc:language>DE_at</dc:language>", "|||0|||de|"},
      {"<dc:language>\u00e9\u00e8</dc:language>", "|||0||||"},
      {"<dc:identifier>urn:isbn:9780306406157</dc:identifier>", "|||0||9780306406157||"},
      {"<dc:identifier>ISBN 978-0-306-40615-7</dc:identifier>", "|||0||9780306406157||"},
      {"<dc:identifier>9780306406158</dc:identifier>", "|||0||||"},
      {"<dc:identifier>0306406153</dc:identifier>", "|||0||||"},
      {"<dc:identifier>0000000000</dc:identifier>", "|||0||||"},
      {"<dc:source>urn:isbn:080442957X</dc:source>", "|||0||080442957X||"},
      {"<dc:title>A &lt;b&gt; &amp;amp; &#x41;&unknown;</dc:title>",
       "A <b> &amp; A&unknown;|||0||||"},
      {"<dc:title>A&#0;B&#xD800;</dc:title>", "A|||0||||"},
      {"<dc:title>A&#xD800;B</dc:title>", "A\uFFFD\uFFFD\uFFFDB|||0||||"},
  };
  for (const Case& c : cases) EXPECT_EQ(meta_of(c.metadata), c.out) << c.metadata;
}

// --- XHTML that is not HTML -------------------------------------------------------------------

TEST(Epub, ElementsClosedInTheirTag) {
  // HTML reads all that follows as the title, the script, the link, the item.
  EXPECT_EQ(chapter("<p>Text.</p>", "<title/><style/><script src='a.js'/>"), "P Text.\n");
  EXPECT_EQ(chapter("<div class='sphinxsidebar'/><p>One <a id='a'/>two <i/>three<br/>four.</p><p/>"
                    "<p>Five.</p>"),
            "P @a One two three\\four.\nP Five.\n");
  EXPECT_EQ(chapter("<textarea/><p>Text.</p>"), "P Text.\n");
}

TEST(Epub, CdataIsText) {
  EXPECT_EQ(chapter("<p>a <![CDATA[<b> & c]]> d <![CDATA[]]>e</p>"), "P a <b> & c d e\n");
  EXPECT_EQ(chapter("<p>a</p><p><![CDATA[open"), "P a\nP open</body></html>\n");
}

TEST(Epub, NotesAndBoxesAreTextTheirMarksAreNot) {
  EXPECT_EQ(chapter("<p>Sea<a epub:type='noteref' href='#n'>1</a><span epub:type='pagebreak' "
                    "id='p2'>2</span> water<a class='footnote-ref' href='#n'><sup>2</sup></a>."
                    "<a role='doc-noteref' href='#m'>*</a></p>"
                    "<aside epub:type='footnote' id='n'><p>It is salty. <a role='doc-backlink' "
                    "href='#r'>back</a></p></aside><div class='sidebar'><p>A box.</p></div>"
                    "<footer><p>The end.</p></footer><nav><p>Menu</p></nav>"),
            "P Sea water.\nP @n It is salty.\nP A box.\nP The end.\n");
}

TEST(Epub, EncodingsOfChapters) {
  std::string latin = xhtml("<p>K\xE4se</p>");
  latin.replace(latin.find("UTF-8"), 5, "ISO-8859-1");
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("<html><body><p>wide</p></body></html>")) utf16 += {c, '\0'};
  const std::string bytes =
      epub({{"a.xhtml", latin}, {"b.xhtml", utf16}, {"c.xhtml", xhtml("<p>\xFF</p>")}});
  EXPECT_EQ(show_epub(bytes), "P K\u00e4se\nP wide\nP \uFFFD\n");
  EXPECT_EQ(read(Format::kEpub, bytes).replaced, 1u);
}

}  // namespace
}  // namespace tome::test
