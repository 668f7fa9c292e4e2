// SPDX-License-Identifier: GPL-2.0-or-later
// metadata.opf of Calibre: what it says, and which files are none.
#include "extract/calibre_opf.h"

#include <gtest/gtest.h>

namespace tome {
namespace {

std::string package(const std::string& metadata, const std::string& rest = "") {
  return "<?xml version='1.0'?><package xmlns=\"http://www.idpf.org/2007/opf\"><metadata "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:opf=\"http://www.idpf.org/2007/opf\">" +
         metadata + "</metadata>" + rest + "</package>";
}

TEST(CalibreOpf, AllThatItSays) {
  const Result<BookDescription> book = read_calibre_opf(package(
      "<dc:title>Queues: A Primer</dc:title><dc:creator opf:role=\"aut\">Ann Lee</dc:creator>"
      "<dc:creator opf:role=\"trl\">Cy Dee</dc:creator><dc:creator>Bob Ray</dc:creator>"
      "<dc:identifier opf:scheme=\"ISBN\">978-0131103627</dc:identifier>"
      "<dc:identifier opf:scheme=\"uuid\">1234567890</dc:identifier>"
      "<dc:date>2014-05-01T00:00:00</dc:date><dc:publisher>Line</dc:publisher>"
      "<dc:language>deu</dc:language><dc:subject>maths</dc:subject><dc:subject>a</dc:subject>"
      "<dc:description>&lt;p&gt;Wait.&lt;/p&gt;</dc:description>"
      "<meta name=\"calibre:series\" content=\"Primers\"/>"
      "<meta name=\"calibre:series_index\" content=\"3.0\"/>"));
  ASSERT_TRUE(book.ok()) << book.error().message;
  const WorkInfo& info = book->info;
  EXPECT_EQ(info.kind, Kind::kBook);
  EXPECT_EQ(info.title + "/" + info.subtitle, "Queues/A Primer");
  EXPECT_EQ(info.authors, (std::vector<std::string>{"Ann Lee", "Bob Ray"}));
  EXPECT_EQ(info.isbn, "9780131103627");
  EXPECT_EQ(info.year, 2014);
  EXPECT_EQ(info.publisher, "Line");
  EXPECT_EQ(info.language, "de");
  EXPECT_EQ(info.topics, (std::vector<std::string>{"maths", "a"}));
  EXPECT_EQ(book->description, "<p>Wait.</p>");
  EXPECT_EQ(book->series, "Primers, 3");
}

TEST(CalibreOpf, UnknownDatesAndEmptyFieldsSayNothing) {
  const Result<BookDescription> book = read_calibre_opf(package(
      "<dc:title>A</dc:title><dc:creator></dc:creator><dc:date>0101-01-01T00:00</dc:date>"));
  ASSERT_TRUE(book.ok());
  EXPECT_EQ(book->info.year, 0);
  EXPECT_TRUE(book->info.authors.empty());
  Document document;
  document.meta.authors = {"Ann Lee"};
  document.meta.year = 1999;
  document.meta.title = "Wrong";
  apply_description(*book, document);
  EXPECT_EQ(document.meta.title, "A");
  EXPECT_EQ(document.meta.authors, std::vector<std::string>{"Ann Lee"});
  EXPECT_EQ(document.meta.year, 1999);
}

TEST(CalibreOpf, WhatIsNone) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  const std::vector<std::string> table{
      "",
      "no XML",
      package(""),
      package("<dc:title> </dc:title>"),
      package("<dc:title>A</dc:title>", "<manifest><item href=\"c1.xhtml\"/></manifest>"),
      package(deep),
      package("<dc:title>" + std::string(2u << 20, 'x') + "</dc:title>"),
  };
  for (const std::string& bytes : table) {
    EXPECT_FALSE(read_calibre_opf(bytes).ok()) << bytes.substr(0, 300);
  }
}

}  // namespace
}  // namespace tome
