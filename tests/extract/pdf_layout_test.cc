// SPDX-License-Identifier: GPL-2.0-or-later
// PDF: columns, tables, what repeats on its pages, headings.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "extract/pdf_parts.h"

namespace tome {
namespace {

using test::joined;
using test::kProse;
using test::pdf_lines;
using test::PdfParts;
using test::PdfText;
using test::read_parts;
using test::show_parts;

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

}  // namespace
}  // namespace tome
