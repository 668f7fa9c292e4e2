// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "extract/blocks.h"
#include "extract/pdf_letters.h"
#include "support/growth.h"
#include "support/pdf_file.h"

namespace tome {
namespace {

using test::pdf_file;
using test::pdf_lines;
using test::PdfParts;
using test::PdfText;

Document read_parts(const PdfParts& parts) {
  auto document = extract(Format::kPdf, pdf_file(parts));
  EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().message);
  return document.ok() ? *document : Document{};
}

std::string show_parts(const PdfParts& parts) { return show(read_parts(parts)); }

std::string pages_of(const Document& document) {
  std::string out;
  for (const Block& block : document.blocks) out += fmt::format("{} ", block.page);
  return out;
}

std::vector<PdfText> joined(std::vector<PdfText> a, const std::vector<PdfText>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Lines of about one width.
const std::vector<std::string> kProse = {"The quick brown fox jumps over the lazy dog by night,",
                                         "and the lazy dog sleeps on without a care in the world,",
                                         "until the morning comes and the fox has gone away."};

void expect_error(std::string_view bytes, Code code, const std::string& message) {
  const auto document = extract(Format::kPdf, bytes);
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, code);
  EXPECT_EQ(document.error().message, message);
}

TEST(Pdf, LinesBecomeParagraphsOnTheirPages) {
  PdfParts parts;
  parts.pages = {pdf_lines(72, 100, kProse), pdf_lines(72, 100, {"Another page."})};
  const Document document = read_parts(parts);
  EXPECT_EQ(show(document),
            "P The quick brown fox jumps over the lazy dog by night, and the lazy dog sleeps on "
            "without a care in the world, until the morning comes and the fox has gone away.\n"
            "P Another page.\n");
  EXPECT_EQ(pages_of(document), "1 2 ");
  EXPECT_EQ(lines_of(document), "0 0");
  EXPECT_EQ(document.format, "pdf");
  EXPECT_TRUE(document.page_labels.empty());
  EXPECT_TRUE(document.warnings.empty());
}

TEST(Pdf, ParagraphsEndAtIndentBlankSpaceAndShortLines) {
  std::vector<PdfText> page = pdf_lines(72, 100, kProse);
  page = joined(page, pdf_lines(90, 136, {"Indented, a paragraph begins; it runs on in lines at"}));
  page = joined(page, pdf_lines(72, 148, {"the margin and it is done here."}));
  page = joined(page, pdf_lines(72, 160,
                                {"Short lines end one as well, when the next word would",
                                 "have stood in the room that is left."}));
  page = joined(page, pdf_lines(72, 200, {"And so does a gap."}));
  PdfParts parts;
  parts.pages = {page};
  EXPECT_EQ(show_parts(parts),
            "P The quick brown fox jumps over the lazy dog by night, and the lazy dog sleeps on "
            "without a care in the world, until the morning comes and the fox has gone away.\n"
            "P Indented, a paragraph begins; it runs on in lines at the margin and it is done "
            "here.\n"
            "P Short lines end one as well, when the next word would have stood in the room that "
            "is left.\n"
            "P And so does a gap.\n");
}

TEST(Pdf, HyphensAtLineEnds) {
  const struct {
    const char* first;
    const char* second;
    const char* want;
  } kCases[] = {
      {"We show what the word exam-", "ple means in a text of two lines.", "word example means"},
      {"As seen above, the set was well-", "known to be finite.", "was well-known to"},
      {"It was done by Monsieur Jean-", "Paul, who is not here.", "Jean-Paul, who"},
      {"You find this both in the pre-", "and post-war years of the town.",
       "the pre- and post-war"},
  };
  for (const auto& each : kCases) {
    PdfParts parts;
    parts.pages = {joined(pdf_lines(72, 100, {each.first, each.second}),
                          pdf_lines(72, 300, {"This well-known word is spelt with a hyphen."}))};
    const std::string text = read_parts(parts).text;
    EXPECT_NE(text.find(each.want), std::string::npos) << text;
  }
}

TEST(Pdf, LettersAreCleaned) {
  const struct {
    const char* text;
    const char* want;
  } kCases[] = {
      {"e\xEF\xAC\x83"
       "cient \xEF\xAC\x82"
       "ow",
       "efficient flow"},                          // ligatures
      {"caf\x65\xCC\x81", "caf\xC3\xA9"},          // NFC
      {"\xEF\x82\xB7 item", "\xE2\x80\xA2 item"},  // Wingdings' bullet
      {"a\x01"
       "b\xEE\x80\x80"
       "c",
       "abc"},  // control, private use
      {"well\xE2\x80\x90known", "well-known"},
      {"\xEF\xBA\x8D\xEF\xBB\x9F", "\xD8\xA7\xD9\x84"},  // Arabic forms
  };
  for (const auto& each : kCases) {
    EXPECT_EQ(clean_letters(poppler::ustring::from_utf8(each.text)), each.want);
  }
  poppler::ustring broken;
  broken.push_back(0xD800);
  broken.push_back('x');
  EXPECT_EQ(clean_letters(broken), "\xEF\xBF\xBDx");
}

TEST(Pdf, HebrewIsReadFromTheRight) {
  const std::string seen = "2019 \xD7\x91\xD7\x90";  // "bet alef", with a year to the left
  ASSERT_TRUE(is_right_to_left(seen));
  EXPECT_EQ(read_right_to_left(seen), "\xD7\x90\xD7\x91 2019");
  EXPECT_FALSE(is_right_to_left("left"));
}

TEST(Pdf, SoftHyphensJoin) {
  HyphenWords words;
  std::string paragraph = "the exam\xC2\xAD";
  words.join(paragraph, "Ple");
  EXPECT_EQ(paragraph, "the examPle");
}

TEST(Pdf, AddressesStayWhole) {
  HyphenWords words;
  std::string paragraph = "see https://keyring.debian.org/";
  words.join(paragraph, "replacing_keys-");
  words.join(paragraph, "now.html, which says");
  EXPECT_EQ(paragraph, "see https://keyring.debian.org/replacing_keys-now.html, which says");
  paragraph = "see https://keyring.debian.org/doc.";
  words.join(paragraph, "Then");
  EXPECT_EQ(paragraph, "see https://keyring.debian.org/doc. Then");
}

TEST(Pdf, ParagraphsRunOverPages) {
  PdfParts parts;
  parts.pages = {pdf_lines(72, 640, {"A sentence that does not end on its page but goes"}),
                 joined(pdf_lines(72, 100, {"on at the top of the next, where it ends."}),
                        pdf_lines(72, 300, {"Here stands another."}))};
  const Document document = read_parts(parts);
  EXPECT_EQ(show(document),
            "P A sentence that does not end on its page but goes on at the top of the next, where "
            "it ends.\nP Here stands another.\n");
  EXPECT_EQ(pages_of(document), "1 2 ");
}

TEST(Pdf, TextGoesOnBehindTheNotesAtTheFootOfAPage) {
  PdfParts parts;
  parts.pages = {joined(pdf_lines(72, 600, {"A sentence that does not end on its page but goes"}),
                        pdf_lines(72, 700, {"A note in small letters"}, 7)),
                 pdf_lines(72, 100,
                           {"on at the top of the next, where it ends and where there is "
                            "more to read."})};
  EXPECT_EQ(show_parts(parts),
            "P A sentence that does not end on its page but goes on at the top of the next, where "
            "it ends and where there is more to read.\nP A note in small letters\n");
}

TEST(Pdf, ColumnsAreReadOneAfterTheOther) {
  std::vector<std::string> left;
  std::vector<std::string> right;
  for (int i = 1; i <= 20; ++i) {
    left.push_back(fmt::format("left line {} of the text in its column,", i));
    right.push_back(fmt::format("right line {} of the text in its column,", i));
  }
  std::vector<PdfText> page;
  const std::vector<PdfText> a = pdf_lines(72, 100, left);
  const std::vector<PdfText> b = pdf_lines(330, 100, right);
  for (std::size_t i = 0; i < a.size(); ++i) page.insert(page.end(), {a[i], b[i]});
  PdfParts parts;
  parts.pages = {page};
  std::string want = "P";
  for (const std::string& line : left) want += " " + line;
  for (const std::string& line : right) want += " " + line;
  EXPECT_EQ(show_parts(parts), want + "\n");
}

// Poppler reads these column by column.
TEST(Pdf, TablesAreReadRowByRow) {
  const std::vector<std::vector<std::string>> cells = {
      {"Wheel", "Head in metres", "Turns", "Efficiency"},
      {"Undershot", "0.5 to 1.5", "4 to 6", "30 %"},
      {"Breastshot", "1.5 to 3", "6 to 9", "55 %"},
      {"Overshot", "3 to 9", "8 to 12", "70 %"}};
  for (const std::string font : {"F1", "F3"}) {
    std::vector<PdfText> page;
    for (const double top : {60.0, 120.0, 180.0}) page = joined(page, pdf_lines(72, top, kProse));
    for (std::size_t column = 0; column < 4; ++column) {
      for (std::size_t row = 0; row < 4; ++row) {
        page.push_back({72 + 120.0 * static_cast<double>(column),
                        300 + 14.0 * static_cast<double>(row), cells[row][column], 10, font});
      }
    }
    PdfParts parts;
    parts.pages = {page};
    const std::string shown = show_parts(parts);
    const std::string table = shown.substr(shown.find("away.\n", shown.rfind("until")) + 6);
    EXPECT_EQ(table, font == "F1" ? "| Wheel | Head in metres | Turns | Efficiency\n"
                                    "| Undershot | 0.5 to 1.5 | 4 to 6 | 30 %\n"
                                    "| Breastshot | 1.5 to 3 | 6 to 9 | 55 %\n"
                                    "| Overshot | 3 to 9 | 8 to 12 | 70 %\n"
                                  : "C Wheel               Head in metres      Turns               "
                                    "Efficiency\\Undershot           0.5 to 1.5          4 to 6"
                                    "              30 %\\Breastshot          1.5 to 3            "
                                    "6 to 9              55 %\\Overshot            3 to 9"
                                    "              8 to 12             70 %\n");
  }
}

TEST(Pdf, TheColumnsOfAnIndexAreNoTable) {
  std::vector<PdfText> page;
  std::string want;
  for (const double left : {72.0, 330.0}) {
    for (int i = 0; i < 20; ++i) {
      page.push_back({left, 100 + 14.0 * i, fmt::format("entry{}{}, {}", left, i, 10 + i)});
      want += fmt::format(" entry{}{}, {}", left, i, 10 + i);
    }
  }
  PdfParts parts;
  parts.pages = {page};
  std::string shown = show_parts(parts);
  EXPECT_EQ(shown.find('|'), std::string::npos) << shown;
  EXPECT_LT(shown.find("entry7219"), shown.find("entry3300")) << shown;
}

// The number of the third item is printed, and read, before the items within the second.
TEST(Pdf, NumbersStandBeforeTheirItems) {
  PdfParts parts;
  parts.pages = {{{72, 100, "2."},
                  {100, 100, "Dig from the wheel towards the weir."},
                  {72, 142, "3."},
                  {128, 114, "Flat ones pave the bed."},
                  {128, 128, "Round ones go into the drain."},
                  {100, 142, "Let in water a hand deep for a week."}}};
  const std::string shown = show_parts(parts);
  EXPECT_NE(shown.find("3. Let in water"), std::string::npos) << shown;
}

TEST(Pdf, RunningHeadersFootersAndPageNumbersAreDropped) {
  PdfParts parts;
  for (int i = 1; i <= 7; ++i) {
    std::vector<PdfText> page = pdf_lines(
        72, 120,
        {fmt::format("Page content of the {} kind.", std::string(1, static_cast<char>('a' + i)))});
    page.push_back(
        {72, 40,
         i % 2 == 0 ? fmt::format("{}   A Book of Foxes", i) : fmt::format("2. Dogs   {}", i), 9,
         "F1"});
    page.push_back({300, 760, fmt::format("- {} -", i), 9, "F1"});
    parts.pages.push_back(page);
  }
  EXPECT_EQ(show_parts(parts),
            "P Page content of the b kind.\nP Page content of the c kind.\n"
            "P Page content of the d kind.\nP Page content of the e kind.\n"
            "P Page content of the f kind.\nP Page content of the g kind.\n"
            "P Page content of the h kind.\n");
}

TEST(Pdf, PagesOfNothingButRepetitionKeepIt) {
  PdfParts parts;
  for (int i = 1; i <= 4; ++i) {
    parts.pages.push_back({{72, 60, fmt::format("Ticket {}", i), 10, "F1"}});
  }
  EXPECT_EQ(show_parts(parts), "P Ticket 1\nP Ticket 2\nP Ticket 3\nP Ticket 4\n");
}

TEST(Pdf, TwoPagesHaveNoRunningHeaders) {
  PdfParts parts;
  for (int i = 1; i <= 2; ++i) {
    parts.pages.push_back({{72, 40, "The same line", 10, "F1"}, {72, 120, "Text.", 10, "F1"}});
  }
  EXPECT_EQ(show_parts(parts), "P The same line\nP Text.\nP The same line\nP Text.\n");
}

TEST(Pdf, WhatOpensManyPagesInLargeLettersIsNoHeader) {
  PdfParts parts;
  for (int i = 1; i <= 4; ++i) {
    parts.pages.push_back(
        joined({{72, 60, fmt::format("Lesson {}", i), 18, "F2"}}, pdf_lines(72, 100, kProse)));
  }
  EXPECT_NE(show_parts(parts).find("Lesson 3\n"), std::string::npos);
}

TEST(Pdf, TheOutlineNamesTheHeadings) {
  PdfParts parts;
  parts.outline = {{"Introduction", 1},
                   {"Why Foxes", 2},
                   {"Nowhere to be Found", 2},
                   {"A Long Title That Stands on Two Lines", 1}};
  parts.pages = {
      {{72, 72, "Contents", 16, "F2"},
       {72, 100, "1 Introduction . . . . . . . . . . . . 2", 10, "F1"},
       {72, 112, "1.1 Why Foxes . . . . . . . . . . . . . 2", 10, "F1"}},
      joined({{72, 72, "1  Introduction", 16, "F2"}},
             joined(pdf_lines(72, 100, kProse),
                    joined({{72, 160, "1.1  WHY FOXES", 12, "F2"}}, pdf_lines(72, 190, kProse)))),
      joined(pdf_lines(72, 72, {"2  A Long Title That", "Stands on Two Lines"}, 16),
             pdf_lines(72, 120, {"The end."}))};
  const Document document = read_parts(parts);
  std::string headings;
  for (const Block& block : document.blocks) {
    if (block.style != Style::kHeading) continue;
    headings += fmt::format("{} p{} {}\n", block.level, block.page, text_of(document, block));
  }
  EXPECT_EQ(headings,
            "1 p2 1 Introduction\n2 p2 1.1 WHY FOXES\n1 p3 2 A Long Title That Stands on Two "
            "Lines\n");
  EXPECT_EQ(document.text.find("\xE2\x80\xA6"), std::string::npos) << "the printed contents stay";
}

TEST(Pdf, LargerLettersAreHeadingsWithoutAnOutline) {
  PdfParts parts;
  std::vector<PdfText> page = {{72, 72, "All About Foxes", 20, "F2"}};
  for (int i = 0; i < 4; ++i) {
    page.push_back({72, 110.0 + 100 * i,
                    fmt::format("Part {}", std::string(1, static_cast<char>('A' + i))), 14, "F2"});
    page = joined(page, pdf_lines(72, 135.0 + 100 * i, kProse));
    page = joined(page, pdf_lines(72, 180.0 + 100 * i, {"More."}));
  }
  parts.pages = {page};
  const Document document = read_parts(parts);
  const std::string shown = show(document);
  EXPECT_EQ(shown.substr(0, shown.find("P ")), "H1 All About Foxes\nH2 Part A\n");
  EXPECT_EQ(document.title, "All About Foxes");
}

TEST(Pdf, ListItemsAndCode) {
  std::vector<PdfText> page = pdf_lines(72, 100, kProse);
  page = joined(page, pdf_lines(82, 160, {"\x95 one item that is short", "\x95 another item"}));
  page.push_back({72, 210, "if (fox.is_lazy()) {", 10, "F3"});
  page.push_back({84, 222, "sleep(fox);", 10, "F3"});
  page.push_back({72, 234, "}", 10, "F3"});
  PdfParts parts;
  parts.pages = {page};
  const std::string shown = show_parts(parts);
  EXPECT_NE(shown.find("-1 one item that is short\n-1 another item\n"
                       "C if (fox.is_lazy()) {\\  sleep(fox);\\}\n"),
            std::string::npos)
      << shown;
}

TEST(Pdf, LabelsAndInformation) {
  PdfParts parts;
  parts.pages.assign(4, {{72, 100, "Text of a page.", 10, "F1"}});
  parts.labels = "0 << /S /r >> 2 << /S /D >>";
  parts.info =
      "/Title (Foxes and Dogs) /Author (Ann Lee; Bob Ray and Cy Fox) /Keywords (foxes, dogs; "
      "sleep) /CreationDate (D:20190304050607Z)";
  const Document document = read_parts(parts);
  EXPECT_EQ(document.page_labels, (std::vector<std::string>{"i", "ii", "1", "2"}));
  EXPECT_EQ(document.meta.title, "Foxes and Dogs");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ann Lee", "Bob Ray", "Cy Fox"}));
  EXPECT_EQ(document.meta.topics, (std::vector<std::string>{"foxes", "dogs", "sleep"}));
  EXPECT_EQ(document.meta.year, 2019);
}

TEST(Pdf, TitlesThatProgramsMadeUp) {
  const struct {
    const char* title;
    const char* want;
  } kCases[] = {
      {"Microsoft Word - report.doc", ""},
      {"untitled", ""},
      {"Untitled-1", ""},
      {"paper.dvi", ""},
      {"Microsoft Word - The Fox", "The Fox"},
      {"The .doc format", "The .doc format"},
  };
  for (const auto& each : kCases) {
    PdfParts parts;
    parts.pages = {{{72, 100, "Text.", 10, "F1"}}};
    parts.info = fmt::format("/Title ({}) /Author (Administrator)", each.title);
    const Document document = read_parts(parts);
    EXPECT_EQ(document.meta.title, each.want);
    EXPECT_TRUE(document.meta.authors.empty());
  }
}

TEST(Pdf, ScannedPages) {
  PdfParts parts;
  parts.image = true;
  parts.pages.resize(3);
  expect_error(pdf_file(parts), Code::kUnsupported, "holds no text: it seems to be scanned pages");
  parts.pages[1] = {{72, 100, "A cover with text.", 10, "F1"}};
  const Document document = read_parts(parts);
  EXPECT_EQ(document.warnings,
            std::vector<std::string>{"2 of 3 pages hold no text; they may be scanned"});
}

std::string from_hex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return out;
}

