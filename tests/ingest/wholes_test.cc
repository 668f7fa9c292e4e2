// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/wholes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ingest/whole_folders.h"
#include "support/folder.h"

namespace tome {
namespace {

// A member that keeps what it is told.
struct Page {
  std::string path;
  bool html = false;
  bool markdown = false;
  std::string title, home, home_title, site;
};

Page page(std::string path, std::string title, std::string home = "", std::string site = "") {
  Page member;
  member.path = std::move(path);
  member.html = true;
  member.title = std::move(title);
  member.home = std::move(home);
  member.site = std::move(site);
  return member;
}

Page markdown(std::string path) {
  Page member;
  member.path = std::move(path);
  member.markdown = true;
  return member;
}

// Views of `pages`.
std::vector<WholeMember> members_of(const std::vector<Page>& pages) {
  std::vector<WholeMember> members;
  for (const Page& each : pages) {
    members.push_back(
        {each.path, each.html, each.markdown, each.title, each.home, each.home_title, each.site});
  }
  return members;
}

// "path>title of its whole" for each member, sorted; "-" for none.
std::string shown(const std::vector<Page>& pages, const std::vector<WholeFolder>& folders = {}) {
  const std::vector<WholeMember> members = members_of(pages);
  const WholePlan plan = find_wholes("root", members, folders);
  std::string out;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool none = plan.of[i] >= plan.wholes.size();
    out += (i == 0 ? "" : " ") + pages[i].path + ">" +
           (none ? "-" : plan.wholes[plan.of[i]].record.info.title);
  }
  return out;
}

std::vector<Page> rust_pages(std::size_t n) {
  std::vector<Page> members;
  for (std::size_t i = 0; i < n; ++i) {
    members.push_back(
        page("b/" + std::to_string(i) + ".html", "Page " + std::to_string(i) + " - The Rust Book"));
  }
  return members;
}

TEST(Wholes, FiveTitlesWithOneEnding) {
  EXPECT_EQ(shown(rust_pages(5)),
            "b/0.html>The Rust Book b/1.html>The Rust Book b/2.html>The Rust Book "
            "b/3.html>The Rust Book b/4.html>The Rust Book");
  EXPECT_EQ(shown(rust_pages(4)), "b/0.html>- b/1.html>- b/2.html>- b/3.html>-");
  std::vector<Page> dashes = rust_pages(5);
  dashes[2].title = "Foo - Bar - The Rust Book";  // the last separator counts
  dashes[3].title = "Foo | The Rust Book";        // another separator: another ending
  EXPECT_NE(shown(dashes).find("b/3.html>-"), std::string::npos);
}

TEST(Wholes, AnEndingAloneIsNoTitle) {
  std::vector<Page> members = rust_pages(5);
  members.push_back(page("b/index.html", "The Rust Book"));
  members.push_back(page("other/index.html", "The Rust Book"));  // elsewhere
  const std::string all = shown(members);
  EXPECT_NE(all.find("b/index.html>The Rust Book"), std::string::npos);
  EXPECT_NE(all.find("other/index.html>-"), std::string::npos);
}

// rustdoc ends the titles of all crates with " - Rust".
TEST(Wholes, FoldersOfOneGeneratorAreWholesOfTheirOwn) {
  const std::vector<Page> members = {
      page("doc/core/index.html", "core - Rust"),      page("doc/core/a.html", "A in core - Rust"),
      page("doc/core/b/index.html", "core::b - Rust"), page("doc/std/index.html", "std - Rust"),
      page("doc/std/a.html", "A in std - Rust"),       page("doc/other/a.html", "Other - Rust"),
      page("doc/other/b.html", "More - Rust"),         page("doc/index.html", "Documentation"),
  };
  EXPECT_EQ(
      shown(members),
      "doc/core/index.html>core - Rust doc/core/a.html>core - Rust doc/core/b/index.html>core "
      "- Rust doc/std/index.html>std - Rust doc/std/a.html>std - Rust doc/other/a.html>Rust "
      "doc/other/b.html>Rust doc/index.html>-");
}

// The pages of Python's manual stand in folders with a first page each, but not all of them.
TEST(Wholes, AManualInFoldersIsOneWhole) {
  std::vector<Page> members = {
      page("index.html", "3.11 Documentation"),
      page("c-api/index.html", "C API - Python 3.11"),
      page("c-api/a.html", "A - Python 3.11"),
      page("tutorial/index.html", "Tutorial - Python 3.11"),
      page("tutorial/b.html", "B - Python 3.11"),
      page("about.html", "About - Python 3.11"),
  };
  for (const Page& member : members) {
    EXPECT_NE(shown(members).find(member.path + ">Python 3.11"), std::string::npos) << member.path;
  }
  members[5].title = "Python 3.11";  // the ending alone
  EXPECT_EQ(shown(members).find("Python 3.11 - "), std::string::npos);
}

TEST(Wholes, PagesThatNameOneHome) {
  const std::vector<Page> members = {
      page("man/index.html", "The Manual"),
      page("man/a.html", "A", "index.html"),
      page("man/deep/b.html", "B", "../index.html#top"),
      page("man/c.html", "C", "./index.html?x=1"),
      page("man/away.html", "Away", "https://example.org/"),
      page("man/none.html", "None", "missing.html"),
      page("elsewhere.html", "Elsewhere"),
  };
  // The two strays in its folder join too: most pages there are of it.
  EXPECT_EQ(shown(members),
            "man/index.html>The Manual man/a.html>The Manual man/deep/b.html>The Manual "
            "man/c.html>The Manual man/away.html>The Manual man/none.html>The Manual "
            "elsewhere.html>-");
}

TEST(Wholes, OnePageThatNamesAHomeIsNone) {
  EXPECT_EQ(shown({page("a.html", "A", "gone.html")}), "a.html>-");
  EXPECT_EQ(shown({page("a.html", "A", "", "Site")}), "a.html>-");
}

TEST(Wholes, PagesOfOneSite) {
  EXPECT_EQ(shown({page("s/a.html", "A", "", "My Site"), page("s/b.html", "B", "", "My Site"),
                   page("t/c.html", "C", "", "Your Site")}),
            "s/a.html>My Site s/b.html>My Site t/c.html>-");
}

TEST(Wholes, MoreStraysThanPagesStayOut) {
  std::vector<Page> members = {page("s/a.html", "A", "", "Site"),
                               page("s/b.html", "B", "", "Site")};
  for (int i = 0; i < 2; ++i) members.push_back(page("s/x" + std::to_string(i), "X"));
  EXPECT_EQ(shown(members), "s/a.html>Site s/b.html>Site s/x0>Site s/x1>Site");
  members.push_back(page("s/x2", "X"));
  EXPECT_EQ(shown(members), "s/a.html>Site s/b.html>Site s/x0>- s/x1>- s/x2>-");
}

TEST(Wholes, FoldersThatSayWhatTheyAre) {
  WholeFolder outer{"book", {}, false, Origin::kFrontMatter};
  outer.info.title = "Outer";
  WholeFolder inner{"book/part", {}, false, Origin::kFrontMatter};
  inner.info.title = "Inner";
  WholeFolder source{"md/src", {}, true, Origin::kFrontMatter};
  source.info.title = "Source";
  EXPECT_EQ(shown({markdown("book/a.md"), markdown("book/part/b.md"), markdown("bookish/c.md"),
                   markdown("md/src/d.md"), markdown("md/e.md"), page("md/src/f.html", "F")},
                  {outer, inner, source}),
            "book/a.md>Outer book/part/b.md>Inner bookish/c.md>- md/src/d.md>Source md/e.md>- "
            "md/src/f.html>-");
}

TEST(Wholes, AWholeIsABookAndItsFingerprintTellsWhatChanged) {
  WholeFolder folder{"", {}, false, Origin::kFrontMatter};
  folder.info.title = "T";
  const Page a = markdown("a.md");
  const Page b = markdown("b.md");
  const Whole whole = find_wholes("root", members_of({a}), {folder}).wholes.at(0);
  EXPECT_EQ(whole.record.info.kind, Kind::kBook);
  EXPECT_EQ(whole.record.place, "root");
  EXPECT_TRUE(whole.record.source.empty());
  EXPECT_EQ(find_wholes("root", members_of({b}), {folder}).wholes.at(0).fingerprint,
            whole.fingerprint);
  folder.info.year = 2020;
  EXPECT_NE(find_wholes("root", members_of({a}), {folder}).wholes.at(0).fingerprint,
            whole.fingerprint);
}

TEST(Wholes, OrderOfFilesDoesNotMatter) {
  std::vector<Page> members = rust_pages(6);
  members.push_back(page("b/index.html", "The Rust Book"));
  members.push_back(page("s/a.html", "A", "", "Site"));
  members.push_back(page("s/b.html", "B", "", "Site"));
  const WholePlan one = find_wholes("root", members_of(members), {});
  std::reverse(members.begin(), members.end());
  const WholePlan other = find_wholes("root", members_of(members), {});
  for (std::size_t i = 0; i < members.size(); ++i) {
    EXPECT_EQ(one.wholes.at(one.of[i]).fingerprint,
              other.wholes.at(other.of[members.size() - 1 - i]).fingerprint);
  }
}

std::vector<WholeFolder> folders_of(const TestFolder& base, const std::vector<Page>& members,
                                    std::vector<Error>& warnings) {
  return find_whole_folders(base.path(), members_of(members), warnings);
}

TEST(WholeFolders, WorkYamlAndBookToml) {
  const TestFolder base;
  base.write("a/work.yaml", "title: The Work\nauthors: [Ann Lee]\nyear: 2020\n");
  base.write("b/book.toml", "[book]\ntitle = \"Md Book\"\nauthors = [\"Bob Ray\"]\n");
  base.write("c/book.toml", "[book]\ntitle = \"Here\"\nsrc = \".\"\n");
  base.write("d/book.toml", "[book]\ntitle = \"Docs\"\nsrc = \"./docs/\"\n");
  std::vector<Error> warnings;
  const std::vector<Page> members = {markdown("a/x/y.md"), markdown("b/src/z.md"),
                                     markdown("c/top.md"), markdown("d/docs/w.md")};
  const std::vector<WholeFolder> folders = folders_of(base, members, warnings);
  EXPECT_TRUE(warnings.empty());
  ASSERT_EQ(folders.size(), 4u);
  EXPECT_EQ(folders[0].folder, "a");
  EXPECT_EQ(folders[0].info.authors, (std::vector<std::string>{"Ann Lee"}));
  EXPECT_EQ(folders[0].info.year, 2020);
  EXPECT_FALSE(folders[0].markdown_only);
  EXPECT_EQ(folders[1].folder, "b/src");
  EXPECT_TRUE(folders[1].markdown_only);
  EXPECT_EQ(shown(members, folders),
            "a/x/y.md>The Work b/src/z.md>Md Book c/top.md>Here d/docs/w.md>Docs");
}

TEST(WholeFolders, WhatIsNotUnderstoodIsAWarning) {
  const TestFolder base;
  base.write("a/work.yaml", "title: [unclosed\n");
  base.write("b/work.yaml", "authors: [Ann Lee]\n");
  base.write("c/book.toml", "[book\n");
  base.write("d/book.toml", "[book]\nlanguage = \"en\"\n");
  std::vector<Error> warnings;
  const std::vector<WholeFolder> folders = folders_of(
      base, {markdown("a/x.md"), markdown("b/x.md"), markdown("c/x.md"), markdown("d/x.md")},
      warnings);
  EXPECT_TRUE(folders.empty());
  ASSERT_EQ(warnings.size(), 4u);
  EXPECT_EQ(warnings[0].path, (base / "a/work.yaml").string());
  EXPECT_TRUE(is_whole_file("x/work.yaml"));
  EXPECT_TRUE(is_whole_file("book.toml"));
  EXPECT_FALSE(is_whole_file("homework.yaml"));
}

}  // namespace
}  // namespace tome
