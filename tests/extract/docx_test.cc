// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "support/zip_file.h"

namespace tome {
namespace {

using test::zip_of;
using test::ZipFiles;

std::string body(std::string_view inner) {
  return fmt::format(
      "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{}<w:sectPr/>"
      "</w:body></w:document>",
      inner);
}

std::string relations(const std::vector<std::pair<std::string, std::string>>& targets) {
  std::string out = "<Relationships>";
  for (const auto& [type, target] : targets) {
    out += fmt::format("<Relationship Id='r' Type='http://x/{}' Target='{}'/>", type, target);
  }
  return out + "</Relationships>";
}

constexpr std::string_view kStyles =
    "<w:styles xmlns:w='w'>"
    "<w:style w:type='paragraph' w:styleId='berschrift2'><w:name w:val='heading 2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Mine'><w:name w:val='My head'/>"
    "<w:basedOn w:val='berschrift2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Lvl'><w:name w:val='Own'/>"
    "<w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Loop'><w:name w:val='Loop'/>"
    "<w:basedOn w:val='Loop'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Bul2'><w:name w:val='List Bullet 2'/>"
    "<w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='HTMLVor'><w:name w:val='HTML Preformatted'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='V1'><w:name w:val='toc 1'/></w:style>"
    "<w:style w:type='character' w:styleId='Hid'><w:name w:val='Hid'/>"
    "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>";

constexpr std::string_view kFootnotes =
    "<w:footnotes xmlns:w='w'><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
    "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t> first</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>more</w:t></w:r></w:p></w:footnote></w:footnotes>";

constexpr std::string_view kEndnotes =
    "<w:endnotes xmlns:w='w'><w:endnote w:id='2'><w:p><w:r><w:t>end "
    "<![CDATA[note]]></w:t><w:endnoteReference w:id='2'/></w:r></w:p></w:endnote></w:endnotes>";

ZipFiles docx_files(std::string_view inner) {
  return {{"_rels/.rels", relations({{"officeDocument", "word/document.xml"},
                                     {"metadata/core-properties", "docProps/core.xml"},
                                     {"custom-properties", "/docProps/custom.xml"}})},
          {"word/document.xml", body(inner)},
          {"word/_rels/document.xml.rels", relations({{"styles", "styles.xml"},
                                                      {"footnotes", "../word/footnotes.xml"},
                                                      {"endnotes", "endnotes.xml"}})},
          {"word/styles.xml", std::string(kStyles)},
          {"word/footnotes.xml", std::string(kFootnotes)},
          {"word/endnotes.xml", std::string(kEndnotes)}};
}

std::string show_zip(const std::string& bytes) {
  const auto document = extract(Format::kDocx, bytes);
  return document.ok() ? show(*document) : document.error().message;
}

std::string show_docx(std::string_view inner) { return show_zip(zip_of(docx_files(inner))); }

std::string p(std::string_view properties, std::string_view text) {
  return fmt::format("<w:p><w:pPr>{}</w:pPr><w:r><w:t>{}</w:t></w:r></w:p>", properties, text);
}

std::string styled(std::string_view style, std::string_view text) {
  return p(fmt::format("<w:pStyle w:val='{}'/>", style), text);
}

std::string list(int level, std::string_view text) {
  return p(fmt::format("<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='1'/></w:numPr>", level), text);
}

std::string cell(std::string_view text) { return "<w:tc><w:tcPr/>" + p("", text) + "</w:tc>"; }

TEST(Docx, Blocks) {
  const std::pair<std::string, std::string_view> cases[] = {
      {"", ""},
      {p("", "One") + "<w:p/>", "P One\n"},
      {styled("berschrift2", "3. A") + styled("Mine", "B") + styled("Lvl", "C"),
       "H2# A\nH2 B\nH3 C\n"},
      {styled("Heading4", "not in styles.xml") + styled("Titel", "T"),
       "H4 not in styles.xml\nH1 T\n"},
      {p("<w:outlineLvl w:val='0'/>", "direct") +
           p("<w:pStyle w:val='Mine'/><w:outlineLvl w:val='9'/>", "body"),
       "H1 direct\nP body\n"},
      {styled("Loop", "round") + styled("V1", "Soil 3"), "P round\n"},
      {list(0, "one") + list(2, "deep") + styled("Bul2", "two"), "-1 one\n-3 deep\n-2 two\n"},
      {p("<w:pStyle w:val='Bul2'/><w:numPr><w:numId w:val='0'/></w:numPr>", "none"), "P none\n"},
      {"<w:p><w:r><w:t>a</w:t></w:r><w:r><w:t xml:space='preserve'> </w:t></w:r><w:r><w:t>b</w:t>"
       "<w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>e</w:t>"
       "<w:sym w:font='x' w:char='2264'/><w:sym w:font='Wingdings' w:char='F0E0'/></w:r></w:p>",
       "P a b c\\d-e\xE2\x89\xA4\n"},
      {styled("HTMLVor", "if x:") + styled("HTMLVor", "") + styled("HTMLVor", "    y()") +
           p("", "after"),
       "C if x:\\\\    y()\nP after\n"},
      {"<w:tbl><w:tblPr/><w:tr>" + cell("A") + cell("B") + "</w:tr><w:sdt><w:sdtContent><w:tr>" +
           cell("1") + "<w:sdt><w:sdtContent>" + cell("2") +
           "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt><w:tr><w:trPr><w:del/></w:trPr>" +
           cell("x") + cell("y") + "</w:tr></w:tbl>",
       "| A | B\n| 1 | 2\n"},
      {"<w:tbl><w:tr>" + cell("a frame") + "</w:tr></w:tbl>", "P a frame\n"},
      {"<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r>"
       "</w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t> link"
       "</w:t></w:r></w:hyperlink></w:p>",
       "P new link\n"},
      {p("<w:rPr><w:del/></w:rPr>", "one ") + p("", "paragraph"), "P one paragraph\n"},
      {"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r><w:r><w:rPr><w:rStyle w:val='Hid'/>"
       "</w:rPr><w:t>b</w:t></w:r><w:r><w:rPr><w:vanish "
       "w:val='0'/></w:rPr><w:t>c</w:t></w:r></w:p>",
       "P c\n"},
      {"<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>IF </w:instrText>"
       "<w:t>hidden</w:t><w:fldChar w:fldCharType='separate'/><w:t>shown</w:t>"
       "<w:fldChar w:fldCharType='end'/><w:t> after</w:t></w:r></w:p>",
       "P shown after\n"},
      {"<w:p><w:r><w:t>a</w:t><w:fldChar w:fldCharType='begin'/><w:t>b</w:t></w:r></w:p>" +
           p("", "not lost"),
       "P a\nP not lost\n"},
      {"<w:p><w:r><w:t>host</w:t><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" +
           p("", "boxed") +
           "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
           "<w:txbxContent>" +
           p("", "boxed") +
           "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
       "P host\nP boxed\n"},
      {p("", "&#xD800;&#0;&#xAD;x"), "P \xEF\xBF\xBD\xEF\xBF\xBDx\n"},
  };
  for (const auto& [inner, blocks] : cases) EXPECT_EQ(show_docx(inner), blocks) << inner;
}

TEST(Docx, NotesStandAfterTheirParagraphOnce) {
  const std::string foot = "<w:r><w:footnoteReference w:id='2'/></w:r>";
  const std::string end = "<w:r><w:endnoteReference w:id='2'/></w:r>";
  const std::string a = "<w:p><w:r><w:t>a</w:t></w:r>" + end + foot + "</w:p>";
  EXPECT_EQ(show_docx(a + "<w:p>" + foot + "<w:r><w:t>b</w:t></w:r></w:p>"),
            "P a[1][2]\nP [1] end note\nP [2] first\\more\nP b\n");
}

TEST(Docx, Meta) {
  ZipFiles files = docx_files(styled("Titel", "Shown title"));
  files.emplace_back(
      "docProps/core.xml",
      "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:dcterms='t'><dc:title>Gardens</dc:title>"
      "<dc:creator>Ann Lee; Bob Ray</dc:creator><cp:keywords>soil; water</cp:keywords>"
      "<dc:language>en-US</dc:language><dcterms:created>2019-05-01T00:00:00Z</dcterms:created>"
      "<dcterms:modified>2024-05-01T00:00:00Z</dcterms:modified></cp:coreProperties>");
  files.emplace_back("docProps/custom.xml",
                     "<Properties xmlns:vt='v'><property name='publisher'><vt:lpwstr>Green "
                     "Press</vt:lpwstr></property></Properties>");
  const Document document = read(Format::kDocx, zip_of(files));
  EXPECT_EQ(document.meta.title, "Gardens");
  EXPECT_EQ(document.title, "Shown title");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ann Lee", "Bob Ray"}));
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"soil", "water"}));
  EXPECT_EQ(document.meta.language, "en");
  EXPECT_EQ(document.meta.year, 2019);
  EXPECT_EQ(document.meta.publisher, "Green Press");
  EXPECT_EQ(document.format, "docx");
}

