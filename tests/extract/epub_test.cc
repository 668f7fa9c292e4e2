// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "epub_books.h"
#include "support/growth.h"
#include "text/text.h"

namespace tome {
namespace {

using test::epub;
using test::NamedFiles;
using test::nav;
using test::ncx;
using test::point;
using test::show_epub;
using test::xhtml;
using test::zip;

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

// --- The table of contents --------------------------------------------------------------------

// One file "c.xhtml" of this body under this table.
std::string with_nav(std::string_view list, std::string_view body) {
  return show_epub(epub({{"c.xhtml", xhtml(body)}, {"nav.xhtml", nav(list)}}));
}

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

std::string chapter(std::string_view body, std::string_view head = "<title>x</title>") {
  return show_epub(epub({{"c.xhtml", xhtml(body, head)}}));
}

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

// --- Damaged ----------------------------------------------------------------------------------

TEST(Epub, WithoutContainerThePackageIsLookedFor) {
  const NamedFiles files = {
      {"x/deep/other.opf", "<package/>"},
      {"x/book.opf", test::opf({"b.xhtml", "a.xhtml"}, "<dc:title>T</dc:title>")},
      {"x/a.xhtml", xhtml("<p>A</p>")},
      {"x/b.xhtml", xhtml("<p>B</p>")}};
  EXPECT_EQ(show_epub(zip(files)),
            "P B\nP A\n? the EPUB's container does not lead to its package\n");
  EXPECT_EQ(read(Format::kEpub, zip(files)).meta.title, "T");
}

TEST(Epub, WithoutPackageFilesAreReadByName) {
  EXPECT_EQ(show_epub(zip({{"b.html", xhtml("<p>B</p>")}, {"a.xhtml", xhtml("<p>A</p>")}})),
            "P A\nP B\n? the EPUB's container does not lead to its package\n"
            "? the EPUB does not say the order of its files\n");
  const std::string broken = zip({{"META-INF/container.xml", std::string(test::kContainer)},
                                  {"OEBPS/content.opf", "\x01\x02 not XML"},
                                  {"OEBPS/a.xhtml", xhtml("<p>A</p>")}});
  EXPECT_EQ(show_epub(broken), "P A\n? the EPUB does not say the order of its files\n");
}

TEST(Epub, MissingFilesAreAWarning) {
  std::vector<std::string> names = {"c.xhtml", "gone.xhtml", "../../../etc/passwd", "c%00.xhtml"};
  NamedFiles files = {{"META-INF/container.xml", std::string(test::kContainer)},
                      {"OEBPS/c.xhtml", xhtml("<p>Text.</p>")},
                      {"OEBPS/content.opf", test::opf(names)}};
  EXPECT_EQ(show_epub(zip(files)),
            "P Text.\n? files are missing from the EPUB: OEBPS/gone.xhtml, i2, i3\n");
  for (int i = 0; i < 10'000; ++i) names.push_back(fmt::format("gone{}.xhtml", i));
  files.back().second = test::opf(names);
  const Document document = read(Format::kEpub, zip(files));
  ASSERT_EQ(document.warnings.size(), 1u);
  EXPECT_LT(document.warnings[0].size(), 300u);
  EXPECT_TRUE(document.warnings[0].starts_with("10003 files")) << document.warnings[0];
}

TEST(Epub, WithoutTextIsUnsupported) {
  for (const std::string& bytes :
       {epub({}), epub({{"c.xhtml", ""}}), epub({{"c.xhtml", xhtml("")}}), epub({{"gone", ""}}),
        zip({{"mimetype", "application/epub+zip"}}),
        // A fixed layout of pictures, with a table over it.
        epub({{"1.xhtml", xhtml("<img src='1.png' alt=''/>")},
              {"2.xhtml", xhtml("<svg><image href='2.png'/></svg>")},
              {"nav.xhtml", nav("<ol><li>Part<ol><li><a href='1.xhtml'>One</a></li>"
                                "<li><a href='2.xhtml'>Two</a></li></ol></li></ol>")}})}) {
    EXPECT_TRUE(show_epub(bytes).starts_with("! holds no text")) << show_epub(bytes);
    const Result<Document> document = extract(Format::kEpub, bytes);
    ASSERT_FALSE(document.ok());
    EXPECT_EQ(document.error().code, Code::kUnsupported);
  }
  EXPECT_EQ(show_epub(epub({{"c.xhtml", xhtml("")}})), "! holds no text\n");
  EXPECT_EQ(show_epub(epub({})), "! holds no text: the EPUB does not say the order of its files\n");
  EXPECT_TRUE(show_epub("PK\x03\x04 no ZIP").starts_with("! damaged ZIP"));
}

TEST(Epub, EncryptedTextIsUnsupportedObfuscatedFontsAreNot) {
  const auto book = [](std::string_view algorithm, std::string_view uri) {
    NamedFiles files = {
        {"META-INF/container.xml", std::string(test::kContainer)},
        {"OEBPS/c.xhtml", xhtml("<p>Text.</p>")},
        {"OEBPS/font.bin", "x"},
        {"OEBPS/content.opf", test::opf({"c.xhtml"})},
        {"META-INF/encryption.xml",
         fmt::format("<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' "
                     "xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData>"
                     "<enc:EncryptionMethod Algorithm='{}'/><enc:CipherData><enc:CipherReference "
                     "URI='{}'/></enc:CipherData></enc:EncryptedData></encryption>",
                     algorithm, uri)}};
    return show_epub(zip(files));
  };
  const std::string aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
  EXPECT_EQ(book(aes, "OEBPS/c.xhtml"), "! encrypted (DRM)\n");
  EXPECT_EQ(book("", "OEBPS/%63.xhtml"), "! encrypted (DRM)\n");
  EXPECT_EQ(book(aes, "OEBPS/font.bin"), "P Text.\n");
  EXPECT_EQ(book(aes, "OEBPS/gone.xhtml"), "P Text.\n");
  EXPECT_EQ(book("http://www.idpf.org/2008/embedding", "OEBPS/c.xhtml"), "P Text.\n");
}

// --- Hostile ----------------------------------------------------------------------------------

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(Epub, AChapterThatNestsTooDeeplyCostsOnlyItself) {
  const std::string bytes = epub({{"a.xhtml", xhtml("<p>A</p>")},
                                  {"b.xhtml", xhtml(repeated("<div>", 30'000) + "deep")},
                                  {"c.xhtml", xhtml("<p>C</p>")}});
  EXPECT_EQ(show_epub(bytes),
            "P A\nP C\n? OEBPS/b.xhtml was left out: the page nests its elements too deeply\n");
  EXPECT_EQ(chapter(repeated("<div>", 10'000) + "deep"), "P deep\n");
  // The parser compares every attribute of an element with every other.
  std::string attributes = "<p x=y=' = ' z= '>'";
  for (int i = 0; i < 100'000; ++i) attributes += fmt::format(" a{}='x y'", i);
  EXPECT_EQ(show_epub(epub({{"a.xhtml", xhtml("<p>A</p>")},
                            {"b.xhtml", xhtml(attributes + ">b</p>")},
                            {"c.xhtml", xhtml("<svg><path d='" + repeated("M 1 ", 100'000) +
                                              "'/></svg><p>C</p>")}})),
            "P A\nP C\n? OEBPS/b.xhtml was left out: an element has too many attributes\n");
}

TEST(Epub, NestedTablesOfContents) {
  const std::string list = repeated("<ol><li>x", 3'000) + "<a href='c.xhtml'>Sea</a>";
  EXPECT_NE(with_nav(list, "<p>Text.</p>").find("P Text.\n"), std::string::npos);
  const std::string points = repeated("<navPoint><navLabel><text>x</text></navLabel>", 100'000);
  const std::string bytes =
      epub({{"c.xhtml", xhtml("<p>Text.</p>")}, {"t.ncx", ncx(points + point("Sea", "c.xhtml"))}});
  EXPECT_NE(show_epub(bytes).find("H6 Sea\nP Text.\n"), std::string::npos);
  const std::string package = "<package>" + repeated("<metadata><x>", 100'000);
  EXPECT_EQ(show_epub(zip({{"a.opf", package}, {"c.xhtml", xhtml("<p>Text.</p>")}})).substr(0, 8),
            "P Text.\n");
}

TEST(Epub, NoEntityIsExpandedAndNothingLoaded) {
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE package [<!ENTITY a 'aaaaaaaaaa'>";
  for (char c = 'b'; c <= 'j'; ++c) {
    bomb += fmt::format("<!ENTITY {} '{}'>", c, repeated(fmt::format("&{};", char(c - 1)), 10));
  }
  bomb += "<!ENTITY file SYSTEM 'file:///etc/passwd'>]>";
  const std::string package = test::opf({"c.xhtml", "t.ncx"}, "<dc:title>&j;&file;</dc:title>");
  const std::string table = ncx(point("&j;&file;", "c.xhtml"));
  const NamedFiles files = {{"META-INF/container.xml", std::string(test::kContainer)},
                            {"OEBPS/content.opf", bomb + package.substr(package.find("<package"))},
                            {"OEBPS/t.ncx", bomb + table.substr(table.find("<ncx"))},
                            {"OEBPS/c.xhtml", bomb + "<html><body><p>&j;&file;</p></body></html>"}};
  const Document document = read(Format::kEpub, zip(files));
  EXPECT_EQ(document.meta.title, "&j;&file;");
  EXPECT_LT(document.text.size(), 500u);
  EXPECT_NE(document.text.find("&j;&file;"), std::string::npos) << document.text;
  EXPECT_EQ(document.text.find("root:"), std::string::npos);
}

TEST(Epub, ABombIsRefused) {
  const Result<Document> document =
      extract(Format::kEpub, epub({{"c.xhtml", std::string(20u << 20, ' ')}}));
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, Code::kLimit);
}

// Empty when the invariants of Document hold, else what does not.
std::string broken(const Document& document) {
  std::string copy = document.text;
  if (repair_utf8(copy) != 0) return "text is not UTF-8";
  std::uint32_t at = 0;
  for (const Block& block : document.blocks) {
    if (block.begin < at || block.end <= block.begin || block.end > document.text.size()) {
      return "range";
    }
    for (std::uint32_t i = at; i < block.begin; ++i) {
      if (document.text[i] != '\n') return "text between blocks";
    }
    at = block.end;
    if (block.style == Style::kHeading && (block.level < 1 || block.level > 6)) return "level";
    for (std::string name : {block.chapter, block.anchor}) {
      if (repair_utf8(name) != 0) return "a name is not UTF-8";
    }
    if (block.chapter.empty() || block.line != 0) return "locator";
  }
  for (std::string text : document.warnings) {
    if (repair_utf8(text) != 0) return "a warning is not UTF-8";
  }
  return at == document.text.size() ? "" : "text behind the last block";
}

TEST(Epub, InvariantsHoldWhateverTheFiles) {
  const NamedFiles whole = {
      {"META-INF/container.xml", std::string(test::kContainer)},
      {"OEBPS/content.opf",
       test::opf({"nav.xhtml", "a.xhtml", "b.xhtml", "t.ncx"}, "<dc:title>T</dc:title>")},
      {"OEBPS/nav.xhtml", nav("<ol><li><a href='a.xhtml#i'>One</a><ol><li><a href='b.xhtml'>Two</a>"
                              "</li></ol></li></ol>")},
      {"OEBPS/t.ncx", ncx(point("One", "a.xhtml", point("Two", "b.xhtml")))},
      {"OEBPS/a.xhtml", xhtml("<h1 id='i'>One</h1><p>A <![CDATA[x]]></p><table><tr><td>1</td><td>2"
                              "</td></tr><tr><td>3</td><td>4</td></tr></table><pre>c\n d</pre>")},
      {"OEBPS/b.xhtml", xhtml("<p>\u00e4</p><ul><li>x<ul><li id='y'>y</li></ul></li></ul>")}};
  std::mt19937 random(20240610);
  for (int round = 0; round < 3000; ++round) {
    NamedFiles files = whole;
    for (int i = 0; i < 3; ++i) {
      std::string& bytes = files[random() % files.size()].second;
      const std::size_t at = random() % (bytes.size() + 1);
      switch (random() % 3) {
        case 0:
          bytes.erase(at, random() % 20);
          break;
        case 1:
          bytes.insert(at, bytes.substr(random() % (bytes.size() + 1), random() % 60));
          break;
        default:
          if (at < bytes.size()) bytes[at] = static_cast<char>(random() % 256);
      }
    }
    const Result<Document> document = extract(Format::kEpub, zip(files, "zip:compression=store"));
    if (document) {
      ASSERT_EQ(broken(*document), "") << "round " << round;
    } else {
      ASSERT_EQ(document.error().code, Code::kUnsupported) << document.error().message;
    }
  }
}

// Up to 5 MB of text: 500 chapters; one chapter of 10,000 headings that the table names one by one;
// 50,000 entries that all lead to the beginning of one file.
TEST(Epub, TimeGrowsWithSizeAlone) {
  const auto read = [](const std::string& bytes, std::size_t text) {
    const Result<Document> document = extract(Format::kEpub, bytes);
    EXPECT_TRUE(document.ok() && document->text.size() > text);
  };
  const auto paragraph = [](std::size_t i) {
    return fmt::format("<p>The {} waves of the {} sea and what they carry: {}.</p>", i, i * 7,
                       repeated("salt and water ", 30));
  };
  expect_linear(500, [&](std::size_t chapters) {
    NamedFiles many;
    std::string list;
    for (std::size_t i = 0; i < chapters; ++i) {
      std::string body;
      for (std::size_t p = 0; p < 20; ++p) body += paragraph(i + p);
      many.emplace_back(fmt::format("c{}.xhtml", i), xhtml(body));
      list += fmt::format("<li><a href='c{}.xhtml'>Of {}</a></li>", i, i);
    }
    many.emplace_back("nav.xhtml", nav("<ol>" + list + "</ol>"));
    read(epub(many), chapters * 8000);
  });
  expect_linear(10'000, [&](std::size_t headings) {
    std::string body;
    std::string points;
    for (std::size_t i = 0; i < headings; ++i) {
      body += fmt::format("<h2 id='h{}'>Of {}</h2>", i, i) + paragraph(i);
      points +=
          point(fmt::format("Of {}", i), fmt::format("c.xhtml#{}{}", i % 2 ? "h" : "lost", i));
    }
    read(epub({{"c.xhtml", xhtml(body)}, {"t.ncx", ncx(points)}}), headings * 400);
  });
  expect_linear(50'000, [&](std::size_t entries) {
    std::string same, headings;
    for (std::size_t i = 0; i < entries; ++i) {
      same += point(fmt::format("Of {}", i), "c.xhtml");
      headings += fmt::format("<h2>Of {}</h2>", i) + std::string(i % 50 == 0 ? 4000 : 0, 'x');
    }
    read(epub({{"c.xhtml", xhtml(headings)}, {"t.ncx", ncx(same)}}), entries * 80);
  });
}

}  // namespace
}  // namespace tome
