// SPDX-License-Identifier: GPL-2.0-or-later
// What a document is called, what kind it is, and which path leads to each of its sections.
#include <gtest/gtest.h>

#include "documents.h"

namespace tome {
namespace {

std::string title_of(const Doc& doc, const StructureContext& context = named("some-file.md")) {
  return structure(doc.get(), context).works.at(0).title;
}

std::string paths_of(const Doc& doc, const StructureContext& context = named("some-file.md")) {
  std::vector<std::string> paths;
  for (const PassageDraft& passage : structure(doc.get(), context).passages) {
    paths.push_back(joined(passage.headings));
  }
  return joined(paths, " / ");
}

WorkInfo with_title(const char* title, const char* subtitle = "") {
  WorkInfo info;
  info.title = title;
  info.subtitle = subtitle;
  return info;
}

TEST(Title, WhereItComesFrom) {
  EXPECT_EQ(title_of(Doc().meta(with_title("Given")).h(1, "Heading").p("Text.")), "Given");
  EXPECT_EQ(title_of(Doc("html").title("Page").h(1, "Heading").p("Text.")), "Page");
  EXPECT_EQ(title_of(Doc().h(2, "Small").h(1, "Large: and Whole").p("Text.")), "Large: and Whole");
  EXPECT_EQ(title_of(Doc("text").h(2, "First").p("Text.").h(1, "LATER").p("Text.")), "First");
  EXPECT_EQ(title_of(Doc().p("Text.").h(3, "Only").p("Text.")), "Only");
  EXPECT_EQ(title_of(Doc().p("Text.")), "some file");
  EXPECT_EQ(title_of(Doc(), named("a/b/my__own-notes.tar.txt")), "my own notes.tar");
  EXPECT_EQ(title_of(Doc(), named(".hidden")), ".hidden");
}

TEST(Title, TailOfASiteIsLeftOut) {
  StructureContext context = named("x.html");
  context.whole_tail = " - The Garden Manual";
  EXPECT_EQ(title_of(Doc("html").title("Hedges - The Garden Manual").p("Text."), context),
            "Hedges");
  EXPECT_EQ(title_of(Doc("html").title("The Garden Manual").p("Text."), context),
            "The Garden Manual");
}

TEST(Title, NameOfASiteBesideTheTopHeading) {
  EXPECT_EQ(title_of(Doc("html").title("Hedges | My Site").h(1, "Hedges").p("T.")), "Hedges");
  EXPECT_EQ(title_of(Doc("html").title("My Site \u2014 Hedges").h(1, "Hedges").p("T.")), "Hedges");
  EXPECT_EQ(title_of(Doc("html").title("Hedges: Roots").h(1, "Hedges").p("T.")), "Hedges: Roots");
  EXPECT_EQ(title_of(Doc("html").title("Hedges | My Site").h(1, "Else").p("T.")),
            "Hedges | My Site");
}

TEST(Kind, SaidOrByLength) {
  Doc small, large, said;
  for (int i = 0; i < 202; ++i) large.p(words(100));
  WorkInfo book;
  book.kind = Kind::kBook;
  EXPECT_EQ(structure(small.p("Text.").get(), {}).works[0].kind, Kind::kArticle);
  EXPECT_EQ(structure(large.get(), {}).works[0].kind, Kind::kBook);
  EXPECT_EQ(structure(said.meta(book).p("Text.").get(), {}).works[0].kind, Kind::kBook);
}

TEST(Authors, FrontMatterWins) {
  WorkInfo meta;
  meta.authors = {"Zoe Fox"};
  Doc doc;
  doc.meta(meta).h(1, "On Hedges").p("by Ann Lee").p("Text.");
  EXPECT_EQ(joined(structure(doc.get(), {}).works.at(0).authors), "Zoe Fox");
}

TEST(Works, TheAuthorSectionOfAManPageIsNoBook) {
  const auto works = [](const char* format) {
    Doc doc(format);
    doc.meta(with_title("ls(1)")).h(2, "NAME").p("ls - list").h(2, "AUTHOR").p("By Ann Lee");
    doc.h(2, "SEE ALSO").p("stat(1)");
    return structure(doc.get(), {}).works.size();
  };
  EXPECT_EQ(works("man"), 1u);
  EXPECT_EQ(works("markdown"), 2u);
}

TEST(Paths, FollowLevels) {
  Doc doc;
  doc.h(1, "All").p("a").h(2, "One").p("b").h(4, "Deep").p("c").h(3, "Less Deep").p("d");
  doc.h(2, "Two").h(3, "In Two").p("e").h(1, "Another").p("f");
  EXPECT_EQ(paths_of(doc), " / One / One > Deep / One > Less Deep / Two > In Two / Another");
}

TEST(Paths, TitleIsLeftOutHoweverItIsWritten) {
  const char* path = " / Roots";
  const WorkInfo split = with_title("Hedges", "A Life");
  EXPECT_EQ(
      paths_of(Doc().meta(with_title("H\u00E9dges!")).h(1, "HEDGES!").p("a").h(2, "Roots").p("b")),
      path);
  EXPECT_EQ(paths_of(Doc().meta(split).h(1, "Hedges: A Life").p("a").h(2, "Roots").p("b")), path);
  EXPECT_EQ(paths_of(Doc().meta(split).h(1, "Hedges").p("a").h(2, "Roots").p("b")), path);
  EXPECT_EQ(paths_of(Doc("text").h(2, "Hedges").p("a").h(2, "Roots").p("b")), path);
  EXPECT_EQ(paths_of(Doc("html").title("3. Hedges").h(1, "Hedges").p("a").h(2, "Roots").p("b")),
            path);
}

TEST(Paths, AHeadingThatSaysMoreStays) {
  EXPECT_EQ(paths_of(Doc().meta(with_title("Hedges")).h(1, "Roots").p("a").h(2, "Soil").p("b")),
            "Roots / Roots > Soil");
}

TEST(Paths, AHugeHeadingIsAParagraph) {
  Doc doc;
  doc.h(1, "All").p("a").h(2, words(500)).p("b").h(2, "Two").p("c");
  const Structured s = structure(doc.get(), {});
  EXPECT_EQ(s.passages.back().headings, std::vector<std::string>{"Two"});
  for (std::size_t i = 0; i + 1 < s.passages.size(); ++i) {
    EXPECT_TRUE(s.passages[i].headings.empty());
  }
}

class ChapterTest : public testing::Test {
 protected:
  ChapterTest() {
    context_.file_name = "hedges.html";
    context_.chapter = true;
    context_.whole.kind = Kind::kBook;
    context_.whole.title = "The Garden Manual";
    context_.whole_tail = " - The Garden Manual";
  }
  StructureContext context_;
};

TEST_F(ChapterTest, TheWholeIsTheOnlyWork) {
  Doc doc("html");
  doc.title("Hedges - The Garden Manual")
      .h(1, "Hedges")
      .p("by Ann Lee")
      .h(2, "A Book")
      .p("by Bo Ray");
  const Structured s = structure(doc.get(), context_);
  ASSERT_EQ(s.works.size(), 1u);
  EXPECT_EQ(s.works[0].title, "The Garden Manual");
  EXPECT_EQ(s.works[0].kind, Kind::kBook);
  EXPECT_TRUE(s.works[0].authors.empty());
  for (const PassageDraft& passage : s.passages) {
    EXPECT_EQ(passage.works, std::vector<std::uint32_t>{0});
  }
}

TEST_F(ChapterTest, ThePageTitleOpensEveryPath) {
  const struct {
    const char* title;
    const char* heading;
    const char* paths;
  } cases[] = {
      {"Hedges - The Garden Manual", "Hedges", "Hedges / Hedges > Roots"},
      {"4. Hedges - The Garden Manual", "hedges", "4. Hedges / 4. Hedges > Roots"},
      {"Hedges - The Garden Manual", "On Soil", "Hedges > On Soil / Hedges > On Soil > Roots"},
      {"", "Hedges", "Hedges / Hedges > Roots"},
      {"The Garden Manual", "The Garden Manual", " / Roots"},
      {"Welcome - The Garden Manual", "The Garden Manual", "Welcome / Welcome > Roots"},
  };
  for (const auto& c : cases) {
    Doc doc("html");
    doc.title(c.title).h(1, c.heading).p("Text.").h(2, "Roots").p("More.");
    EXPECT_EQ(paths_of(doc, context_), c.paths) << c.title << " | " << c.heading;
  }
}

TEST_F(ChapterTest, NoHeadingNoTitle) {
  EXPECT_EQ(paths_of(Doc("html").p("Text."), context_), "");
  EXPECT_EQ(paths_of(Doc("html").title("Hedges - The Garden Manual").p("Text."), context_),
            "Hedges");
}

}  // namespace
}  // namespace tome
