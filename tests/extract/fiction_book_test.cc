// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"

namespace tome {
namespace {

std::string fb2(std::string_view bodies, std::string_view description = "") {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<FictionBook xmlns=\"f\" xmlns:l=\"x\">"
      "<description>{}</description>{}<binary id=\"a\">QUJD</binary></FictionBook>",
      description, bodies);
}

std::string show_fb2(std::string_view bodies, std::string_view description = "") {
  const auto document = extract(Format::kFictionBook, fb2(bodies, description));
  return document.ok() ? show(*document) : document.error().message;
}

TEST(FictionBook, Blocks) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<body/>", ""},
      {"<body><title><p>Book</p></title><section><title><p>Part 1</p><p>Night</p></title>"
       "<section><title><p>1. Moon</p></title><p>a\n b</p></section></section>"
       "<section><p>c</p></section></body>",
       "H1 Book\nH1 Part 1. Night\nH2# Moon\nP a b\nP c\n"},
      {"<body><section><p>a <emphasis>b</emphasis> <code>c()</code></p><empty-line/>"
       "<image l:href='#a'/><subtitle>* * *</subtitle><subtitle>Later</subtitle></section></body>",
       "P a b c()\nH2 Later\n"},
      {"<body><section><p><code>if x:</code></p><p><code></code></p><p><code>  y()</code></p>"
       "<p>z</p></section></body>",
       "C if x:\\\\  y()\nP z\n"},
      {"<body><epigraph><p>e</p><text-author>T</text-author></epigraph><section><poem><title><p>"
       "Ode</p></title><stanza><v>one</v><v>two</v></stanza></poem><cite><subtitle>s</subtitle>"
       "<p>q</p></cite></section></body>",
       "P e\nP T\nP Ode\nP one\\two\nP s\nP q\n"},
      {"<body><section><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>"
       "<tr><td/><td/></tr></table></section></body>",
       "| A | B\n| 1 | 2\n"},
      {"<body><section><p>\xE2\x80\xA2 one</p><p>\xE2\x80\xA2\xC2\xA0\xE2\x80\xA2 two</p></section>"
       "</body>",
       "-1 one\n-2 two\n"},
      {"<body><section><p>co\xC2\xADop &#0;&#xD800;<![CDATA[<raw>]]></p></section></body>",
       "P coop \xEF\xBF\xBD\xEF\xBF\xBD<raw>\n"},
  };
  for (const auto& [bodies, blocks] : cases) EXPECT_EQ(show_fb2(bodies), blocks) << bodies;
}

TEST(FictionBook, NotesStandAfterTheirParagraphAndNoneIsLost) {
  EXPECT_EQ(show_fb2("<body><section><p>a<a l:href='#n1' type='note'>[1]</a> b<a "
                     "l:href='#n2'>*</a></p><p>c<a l:href='#n1'>[1]</a></p></section></body>"
                     "<body name='notes'><title><p>Notes</p></title><section id='n1'><title><p>1"
                     "</p></title><p>first <a l:href='#n2'>see</a></p><p>more</p></section>"
                     "<section id='n2'><p>second</p></section></body>"),
            "P a[1] b*\nP [1] first see\\more\nP [*] second\nP c[1]\n");
  EXPECT_EQ(show_fb2("<body><p>a</p></body><body name='notes'><title><p>Notes</p></title>"
                     "<section id='n1'><title><p>1</p></title><p>unused</p></section></body>"),
            "P a\nH1 Notes\nH1 1\nP unused\n");
}

TEST(FictionBook, Meta) {
  const Document document =
      read(Format::kFictionBook,
           fb2("<body><p>x</p></body>",
               "<title-info><genre>sci</genre><author><first-name>Ann</first-name><middle-name>B."
               "</middle-name><last-name>Lee</last-name></author><author><nickname>bob</nickname>"
               "</author><book-title>Gardens</book-title><annotation><p>What it is.</p>"
               "</annotation><keywords>soil, water</keywords><date value='1869-01-01'>1869</date>"
               "<lang>ru-RU</lang><src-lang>en</src-lang></title-info><document-info><author>"
               "<nickname>scanner</nickname></author></document-info><publish-info><book-name>Print"
               "</book-name><publisher>Green Press</publisher><year>1999</year>"
               "<isbn>5-02-013850-9</isbn></publish-info>"));
  EXPECT_EQ(document.meta.kind, Kind::kBook);
  EXPECT_EQ(document.meta.title, "Gardens");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ann B. Lee", "bob"}));
  EXPECT_EQ(document.meta.language, "ru");
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"soil", "water"}));
  EXPECT_EQ(document.meta.year, 1869);
  EXPECT_EQ(document.meta.publisher, "Green Press");
  EXPECT_EQ(document.meta.isbn, "5020138509");
  EXPECT_EQ(show(document), "P What it is.\nP x\n");

  const Document printed = read(
      Format::kFictionBook,
      fb2("<body/>", "<publish-info><book-name>Print</book-name><year>1999</year></publish-info>"));
  EXPECT_EQ(printed.meta.title, "Print");
  EXPECT_EQ(printed.meta.year, 1999);
}

TEST(FictionBook, DecodesByItsDeclaration) {
  const std::string inner =
      "<FictionBook><body><p>\xCF\xF0\xE8\xE2\xE5\xF2</p></body></FictionBook>";
  const Document document =
      read(Format::kFictionBook, "<?xml version='1.0' encoding='windows-1251'?>" + inner);
  EXPECT_EQ(show(document), "P Привет\n");
  EXPECT_EQ(document.encoding, "WINDOWS-1251");

  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("<FictionBook><body><p>wide</p></body></FictionBook>")) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(show(read(Format::kFictionBook, wide)), "P wide\n");
}

TEST(FictionBook, HostileFilesEndInBounds) {
  const auto message = [](std::string_view bytes) {
    const auto document = extract(Format::kFictionBook, bytes);
    return document.ok() ? "read" : document.error().message;
  };
  EXPECT_EQ(message("<FictionBook><body></FictionBook>"),
            "damaged: the file is not well-formed XML (near byte 21)");
  EXPECT_EQ(message(""), "the file is empty");
  EXPECT_EQ(message("<a/>"), "damaged: the file holds no FictionBook");

  std::string nested;
  for (int i = 0; i < 10'000; ++i) nested += "<section>";
  for (int i = 0; i < 10'000; ++i) nested += "</section>";
  EXPECT_EQ(message(fb2("<body>" + nested + "</body>")),
            "the file nests its elements more than 256 deep");

  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
      "<FictionBook><body><p>&b;&c;</p></body></FictionBook>";
  EXPECT_EQ(show(read(Format::kFictionBook, bomb)), "P &b;&c;\n");

  const std::string long_line(10 << 20, 'x');
  EXPECT_EQ(show_fb2("<body><p>" + long_line + "</p></body>").size(), long_line.size() + 3);

  // A note that leads to the next, and so on.
  std::string chain = "<body><p>go<a l:href='#n0'>1</a></p></body><body name='notes'>";
  for (int i = 0; i < 50'000; ++i) {
    chain += fmt::format("<section id='n{}'><p>x<a l:href='#n{}'>y</a></p></section>", i, i + 1);
  }
  EXPECT_EQ(read(Format::kFictionBook, fb2(chain + "</body>")).blocks.size(), 50'001U);

  std::string tags = "<FictionBook>";
  for (int i = 0; i < 6'000'000; ++i) tags += "<p/>x";
  EXPECT_EQ(message(tags + "</FictionBook>"), "the file needs too much memory for its size");
}

}  // namespace
}  // namespace tome
