// SPDX-License-Identifier: GPL-2.0-or-later
// PDFs that are scanned, encrypted, damaged, or made to hurt.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "extract/pdf_parts.h"
#include "support/growth.h"

namespace tome {
namespace {

using test::expect_error;
using test::joined;
using test::kProse;
using test::pdf_file;
using test::pdf_lines;
using test::PdfParts;
using test::PdfText;
using test::read_parts;
using test::show_parts;

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
