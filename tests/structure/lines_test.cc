// SPDX-License-Identifier: GPL-2.0-or-later
// Lists, tables and code: lines that are not paragraphs.
#include <gtest/gtest.h>

#include <algorithm>

#include "documents.h"

namespace tome {
namespace {

std::vector<PassageDraft> made(const Doc& doc) { return structure(doc.get(), {}).passages; }

TEST(Lines, ALeadInStaysWithItsFirstItem) {
  for (const char* colon : {":", ":**", "\uFF1A"}) {
    Doc doc;
    doc.p(words(130)).p(words(30) + " These" + colon);
    for (int i = 0; i < 4; ++i) doc.li(words(40, 12, 1));
    const std::vector<PassageDraft> all = made(doc);
    ASSERT_GE(all.size(), 2u);
    EXPECT_EQ(count_words(text_of(doc.get(), all[0])), 130u);
    EXPECT_EQ(all[1].body, doc.get().blocks[1].begin);
  }
}

TEST(Lines, ALabelGoesWithItsListOrParagraph) {
  Doc list, paragraph, long_list;
  list.p(words(120)).label("Key Features:").li(words(25)).li(words(25)).li(words(25));
  EXPECT_EQ(sizes_of(list), "120 77");
  paragraph.p(words(140)).label("Best For:").p(words(100)).p(words(45));
  EXPECT_EQ(sizes_of(paragraph), "140 147");
  long_list.p(words(120)).label("Key Features:");
  for (int i = 0; i < 8; ++i) long_list.li(words(30));
  EXPECT_EQ(sizes_of(long_list), "120 122 120");
}

TEST(Lines, AListIsCutBetweenItems) {
  Doc doc;
  for (std::size_t i = 0; i < 10; ++i) doc.li(words(40, 12, i));
  const std::vector<PassageDraft> all = made(doc);
  EXPECT_EQ(sizes_of(doc), "120 120 120 40");
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].begin, doc.get().blocks[3 * i].begin);
  }
}

TEST(Lines, TheHeaderOfATableStaysWithItsFirstRow) {
  Doc doc;
  doc.p(words(140)).row("Name | Use").row(words(60)).row(words(60));
  EXPECT_EQ(sizes_of(doc), "140 122");
}

TEST(Lines, CodeStaysWhole) {
  EXPECT_EQ(sizes_of(Doc().p(words(60)).code(lines(30, 10)).p(words(60))), "60 300 60");
  EXPECT_EQ(sizes_of(Doc().code(lines(60, 2))), "120");
}

TEST(Lines, LargeCodeIsCutBetweenLines) {
  EXPECT_EQ(sizes_of(Doc().code(lines(31, 10))), "100 110 100");
  Doc doc;
  doc.p(words(60)).code(lines(61, 2));
  EXPECT_EQ(sizes_of(doc), "122 60");
  const std::vector<PassageDraft> all = made(doc);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].line, 1u);
  EXPECT_EQ(all[1].line, 34u);  // the code begins at line 3
  EXPECT_EQ(text_of(doc.get(), all[1]).rfind("Alpha31000 ", 0), 0u);
}

TEST(Lines, EachPassageOfCodeHasItsOwnLine) {
  Doc doc;
  doc.code(lines(200, 2)).code(lines(200, 2)).p(words(60));
  for (const PassageDraft& passage : made(doc)) {
    // Blocks stand below each other with a blank line between, as in the text.
    const std::string_view before = std::string_view(doc.get().text).substr(0, passage.body);
    EXPECT_EQ(passage.line, 1 + std::count(before.begin(), before.end(), '\n'));
  }
}

TEST(Lines, ALineOfCodeWithoutEnd) {
  for (const PassageDraft& passage : made(Doc().code(words(1000, 2000)))) {
    EXPECT_LE(passage.end - passage.begin, 1600u);
  }
}

}  // namespace
}  // namespace tome
