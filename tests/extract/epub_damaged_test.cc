// SPDX-License-Identifier: GPL-2.0-or-later
// EPUBs that are damaged, or made to hurt.
#include <gtest/gtest.h>

#include <random>

#include "epub_books.h"
#include "support/growth.h"
#include "text/text.h"

namespace tome::test {
namespace {

// --- Damaged ----------------------------------------------------------------------------------

TEST(Epub, WithoutContainerThePackageIsLookedFor) {
  const NamedFiles files = {{"x/deep/other.opf", "<package/>"},
                            {"x/book.opf", opf({"b.xhtml", "a.xhtml"}, "<dc:title>T</dc:title>")},
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
                      {"OEBPS/content.opf", opf(names)}};
  EXPECT_EQ(show_epub(zip(files)),
            "P Text.\n? files are missing from the EPUB: OEBPS/gone.xhtml, i2, i3\n");
  for (int i = 0; i < 10'000; ++i) names.push_back(fmt::format("gone{}.xhtml", i));
  files.back().second = opf(names);
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
        {"OEBPS/content.opf", opf({"c.xhtml"})},
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
  const std::string package = opf({"c.xhtml", "t.ncx"}, "<dc:title>&j;&file;</dc:title>");
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
       opf({"nav.xhtml", "a.xhtml", "b.xhtml", "t.ncx"}, "<dc:title>T</dc:title>")},
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
}  // namespace tome::test
