// SPDX-License-Identifier: GPL-2.0-or-later
// Articles that review books: which books are found, and what belongs to which.
#include <gtest/gtest.h>

#include "documents.h"

namespace tome {
namespace {

Structured made(const Doc& doc) { return structure(doc.get(), {}); }

// The same review in the three roles that formats give its lines.
Doc review(const std::string& format) {
  const bool text = format == "text";
  Doc doc(format);
  const auto book = [&](const char* title, const char* authors, const char* label, const char* by) {
    if (text) {
      doc.n(2, title).p(std::string(label) + " " + authors);
    } else {
      doc.h(2, title).p(std::string("by ") + by);
    }
  };
  doc.h(1, "Gardens of Code: Two Books").p("Opening words on hedges and paths.");
  doc.h(2, "Why Read at All").p("Reasons to read, in short: there are three.");
  book("Fluent Lisp: Lists All the Way", "Ann Lee", "Author:", "Ann Lee");
  doc.p("Lisp prose. It says: lists are trees.").label("Key Features:");
  doc.li("Macros explained twice").li("A chapter on lists");
  doc.p("Best For: People who like trees.");
  doc.h(text ? 2 : 3, "Verdict").p("Worth the lists.");
  book("Steady Forth", "Bob Ray & Cy Dee", "Authors:", "Bob Ray and Cy Dee");
  doc.p("Forth prose about stacks.").p("Its Key Features:").li("Stack pictures").li("Small words");
  doc.h(text ? 2 : 3, "Verdict").p("Worth the stack.");
  doc.h(2, "Where to Begin").p("Closing words.");
  return doc;
}

class ReviewTest : public testing::TestWithParam<const char*> {};

TEST_P(ReviewTest, WorksAndPlaces) {
  const Doc doc = review(GetParam());
  const Structured s = made(doc);
  ASSERT_EQ(s.works.size(), 3u);
  EXPECT_EQ(titles(s), "Gardens of Code: Two Books / Fluent Lisp / Steady Forth");
  EXPECT_EQ(s.works[0].kind, Kind::kArticle);
  EXPECT_EQ(s.works[0].subtitle, "");
  EXPECT_TRUE(s.works[0].authors.empty());
  EXPECT_TRUE(s.works[0].features.empty());
  EXPECT_EQ(s.works[1].kind, Kind::kBook);
  EXPECT_EQ(s.works[1].subtitle, "Lists All the Way");
  EXPECT_EQ(joined(s.works[1].authors, "/"), "Ann Lee");
  EXPECT_EQ(joined(s.works[1].features, "/"), "Macros explained twice/A chapter on lists");
  EXPECT_EQ(s.works[2].subtitle, "");
  EXPECT_EQ(joined(s.works[2].authors, "/"), "Bob Ray/Cy Dee");
  EXPECT_EQ(joined(s.works[2].features, "/"), "Stack pictures/Small words");

  const struct {
    const char* needle;
    const char* place;
  } places[] = {{"Opening words", "0: "},
                {"Reasons to read", "0: Why Read at All"},
                {"Lisp prose", "1,0: Fluent Lisp"},
                {"A chapter on lists", "1,0: Fluent Lisp"},
                {"people who like", "none"},
                {"People who like", "1,0: Fluent Lisp"},
                {"Worth the lists", "1,0: Fluent Lisp > Verdict"},
                {"Bob Ray", "2,0: Steady Forth"},
                {"Worth the stack", "2,0: Steady Forth > Verdict"},
                {"Closing words", "0: Where to Begin"}};
  for (const auto& c : places) EXPECT_EQ(place_of(doc.get(), s, c.needle), c.place) << c.needle;

  // The heading and the byline open the book's first passage.
  const PassageDraft& lisp = s.passages[2];
  EXPECT_EQ(text_of(doc.get(), lisp).rfind("Fluent Lisp: Lists All the Way\n\n", 0), 0u);
  EXPECT_EQ(lisp.body - lisp.begin, 32u);
}

INSTANTIATE_TEST_SUITE_P(Formats, ReviewTest, testing::Values("text", "markdown", "html"));

TEST(Series, PlainTextNeedsANumber) {
  Doc doc("text");
  doc.h(1, "All").p("Opening.").h(2, "Not a Book").p("by Ann Lee").p("Prose.");
  EXPECT_EQ(titles(made(doc)), "All");
}

TEST(Series, AnyHeadingWillDoInMarkdown) {
  Doc doc;
  doc.h(1, "All").p("Opening.").h(3, "A Book").p("*by Ann Lee*").p("Prose.");
  EXPECT_EQ(titles(made(doc)), "All / A Book");
}

TEST(Series, ProseUnderAHeadingIsNoByline) {
  Doc doc;
  doc.h(1, "All").p("Opening.").h(2, "A Part").p("By the end you will know lists.");
  EXPECT_EQ(titles(made(doc)), "All");
}

TEST(Series, FirstHeadingWithBylineIsTheDocumentsOwn) {
  for (const char* format : {"text", "markdown", "html"}) {
    Doc doc(format);
    doc.h(1, "On Hedges").p("by Ann Lee").p("Prose.").h(2, "Roots").p("More.");
    const Structured s = made(doc);
    EXPECT_EQ(titles(s), "On Hedges") << format;
    EXPECT_EQ(joined(s.works[0].authors), "Ann Lee");
  }
}

TEST(Series, AnArticleWithAnAuthorReviewsBooks) {
  Doc doc;
  doc.h(1, "On Hedges").p("by Ann Lee").p("Prose.");
  doc.h(1, "First Book").p("by Bob Ray").p("Text.").h(1, "Second Book").p("by Cy Dee").p("Text.");
  const Structured s = made(doc);
  EXPECT_EQ(titles(s), "On Hedges / First Book / Second Book");
  EXPECT_EQ(joined(s.works[0].authors), "Ann Lee");
}

TEST(Series, NumberedBooksNeedNoTitleAboveThem) {
  Doc doc("text");
  doc.n(2, "First Book").p("Author: Bob Ray").p("Text.");
  doc.n(2, "Second Book").p("Author: Cy Dee").p("Other.");
  const Structured s = structure(doc.get(), named("my-two_books.txt"));
  EXPECT_EQ(titles(s), "my two books / First Book / Second Book");
  EXPECT_EQ(place_of(doc.get(), s, "Text."), "1,0: First Book");
}

TEST(Series, OneNumberedBookAloneIsTheDocument) {
  Doc doc("text");
  doc.n(2, "Only Book").p("Author: Bob Ray").p("Text.");
  EXPECT_EQ(titles(made(doc)), "Only Book");
}

TEST(Series, ADescriptionOfOneBookIsNone) {
  WorkInfo meta;
  meta.kind = Kind::kBook;
  meta.title = "Anthology";
  Doc doc;
  doc.meta(meta)
      .h(2, "A Story")
      .p("by Ann Lee")
      .p("Text.")
      .h(2, "Other")
      .p("by Bob Ray")
      .p("Text.");
  doc.p("Key features:").li("Stories");
  const Structured s = made(doc);
  EXPECT_EQ(titles(s), "Anthology");
  EXPECT_EQ(joined(s.works[0].features), "Stories");
}

TEST(Series, FrontMatterTitleAndBooksOnly) {
  WorkInfo meta;
  meta.title = "Two Reviews";
  Doc doc;
  doc.meta(meta).h(1, "First Book").p("by Ann Lee").p("Text.").h(1, "Second Book").p("by Bob Ray");
  EXPECT_EQ(titles(made(doc)), "Two Reviews / First Book / Second Book");
}

TEST(Series, HtmlTitleWithOtherWordsStillBelongsToTheTopHeading) {
  Doc doc("html");
  doc.title("Hedges, explained at length").h(1, "On Hedges").p("by Ann Lee").p("Prose.");
  const Structured s = made(doc);
  EXPECT_EQ(titles(s), "Hedges, explained at length");
  EXPECT_EQ(joined(s.works[0].authors), "Ann Lee");
}

TEST(Series, OnlyTheFirstLineOfABylineParagraph) {
  Doc doc;
  doc.h(1, "All").p("Opening.").h(2, "A Book").p("by Ann Lee\nNorthgate Press, 2021").p("Text.");
  doc.h(2, "Another").p("by Ann Lee, Bob Ray and\nCy Dee\nOld Mill").p("Text.");
  const Structured s = made(doc);
  EXPECT_EQ(joined(s.works.at(1).authors, "/"), "Ann Lee");
  EXPECT_EQ(joined(s.works.at(2).authors, "/"), "Ann Lee/Bob Ray/Cy Dee");
}

TEST(Series, FeaturesUnderAHeadingAndNestedItems) {
  Doc doc;
  doc.h(1, "All").p("Opening.").h(2, "A Book").p("by Ann Lee").p("Text.");
  doc.h(3, "Key Features").li("Outer").li("Inner", 2).li("Last").p("Not one.").li("Other list");
  EXPECT_EQ(joined(made(doc).works.at(1).features, "/"), "Outer/Last");
}

TEST(Series, OtherListsAreNoFeatures) {
  Doc doc;
  doc.h(1, "All").p("Opening.").h(2, "A Book").p("by Ann Lee").p("Its chapters:").li("One");
  doc.label("Best For:").p("All.");
  EXPECT_TRUE(made(doc).works.at(1).features.empty());
}

}  // namespace
}  // namespace tome
