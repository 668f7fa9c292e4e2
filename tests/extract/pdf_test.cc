// SPDX-License-Identifier: GPL-2.0-or-later
// PDF: lines become paragraphs and clean text; what the file says of itself.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "extract/pdf_letters.h"
#include "extract/pdf_parts.h"

namespace tome {
namespace {

using test::joined;
using test::kProse;
using test::pages_of;
using test::pdf_lines;
using test::PdfParts;
using test::PdfText;
using test::read_parts;
using test::show_parts;

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

}  // namespace
}  // namespace tome