TEST(Docx, FindsItsPartsByTheirRelationships) {
  const ZipFiles files = {{"_rels/.rels", relations({{"officeDocument", "/word/document2.xml"}})},
                          {"word/document2.xml", body(styled("Titel", "T"))},
                          {"word/_rels/document2.xml.rels", relations({{"styles", "styles2.xml"}})},
                          {"word/styles2.xml", std::string(kStyles)}};
  EXPECT_EQ(show_zip(zip_of(files)), "H1 T\n");
  EXPECT_EQ(show_zip(zip_of({{"word/document.xml", body(p("", "alone"))}})), "P alone\n");
}

TEST(Docx, SaysWhatIsWrong) {
  EXPECT_EQ(show_zip(zip_of({{"x.xml", "<a/>"}})), "damaged: word/document.xml is missing");
  EXPECT_EQ(show_zip(zip_of({{"word/document.xml", "<a/>"}})),
            "damaged: word/document.xml holds no text");
  EXPECT_EQ(show_zip(zip_of({{"word/document.xml", "<a"}})),
            "damaged: word/document.xml is not well-formed XML (near byte 1)");
  const std::string whole = zip_of(docx_files(p("", std::string(100'000, 'x'))));
  EXPECT_TRUE(show_zip(whole.substr(0, 300)).starts_with("damaged"));
  EXPECT_TRUE(show_zip("not a zip").starts_with("damaged"));
}

TEST(Docx, HostileFilesEndInBounds) {
  std::string nested;
  for (int i = 0; i < 10'000; ++i) nested += "<w:sdt>";
  for (int i = 0; i < 10'000; ++i) nested += "</w:sdt>";
  EXPECT_EQ(show_docx(nested), "word/document.xml nests its elements more than 256 deep");

  const std::string long_line(10 << 20, 'x');
  EXPECT_EQ(show_docx(p("", long_line)).size(), long_line.size() + 3);

  std::string fields = "<w:p><w:r>";
  for (int i = 0; i < 200'000; ++i) fields += "<w:fldChar w:fldCharType='begin'/><w:t>x</w:t>";
  EXPECT_EQ(show_docx(fields + "</w:r></w:p>"), "");

  // A note that leads to the next, and so on.
  std::string chain = "<w:footnotes xmlns:w='w'>";
  for (int i = 2; i < 50'000; ++i) {
    chain += fmt::format(
        "<w:footnote w:id='{}'><w:p><w:r><w:t>n</w:t><w:footnoteReference w:id='{}'/></w:r></w:p>"
        "</w:footnote>",
        i, i + 1);
  }
  ZipFiles files = docx_files("<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='2'/></w:r></w:p>");
  files[4].second = chain + "</w:footnotes>";
  EXPECT_EQ(read(Format::kDocx, zip_of(files)).blocks.size(), 49'999U);

  files = docx_files(p("", "x"));
  files[1].second =
      "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><w:d xmlns:w='w'><w:body>"
      "<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:d>";
  EXPECT_EQ(show_zip(zip_of(files)), "P &b;\n");
}

}  // namespace
}  // namespace tome
