// SPDX-License-Identifier: GPL-2.0-or-later
// Where the part of an article about one book ends.
#include <gtest/gtest.h>

#include "documents.h"

namespace tome {
namespace {

Structured made(const Doc& doc) { return structure(doc.get(), {}); }

TEST(SeriesEnd, PlainTextHeadingsBetweenBooksStayInside) {
  Doc doc("text");
  doc.h(1, "All").p("Opening.");
  doc.n(2, "First Book").p("Author: Ann Lee").h(2, "A Word on Style").p("Stylish.");
  doc.n(2, "Second Book").p("Author: Bob Ray").p("Text.");
  doc.h(2, "The End").p("Closing.").h(2, "Thanks").p("Gratitude.");
  const Structured s = made(doc);
  EXPECT_EQ(place_of(doc.get(), s, "Stylish"), "1,0: First Book > A Word on Style");
  EXPECT_EQ(place_of(doc.get(), s, "Closing"), "0: The End");
  EXPECT_EQ(place_of(doc.get(), s, "Gratitude"), "0: Thanks");
}

TEST(SeriesEnd, NumberedHeadingWithoutAuthorEndsABook) {
  Doc doc("text");
  doc.h(1, "All").p("Opening.").n(2, "First Book").p("Author: Ann Lee").p("Text.");
  doc.n(2, "Nameless Book").p("Who wrote it?").n(2, "Third Book").p("Author: Cy Dee").p("More.");
  const Structured s = made(doc);
  EXPECT_EQ(titles(s), "All / First Book / Third Book");
  EXPECT_EQ(place_of(doc.get(), s, "Who wrote it"), "0: Nameless Book");
}

TEST(SeriesEnd, MarkdownHeadingOfTheSameLevelEndsABook) {
  Doc doc;
  doc.h(1, "All").p("Opening.").h(2, "First Book").p("by Ann Lee").p("Text.");
  doc.h(2, "Interlude").p("Between.").h(3, "Aside").p("Further.");
  doc.h(2, "Second Book").p("by Bob Ray").p("More.").h(1, "Part Two").p("Later.");
  const Structured s = made(doc);
  EXPECT_EQ(titles(s), "All / First Book / Second Book");
  EXPECT_EQ(place_of(doc.get(), s, "Between"), "0: Interlude");
  EXPECT_EQ(place_of(doc.get(), s, "Further"), "0: Interlude > Aside");
  EXPECT_EQ(place_of(doc.get(), s, "Later"), "0: Part Two");
}

TEST(SeriesEnd, FlatMarkdownKeepsSubHeadingsThatBooksShare) {
  Doc doc;
  doc.h(1, "All").p("Opening.");
  doc.h(2, "First Book").p("by Ann Lee").p("Text.").h(2, "Verdict").p("Good.");
  doc.h(2, "Second Book").p("by Bob Ray").p("More.").h(2, "VERDICT").p("Better.");
  const Structured s = made(doc);
  EXPECT_EQ(place_of(doc.get(), s, "Good"), "1,0: First Book > Verdict");
  EXPECT_EQ(place_of(doc.get(), s, "Better"), "2,0: Second Book > VERDICT");
}

TEST(SeriesEnd, DeeperHeadingsStayInsideEvenWithAByline) {
  Doc doc;
  doc.h(1, "All").p("Opening.").h(2, "Books").h(3, "First Book").p("by Ann Lee").p("Text.");
  doc.h(4, "A Guest Chapter").p("by Zoe Fox").p("Guest.").h(5, "Detail").p("Tiny.");
  doc.h(3, "Second Book").p("by Bob Ray").p("More.");
  doc.h(2, "Others").p("Rest.").h(3, "Third Book").p("by Cy Dee").p("Third text.");
  const Structured s = made(doc);
  EXPECT_EQ(titles(s), "All / First Book / Second Book / Third Book");
  EXPECT_EQ(place_of(doc.get(), s, "Tiny"), "1,0: First Book > A Guest Chapter > Detail");
  EXPECT_EQ(place_of(doc.get(), s, "Rest."), "0: Others");
  EXPECT_EQ(place_of(doc.get(), s, "Third text"), "3,0: Third Book");
}

TEST(SeriesEnd, ABookHeadingRightAfterAnotherHeading) {
  Doc doc;
  doc.h(1, "All").h(2, "The Books").h(3, "A Book").p("by Ann Lee").p("Text.");
  const Structured s = made(doc);
  ASSERT_EQ(s.passages.size(), 2u);
  EXPECT_EQ(text_of(doc.get(), s.passages[0]), "All\n\nThe Books\n\n");
  EXPECT_EQ(s.passages[0].works, std::vector<std::uint32_t>{0});
  EXPECT_EQ(s.passages[0].body, s.passages[0].end);
  EXPECT_EQ(place_of(doc.get(), s, "Text."), "1,0: A Book");
}

}  // namespace
}  // namespace tome