// By algorithms 2 and 4 of ISO 32000-1 (RC4, 40 bits), reckoned beforehand for the empty user
// password: the key's check, and "BT /F1 10 Tf 72 692 Td (A secret.) Tj ET" as object 7.
TEST(Pdf, EncryptedFiles) {
  constexpr std::string_view kCheck =
      "674DFD0E46DEDBE613D4038E136F36A5CBF1A17FECEAD5F7A7C52455BD6D326A";
  PdfParts parts;
  parts.pages.resize(1);
  parts.content =
      from_hex("c99ee5cb79cbe36a0c3c1387d92094f5c029e10d80f10e70920d72934e4ea05820c44697a7a1319e");
  const auto dictionary = [](std::string_view check) {
    return fmt::format(
        "/Filter /Standard /V 1 /R 2 /P -4 "
        "/O <000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F> /U <{}>",
        check);
  };
  parts.encrypt = dictionary(kCheck);
  EXPECT_EQ(show_parts(parts), "P A secret.\n");
  parts.encrypt = dictionary("00" + std::string(kCheck.substr(2)));
  expect_error(pdf_file(parts), Code::kUnsupported, "encrypted: it needs a password");
}

TEST(Pdf, DamagedFiles) {
  const std::string damaged = "damaged: the structure of the PDF cannot be read";
  expect_error("", Code::kUnsupported, "the file is empty");
  expect_error("%PDF-1.4", Code::kUnsupported, damaged);
  expect_error("%PDF-1.7\n" + std::string(100'000, '\x7f'), Code::kUnsupported, damaged);
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "<< [ (";
  expect_error("%PDF-1.7\n" + text, Code::kUnsupported, damaged);
}

TEST(Pdf, FilesCutAnywhereAreReadOrRefused) {
  PdfParts parts;
  parts.outline = {{"The quick brown fox", 1}};
  parts.pages = {pdf_lines(72, 100, kProse), pdf_lines(72, 100, kProse)};
  const std::string whole = pdf_file(parts);
  for (std::size_t size = 97; size < whole.size(); size += 97) {
    const auto document = extract(Format::kPdf, std::string_view(whole).substr(0, size));
    if (document.ok()) continue;
    EXPECT_EQ(document.error().code, Code::kUnsupported);
    EXPECT_TRUE(document.error().message.starts_with("damaged: ")) << document.error().message;
  }
}

TEST(Pdf, AWrongTableOfObjectsIsMended) {
  PdfParts parts;
  parts.pages = {pdf_lines(72, 100, kProse)};
  const std::string whole = pdf_file(parts);
  std::string shifted = whole;
  shifted.insert(9, "% a line that was not there\n");
  const auto document = extract(Format::kPdf, shifted);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->text, read(Format::kPdf, whole).text);
}

TEST(Pdf, CyclicAndDeepOutlinesEnd) {
  PdfParts parts;
  parts.pages = {joined({{72, 72, "Introduction", 16, "F2"}}, pdf_lines(72, 100, kProse))};
  parts.outline = {{"Introduction", 1}, {"The End", 1}};
  parts.cyclic = true;
  EXPECT_EQ(show_parts(parts).substr(0, 16), "H1 Introduction\n");
  parts.cyclic = false;
  parts.outline.clear();
  for (int level = 1; level <= 2000; ++level) parts.outline.push_back({"Introduction", level});
  EXPECT_EQ(show_parts(parts).substr(0, 2), "H1");
}

TEST(Pdf, LongLinesAndManyHeadingsTakeNoQuadraticTime) {
  expect_linear(50, [](std::size_t pages) {
    PdfParts parts;
    for (std::size_t n = 0; n < pages; ++n) {
      std::vector<PdfText> page;
      for (int line = 0; line < 60; ++line) {
        parts.outline.push_back({"Notes", 1});
        page.push_back({72, 72.0 + line * 12, "Notes", 12, "F2"});
      }
      parts.pages.push_back(page);
    }
    parts.pages.push_back({{72, 72, std::string(pages * 4000, 'x') + "-", 10, "F1"},
                           {72, 84, std::string(pages * 4000, 'y'), 10, "F1"}});
    EXPECT_FALSE(show_parts(parts).empty());
  });
}

TEST(Pdf, AFalseNumberOfPages) {
  PdfParts parts;
  parts.pages = {pdf_lines(72, 100, kProse)};
  std::string bytes = pdf_file(parts);
  const std::size_t at = bytes.find("/Count 1");
  bytes.replace(at, 8, "/Count 4000000");
  const auto document = extract(Format::kPdf, bytes);
  if (!document.ok()) {
    EXPECT_NE(document.error().code, Code::kIo);
  } else {
    EXPECT_EQ(document->blocks.size(), 1U);
  }
}

}  // namespace
}  // namespace tome
