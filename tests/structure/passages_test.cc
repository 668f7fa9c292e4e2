// SPDX-License-Identifier: GPL-2.0-or-later
// Where one passage ends and the next begins.
#include <gtest/gtest.h>

#include "documents.h"
#include "text/text.h"

namespace tome {
namespace {

std::vector<PassageDraft> made(const Doc& doc) { return structure(doc.get(), {}).passages; }

Doc paragraphs(const std::vector<std::size_t>& sizes) {
  Doc doc;
  for (std::size_t i = 0; i < sizes.size(); ++i) doc.p(words(sizes[i], 10, i));
  return doc;
}

TEST(Passages, JoinWholeParagraphs) {
  const struct {
    std::vector<std::size_t> paragraphs;
    const char* passages;
  } cases[] = {
      {{}, ""},
      {{1}, "1"},
      {{50, 50, 50}, "150"},
      {{50, 50, 51}, "100 51"},
      {{100, 100, 100}, "100 100 100"},
      {{220}, "220"},
      {{220, 220}, "220 220"},
      {{30, 220}, "250"},           // too small to stand alone
      {{39, 220, 39}, "298"},       //
      {{140, 39}, "179"},           // a remainder joins
      {{140, 40}, "140 40"},        //
      {{140, 20, 140}, "140 160"},  //
      {{20, 20}, "40"},             //
      {{10, 10, 10, 10, 10, 10}, "60"},
  };
  for (const auto& c : cases) EXPECT_EQ(sizes_of(paragraphs(c.paragraphs)), c.passages);
}

TEST(Passages, LongParagraphIsCutBetweenSentences) {
  Doc doc;
  doc.p(words(400, 10));
  const std::vector<PassageDraft> all = made(doc);
  EXPECT_EQ(sizes_of(doc), "130 140 130");
  for (const PassageDraft& passage : all) {
    EXPECT_EQ(text_of(doc.get(), passage).rfind("Alpha", 0), 0u);
    EXPECT_EQ(passage.line, 1u);
  }
}

TEST(Passages, PiecesOfAParagraphStayApartFromOthers) {
  EXPECT_EQ(sizes_of(paragraphs({30, 230, 30})), "150 140");  // but nothing small is left over
  EXPECT_EQ(sizes_of(paragraphs({230, 45})), "120 110 45");
}

TEST(Passages, EndlessSentenceIsCutBetweenWords) {
  Doc doc;
  doc.p(words(1000, 1000));
  const std::vector<PassageDraft> all = made(doc);
  EXPECT_EQ(all.size(), 7u);
  for (const PassageDraft& passage : all) {
    const std::string_view text = text_of(doc.get(), passage);
    EXPECT_NEAR(static_cast<double>(count_words(text)), 143, 3);
    EXPECT_TRUE(text.back() == ' ' || text.back() == '.');
  }
}

TEST(Passages, AddressesThatAreCountedTwiceAreCountedAlike) {
  std::string addresses;
  for (int i = 0; i < 2000; ++i) addresses += "a@b.c ";
  Doc doc;
  doc.p(addresses);
  for (const PassageDraft& passage : made(doc)) {
    EXPECT_LE(count_words(text_of(doc.get(), passage)), 220u);
  }
}

TEST(Passages, TextWithoutSpaces) {
  std::string chinese;
  for (int i = 0; i < 200; ++i) chinese += "\u56FE\u4E66\u9986\u6536\u85CF\u53E4\u7C4D";
  Doc doc;
  doc.p(chinese);
  const std::vector<PassageDraft> all = made(doc);
  EXPECT_GT(all.size(), 2u);
  for (const PassageDraft& passage : all) {
    const std::size_t size = count_words(text_of(doc.get(), passage));
    EXPECT_LE(size, 220u);
    EXPECT_GE(size, 40u);
  }
}

TEST(Passages, OneWordOfAMegabyte) {
  Doc doc;
  doc.p(std::string(1 << 20, 'x')).code(std::string(1 << 20, '-'));
  for (const PassageDraft& passage : made(doc)) EXPECT_LE(passage.end - passage.begin, 9700u);
}

TEST(Passages, ManyBlocksWithoutWords) {
  Doc doc;
  for (int i = 0; i < 20000; ++i) doc.row("- | -");
  for (const PassageDraft& passage : made(doc)) EXPECT_LE(passage.end - passage.begin, 20000u);
}

TEST(Passages, HeadingsOpenWhatFollows) {
  Doc doc;
  doc.h(1, "All").h(2, "Part").h(3, "Bit").anchor("bit").p(words(60)).h(2, "Next").p(words(60));
  const std::vector<PassageDraft> all = made(doc);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(text_of(doc.get(), all[0]).rfind("All\n\nPart\n\nBit\n\nAlpha", 0), 0u);
  EXPECT_EQ(all[0].body, 16u);
  EXPECT_EQ(all[0].line, 7u);
  EXPECT_EQ(all[0].anchor, "bit");
  EXPECT_EQ(joined(all[0].headings), "Part > Bit");
  EXPECT_EQ(text_of(doc.get(), all[1]).rfind("Next", 0), 0u);
  EXPECT_EQ(all[1].anchor, "");
}

TEST(Passages, SectionsAreNotJoined) {
  Doc doc;
  doc.h(1, "All").p("a").h(2, "One").p("b").h(2, "Two").p("c");
  EXPECT_EQ(sizes_of(doc), "2 2 2");
}

TEST(Passages, HeadingWithNothingAfter) {
  Doc after, full, alone;
  after.h(1, "All").p(words(50)).h(2, "The End");
  EXPECT_EQ(sizes_of(after), "53");
  full.h(1, "All").p(words(38)).code(words(260)).h(2, "The End");
  EXPECT_EQ(sizes_of(full), "299 2");
  alone.h(1, "All").h(2, "One");
  const std::vector<PassageDraft> all = made(alone);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].body, all[0].end);
  EXPECT_EQ(all[0].line, 1u);
  EXPECT_EQ(joined(all[0].headings), "One");
}

