// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "blocks.h"
#include "text/text.h"

namespace tome {
namespace {

std::string show_bytes(std::string_view bytes) {
  const auto document = extract(Format::kRtf, bytes);
  return document.ok() ? show(*document) : document.error().message;
}

constexpr std::string_view kHead =
    R"({\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;})"
    R"({\f1\fmodern\fprq1 Courier;}{\f2\fnil\fcharset204 Arial;}{\f3\fnil\fcharset128 Mincho;})"
    R"({\f4\fnil\fcharset2 Symbol;}}{\colortbl;\red255\green0\blue0;})"
    R"({\stylesheet{\s0 Normal;}{\s1\outlinelevel0\sbasedon0 heading 1;}{\s2\sbasedon1 Own;})"
    R"({\s3 Title;}{\s4 HTML Preformatted;}{\s5 toc 1;}{\*\cs10 heading 2;}})";

std::string rtf(std::string_view body) { return std::string(kHead) + std::string(body) + "}"; }

TEST(Rtf, NulInItsTextIsReplaced) {
  using namespace std::literals;
  const auto document =
      extract(Format::kRtf,
              "{\\rtf1{\\info{\\title A\0B}}{\\stylesheet{\\s1 heading 1;}{\\s2 Title;}}"
              "\\pard\\s2 T\0t\\par\\pard\\s1 Head\0ing\\par\\pard Text\0 here.\\par}"sv);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->text, "T\uFFFDt\n\nHead\uFFFDing\n\nText\uFFFD here.");
  EXPECT_EQ(document->title, "T\uFFFDt");
  EXPECT_EQ(document->meta.title, "A\uFFFDB");
  EXPECT_EQ(document->replaced, 4u);
}

TEST(Rtf, Blocks) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"One\r\n two.\\par\\par Three", "P One two.\nP Three\n"},
      {R"(\pard\s1 2. Soil\par\pard\s2 Own\par\pard\s3 Book\par\pard\outlinelevel3 Deep\par)",
       "H1# Soil\nH1 Own\nH1 Book\nH4 Deep\n"},
      {R"(\pard\s1\outlinelevel9 no heading\par\pard\s5 Soil\tab 3\par)", "P no heading\n"},
      {R"(caf\'e9 \u8364? \u-10179?\u-8704? {\uc2\u233xyz} \uc0\u252r)", "P café € 😀 éz ür\n"},
      {R"({\f2 \'cf\'f0\'e8\'e2\'e5\'f2} {\f3\'83e\'83\'58\'83\'67} {\f4\'b7}x)",
       "P Привет テスト •x\n"},
      {R"(a\~b\_c\-d\emdash e\line f\tab g\{\}\\)", "P a b-cd—e\\f g{}\\\n"},
      {R"(\u0?a\u55357?b\'00c)",
       "P \xEF\xBF\xBD"
       "a\xEF\xBF\xBD"
       "b\xEF\xBF\xBD"
       "c\n"},
      {R"({\v hidden}{\deleted gone}a{\v\v0 b}\plain c{\*\unknown no}{\pict 00ff}{\header no\par})",
       "P abc\n"},
      {R"(see {\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt the page}}.)", "P see the page.\n"},
      {R"(\pard\ls1\ilvl0{\listtext\'b7\tab}one\par\pard\ls1\ilvl1 two\par)"
       R"(\pard{\pntext\'b7\tab}{\*\pn\pnlvlblt}three\par)",
       "-1 one\n-2 two\n-1 three\n"},
      {R"(\pard\li360\fi-360\bullet\tab one\par\pard\li720\fi-360\endash\tab two\par)"
       R"(\pard\li360\fi-360 1.\tab three\par\pard\li360\fi-360 ab\tab no\par)",
       "-1 one\n-2 two\n-1 three\nP ab no\n"},
      {R"(\trowd\cellx1\cellx2\pard\intbl A\cell B\par b\cell\row\pard\intbl 1\cell\cell\row)"
       R"(\pard after\par)",
       "| A | B b\n| 1 |\nP after\n"},
      {R"({{\pard\intbl A\par}\cell}{{\pard\intbl B\par}\cell}{\intbl\row}\pard x)",
       "| A | B\nP x\n"},
      {R"(\pard\intbl frame\cell\row\pard\intbl no end\cell x\cell)", "P frame\n| no end | x\n"},
      {R"(a{\super\chftn}{\*\footnote\pard\chftn  note\par more\par}.\par b{\footnote\ftnalt end}\par)",
       "P a[1].\nP [1] note\\more\nP b[2]\nP [2] end\n"},
      {R"(host{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt boxed\par}}{\shprslt old}} text\par)",
       "P host text\nP boxed\n"},
      {R"(prose that is longer than the code\par{\f1 if x:\line\line   y()\par z()\par}{\f1 a} b)",
       "P prose that is longer than the code\nC if x:\\\\  y()\\z()\nP a b\n"},
      {R"({\f1 all of it\par is typewritten\par})", "P all of it\nP is typewritten\n"},
      {R"(\pard\s4 if x:\par\par   y()\par\pard z)", "C if x:\\\\  y()\nP z\n"},
      {R"(a{\bin3 }}}b{\*\blob\bin4 {{{{}c)", "P abc\n"},
      {"a\\\nb", "P a\nP b\n"},
      {"a}b", "P a\n"},
  };
  for (const auto& [body, blocks] : cases) EXPECT_EQ(show_bytes(rtf(body)), blocks) << body;
}

