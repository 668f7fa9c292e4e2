// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "support/zip_file.h"
#include "text/text.h"

namespace tome {
namespace {

using test::zip_of;
using test::ZipFiles;

constexpr std::string_view kSpaces =
    R"( xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="b" xmlns:draw="d")"
    R"( xmlns:dc="dc" xmlns:meta="m")";

std::string content(std::string_view body, std::string_view styles = "") {
  return fmt::format(
      "<?xml version='1.0' encoding='UTF-8'?><office:document-content{}>"
      "<office:automatic-styles>{}</office:automatic-styles>"
      "<office:body><office:text>{}</office:text></office:body></office:document-content>",
      kSpaces, styles, body);
}

constexpr std::string_view kStyles =
    R"(<office:document-styles xmlns:office="o" xmlns:style="s"><office:styles>
<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>
<style:style style:name="Loop" style:family="paragraph" style:parent-style-name="Loop"/>
<style:style style:name="Kopf" style:family="paragraph" style:default-outline-level="2"/>
</office:styles></office:document-styles>)";

std::string odt(std::string_view body, std::string_view styles = "") {
  return zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"},
                 {"content.xml", content(body, styles)},
                 {"styles.xml", std::string(kStyles)}});
}

std::string show_odt(std::string_view body, std::string_view styles = "") {
  const auto document = extract(Format::kOpenDocument, odt(body, styles));
  return document.ok() ? show(*document) : document.error().message;
}

std::string failure(const ZipFiles& files) {
  const auto document = extract(Format::kOpenDocument, zip_of(files));
  return document.ok() ? "read" : document.error().message;
}

TEST(OpenDocument, Blocks) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"<text:p>One\n  two</text:p><text:p/>", "P One two\n"},
      {"<text:h text:outline-level='2'>2. Soil</text:h><text:h>Top</text:h>", "H2# Soil\nH1 Top\n"},
      {"<text:h text:outline-level='9'>Deep</text:h>", "H6 Deep\n"},
      {"<text:p text:style-name='Kopf'>Water</text:p>", "H2 Water\n"},
      {"<text:p text:style-name='Heading_20_3'>Old</text:p>", "H3 Old\n"},
      {"<text:p text:style-name='Title'>A Book</text:p>", "H1 A Book\n"},
      {"<text:p text:style-name='Loop'>Round</text:p>", "P Round\n"},
      {"<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d co\xC2\xADop</text:p>",
       "P a b c\\d coop\n"},
      {"<text:p><text:span>a</text:span> <text:span>b</text:span></text:p>", "P a b\n"},
      {"<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item>"
       "<text:p>deep</text:p></text:list-item></text:list></text:list-item>"
       "<text:list-header><text:p>two</text:p></text:list-header></text:list>",
       "-1 one\n-2 deep\n-1 two\n"},
      {"<text:list><text:list-item><text:h text:outline-level='1'><text:number>1</text:number>H"
       "</text:h></text:list-item></text:list>",
       "H1 H\n"},
      {"<text:p text:style-name='P1'>def f():</text:p><text:p text:style-name='P1'/>"
       "<text:p text:style-name='P1'><text:s text:c='4'/>return  1</text:p><text:p>after</text:p>",
       "C def f():\\\\    return 1\nP after\n"},
      {"<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p>"
       "</table:table-cell><table:table-cell><text:p>B</text:p><text:p>b</text:p>"
       "</table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
       "<table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell/>"
       "</table:table-row><table:table-row><table:table-cell/><table:table-cell/>"
       "</table:table-row></table:table>",
       "| A | B b\n| 1 |\n"},
      {"<table:table><table:table-row><table:table-cell><text:h text:outline-level='2'>In</text:h>"
       "<text:p>a frame</text:p></table:table-cell></table:table-row></table:table>",
       "H2 In\nP a frame\n"},
      {"<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
       "</text:deletion></text:changed-region></text:tracked-changes><text:p>kept</text:p>",
       "P kept\n"},
      {"<text:p>a<office:annotation><text:p>remark</text:p></office:annotation>b"
       "<text:hidden-text text:is-hidden='true'>c</text:hidden-text>"
       "<text:span text:style-name='Hid'>d</text:span></text:p>"
       "<text:section text:display='none'><text:p>e</text:p></text:section>",
       "P ab\n"},
      {"<text:table-of-content><text:index-body><text:p>Soil 3</text:p></text:index-body>"
       "</text:table-of-content><text:p>a</text:p>",
       "P a\n"},
      {"<text:p>host<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
       " text</text:p>",
       "P host text\nP boxed\n"},
      {"<text:p>&lol; &#65;&#xD800;&#0;&#99999999999;B</text:p>",
       "P &lol; A\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
       "B\n"},
  };
  constexpr std::string_view kOwn =
      "<style:style style:name='P1' style:family='paragraph' "
      "style:parent-style-name='Preformatted_20_Text'/><style:style style:name='Hid' "
      "style:family='text'><style:text-properties text:display='none'/></style:style>";
  for (const auto& [body, blocks] : cases) EXPECT_EQ(show_odt(body, kOwn), blocks) << body;
}

// LibreOffice writes the first space of an indented line as one, the others as <text:s>.
TEST(OpenDocument, IndentationBehindALineBreakIsWhole) {
  EXPECT_EQ(show_odt("<text:p text:style-name='Preformatted_20_Text'>if x:<text:line-break/> "
                     "<text:s text:c='3'/>y()</text:p>"),
            "C if x:\\    y()\n");
}