TEST(Passages, ManyHeadingsInARow) {
  Doc doc;
  for (int i = 0; i < 500; ++i) doc.h(2, "One of the many headings");
  doc.p("Text.");
  for (const PassageDraft& passage : made(doc)) {
    EXPECT_LE(count_words(text_of(doc.get(), passage)), 300u);
  }
}

// A block of 290 words leaves no room for the 30 before it, so it is cut for once.
TEST(Passages, NothingSmallIsLeftBesideLargeBlocks) {
  EXPECT_EQ(sizes_of(Doc().p(words(30)).code(lines(29, 10))), "180 140");
  Doc doc;
  doc.h(1, "All").p(words(38)).code(lines(29, 10)).p(words(39));
  for (const PassageDraft& passage : made(doc)) {
    const std::size_t size = count_words(text_of(doc.get(), passage));
    EXPECT_LE(size, 300u);
    EXPECT_GE(size, 40u);
  }
}

TEST(Passages, AnchorsAtOrBeforeTheBody) {
  Doc doc;
  doc.h(1, "All").anchor("top").p(words(100)).p(words(100)).p(words(100)).anchor("here");
  doc.p(words(400)).h(2, "Two").p(words(50));
  std::vector<std::string> anchors;
  for (const PassageDraft& passage : made(doc)) anchors.push_back(passage.anchor);
  EXPECT_EQ(joined(anchors, " "), "top top here here here here ");
}

TEST(Passages, NoneRepeatsAnAnchorOrATitleOfAMegabyte) {
  Doc doc;
  doc.h(1, "One").anchor("one").p(words(200)).p(words(200)).anchor(std::string(1 << 20, 'x'));
  doc.title(words(100'000));
  StructureContext context;
  context.chapter = true;
  for (const PassageDraft& passage : structure(doc.get(), context).passages) {
    EXPECT_EQ(passage.anchor, "one");
    ASSERT_FALSE(passage.headings.empty());
    for (const std::string& heading : passage.headings) EXPECT_LT(heading.size(), 4096u);
  }
}

TEST(Passages, TextBeforeTheFirstHeadingAndWithoutAny) {
  Doc doc;
  doc.p(words(50)).h(1, "All").p(words(50));
  EXPECT_EQ(sizes_of(doc), "50 51");
  Document bare;
  bare.text = " \n";
  const Structured s = structure(bare, {});
  ASSERT_EQ(s.passages.size(), 1u);
  EXPECT_EQ(s.passages[0].end, 2u);
  EXPECT_TRUE(structure(Document{}, {}).passages.empty());
  EXPECT_EQ(structure(Document{}, {}).works.size(), 1u);
}

}  // namespace
}  // namespace tome