TEST(Rtf, CodePages) {
  EXPECT_EQ(show_bytes(R"({\rtf1\ansi\ansicpg1251 \'c2\'bb})"), "P В»\n");
  EXPECT_EQ(show_bytes("{\\rtf1\\ansi\\ansicpg1251 \xCF\xF0}"), "P Пр\n");
  EXPECT_EQ(show_bytes(R"({\rtf1\mac \'8e})"), "P é\n");
  EXPECT_EQ(show_bytes(R"({\rtf1\ansi\ansicpg65001 \'c3\'a9})"), "P é\n");
  EXPECT_EQ(show_bytes(R"({\rtf1\ansi\ansicpg77777 \'e9})"), "P é\n");
  const Document document = read(Format::kRtf, R"({\rtf1\ansi\ansicpg1250 x})");
  EXPECT_EQ(document.encoding, "WINDOWS-1250");
  EXPECT_EQ(read(Format::kRtf, R"({\rtf1\ansi\ansicpg932 \'83})").replaced, 1U);
}

TEST(Rtf, Meta) {
  const Document document = read(
      Format::kRtf,
      rtf(R"({\info{\upr{\title G?rten}{\*\ud{\title G\u228?rten}}}{\author Ann Lee; Bob Ray})"
          R"({\keywords soil, water}{\*\company Green Press}{\revtim\yr2024}{\creatim\yr2019\mo5})"
          R"({\printim\yr2025}}x)"));
  EXPECT_EQ(document.meta.title, "Gärten");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ann Lee", "Bob Ray"}));
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"soil", "water"}));
  EXPECT_EQ(document.meta.publisher, "Green Press");
  EXPECT_EQ(document.meta.year, 2019);
  EXPECT_EQ(document.format, "rtf");
  EXPECT_TRUE(document.warnings.empty());
  EXPECT_EQ(show(document), "P x\n");
}

TEST(Rtf, CutFilesAreReadWithAWarning) {
  const Document document = read(Format::kRtf, R"({\rtf1 text {\b bold)");
  EXPECT_EQ(show(document), "P text bold\n");
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(Rtf, HostileFilesEndInBounds) {
  EXPECT_EQ(extract(Format::kRtf, "text").error().message,
            "damaged: the file does not begin as RTF");
  EXPECT_EQ(show_bytes(rtf(std::string(10'000, '{'))),
            "the file nests its groups more than 256 deep");
  std::string groups = std::string(200, '{') + "x" + std::string(200, '}');
  EXPECT_EQ(show_bytes(rtf(groups)), "P x\n");
  const std::string long_line(10 << 20, 'x');
  EXPECT_EQ(show_bytes(rtf(long_line)).size(), long_line.size() + 3);
  std::string notes;
  for (int i = 0; i < 500'000; ++i) notes += "\\footnote";
  EXPECT_EQ(show_bytes(rtf("{" + notes + " x}")), "P [1]\nP [1] x\n");
  std::string cells;
  for (int i = 0; i < 300'000; ++i) cells += "\\li" + std::to_string(i) + "\\cell";
  EXPECT_EQ(show_bytes(rtf(cells)), "");
  EXPECT_EQ(show_bytes(rtf(R"(\bin999999999 x)")), "");
  EXPECT_EQ(show_bytes(rtf(R"(\u99999999999?a\uc-5\u5?\li99999999999 b)")).empty(), false);
}

TEST(Rtf, MutationsKeepTheTextValid) {
  constexpr std::string_view kParts[] = {"{",
                                         "}",
                                         "\\",
                                         "\\'8",
                                         "\\'e3",
                                         "\\par ",
                                         "\\cell ",
                                         "\\row",
                                         "\\u-1?",
                                         "\\*",
                                         "\\u55357?",
                                         "\\footnote",
                                         "{\\shp",
                                         "{\\shptxt",
                                         "\\f3 ",
                                         "\\s1 ",
                                         "\\bin9 ",
                                         "\xFF",
                                         std::string_view("\0", 1),
                                         "\\info"};
  const std::string original =
      rtf(R"({\info{\title T}}\s1 Head\par a{\*\footnote n\par}\par{\f3\'83e\'83\'58}\par)"
          R"(\pard\intbl A\cell B\cell\row\pard\ls1 item\par{\f1 code\par})");
  std::mt19937 random(20240607);
  for (int round = 0; round < 3000; ++round) {
    std::string text = original;
    for (unsigned i = 1 + random() % 8; i > 0; --i) {
      const std::size_t at = 6 + random() % (text.size() - 6);
      if (random() % 3 == 0) {
        text.erase(at, random() % 30);
      } else {
        text.insert(at, kParts[random() % std::size(kParts)]);
      }
    }
    const auto document = extract(Format::kRtf, text);
    ASSERT_TRUE(document.ok()) << text;
    std::string copy = document->text;
    ASSERT_EQ(repair_utf8(copy), 0U) << text;
    std::uint32_t end = 0;
    for (const Block& block : document->blocks) {
      ASSERT_GE(block.begin, end) << text;
      ASSERT_FALSE(squeeze(text_of(*document, block)).empty()) << text;
      end = block.end;
    }
  }
}

}  // namespace
}  // namespace tome