TEST(OpenDocument, NotesStandAfterTheirParagraphOrList) {
  const auto note = [](int n) {
    return fmt::format(
        "<text:note><text:note-citation>{0}</text:note-citation><text:note-body><text:p>note {0}"
        "</text:p><text:p>more</text:p></text:note-body></text:note>",
        n);
  };
  EXPECT_EQ(show_odt(fmt::format("<text:p>a{}.</text:p><text:p>b</text:p><text:list>"
                                 "<text:list-item><text:p>c{}</text:p></text:list-item>"
                                 "<text:list-item><text:p>d</text:p></text:list-item></text:list>"
                                 "<text:h>H{}</text:h>",
                                 note(1), note(2), note(3))),
            "P a[1].\nP [1] note 1\\more\nP b\n-1 c[2]\n-1 d\nP [2] note 2\\more\nH1 H[3]\n"
            "P [3] note 3\\more\n");
}

TEST(OpenDocument, Meta) {
  const std::string meta = fmt::format(
      "<office:document-meta{}><office:meta><dc:title> Gardens </dc:title>"
      "<meta:initial-creator>Ann Lee; Bob Ray</meta:initial-creator><dc:creator>Typist</dc:creator>"
      "<dc:language>de-AT</dc:language><meta:keyword>soil, water</meta:keyword>"
      "<meta:keyword>roots</meta:keyword><meta:creation-date>2019-05-01T10:00:00</"
      "meta:creation-date><dc:date>2024-01-01</dc:date>"
      "<meta:user-defined meta:name='Publisher'>Green Press</meta:user-defined>"
      "<meta:user-defined meta:name='ISBN'>978-0-13-468599-1</meta:user-defined>"
      "</office:meta></office:document-meta>",
      kSpaces);
  const Document document =
      read(Format::kOpenDocument,
           zip_of({{"content.xml", content("<text:p>x</text:p>")}, {"meta.xml", meta}}));
  EXPECT_EQ(document.meta.title, "Gardens");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ann Lee", "Bob Ray"}));
  EXPECT_EQ(document.meta.language, "de");
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"soil", "water", "roots"}));
  EXPECT_EQ(document.meta.year, 2019);
  EXPECT_EQ(document.meta.publisher, "Green Press");
  EXPECT_EQ(document.meta.isbn, "9780134685991");
  EXPECT_EQ(document.format, "odt");
  EXPECT_EQ(document.encoding, "UTF-8");
}

TEST(OpenDocument, DamagedMetadataCostsNoText) {
  const Document document =
      read(Format::kOpenDocument,
           zip_of({{"content.xml", content("<text:p>x</text:p>")}, {"meta.xml", "<a><b></a>"}}));
  EXPECT_EQ(show(document), "P x\n");
  EXPECT_EQ(document.warnings,
            std::vector<std::string>{"damaged: meta.xml is not well-formed XML (near byte 8)"});
}

TEST(OpenDocument, SaysWhatIsWrong) {
  EXPECT_EQ(failure({{"mimetype", "x"}}), "damaged: content.xml is missing");
  EXPECT_EQ(failure({{"content.xml", ""}}), "damaged: content.xml is missing");
  EXPECT_EQ(failure({{"content.xml", "<a><b></a>"}}),
            "damaged: content.xml is not well-formed XML (near byte 8)");
  EXPECT_EQ(failure({{"content.xml", "<a/>"}}), "damaged: content.xml holds no text");
  EXPECT_EQ(
      failure({{"content.xml", "\x8F\x12\x01"},
               {"META-INF/manifest.xml",
                "<m><file-entry full-path='content.xml'><encryption-data/></file-entry></m>"}}),
      "encrypted: the file asks for a password");
  const std::string whole = odt("<text:p>" + std::string(100'000, 'x') + "</text:p>");
  for (const std::size_t size : {whole.size() / 2, std::size_t{100}, std::size_t{4}}) {
    const auto cut = extract(Format::kOpenDocument, whole.substr(0, size));
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().code, Code::kUnsupported) << size;
    EXPECT_TRUE(cut.error().message.starts_with("damaged")) << cut.error().message;
  }
}

TEST(OpenDocument, HostileFilesEndInBounds) {
  std::string nested;
  for (int i = 0; i < 10'000; ++i) nested += "<text:section>";
  std::string closed = nested + "<text:p>x</text:p>";
  for (int i = 0; i < 10'000; ++i) closed += "</text:section>";
  EXPECT_EQ(show_odt(closed), "content.xml nests its elements more than 256 deep");
  EXPECT_TRUE(show_odt(nested).starts_with("damaged"));

  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>"
      "]><d xmlns:text='t'><body><text><text:p>&b;&c;</text:p></text></body></d>";
  EXPECT_EQ(show(read(Format::kOpenDocument, zip_of({{"content.xml", bomb}}))), "P &b;&c;\n");

  const std::string long_line = std::string(10 << 20, 'x');
  EXPECT_EQ(show_odt("<text:p>" + long_line + "</text:p>").size(), long_line.size() + 3);

  std::string spaces;
  for (int i = 0; i < 1000; ++i) spaces += "<text:s text:c='1000000000'/>";
  EXPECT_LT(read(Format::kOpenDocument, odt("<text:p>a" + spaces + "b</text:p>")).text.size(),
            100'000U);

  Document nul =
      read(Format::kOpenDocument, zip_of({{"content.xml", content(std::string("<text:p>a\0\x01"
                                                                              "b</text:p>",
                                                                              21))}}));
  EXPECT_EQ(show(nul),
            "P a\xEF\xBF\xBD"
            "b\n");
  EXPECT_EQ(nul.replaced, 1U);
}

}  // namespace
}  // namespace tome
