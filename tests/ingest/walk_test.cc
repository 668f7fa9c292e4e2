// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/walk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "support/as_nobody.h"
#include "support/folder.h"

namespace tome {
namespace {

std::string paths(const Result<Walk>& walk) {
  if (!walk) return "error: " + walk.error().message;
  std::string out;
  for (const FoundFile& file : walk->files) out += (out.empty() ? "" : " ") + file.path;
  return out;
}

TEST(Walk, FindsFilesInPathOrder) {
  const TestFolder folder;
  for (const char* name : {"b.md", "a/z.md", "a.md", "a/b/c.md", "B.md", "a-b.md"}) {
    folder.write(name, "text");
  }
  const Result<Walk> walked = walk(folder.path(), "", Ignore({}));
  EXPECT_EQ(paths(walked), "B.md a-b.md a.md a/b/c.md a/z.md b.md");
  EXPECT_EQ(walked->files[0].size, 4u);
  struct stat st {};
  ASSERT_EQ(::stat((folder / "B.md").c_str(), &st), 0);
  EXPECT_EQ(walked->files[0].mtime / 1'000'000'000, st.st_mtim.tv_sec);
}

TEST(Walk, LeavesOutHiddenFilesLinksAndExcluded) {
  const TestFolder folder;
  const TestFolder outside;
  outside.write("secret.md", "x");
  for (const char* name :
       {"a.md", ".hidden.md", ".git/config", "x/.cache/y", "x/b.md", "x/c.tmp", "build/out.md"}) {
    folder.write(name, "text");
  }
  std::filesystem::create_symlink(outside.path(), folder / "out");
  std::filesystem::create_symlink(folder / "a.md", folder / "same.md");
  std::filesystem::create_symlink("nowhere", folder / "dangling.md");
  ASSERT_EQ(::mkfifo((folder / "pipe.md").c_str(), 0600), 0);
  const Result<Walk> walked = walk(folder.path(), "", Ignore({"*.tmp", "build/"}));
  EXPECT_EQ(paths(walked), "a.md x/b.md");
  EXPECT_EQ(walked->links, 3u);
  EXPECT_EQ(walked->excluded, 2u);
}

TEST(Walk, ARootMayBeAFile) {
  const TestFolder folder;
  folder.write("one.md", "text");
  EXPECT_EQ(paths(walk(folder / "one.md", "", Ignore({}))), "one.md");
  EXPECT_EQ(walk(folder / "none", "", Ignore({})).error().code, Code::kNotFound);
}

TEST(Walk, OnePart) {
  const TestFolder folder;
  for (const char* name : {"a.md", "x/b.md", "x/y/c.md", "xx.md", ".h/d.md"}) {
    folder.write(name, "text");
  }
  const Ignore none({});
  EXPECT_EQ(paths(walk(folder.path(), "x", none)), "x/b.md x/y/c.md");
  EXPECT_EQ(paths(walk(folder.path(), "x/y/c.md", none)), "x/y/c.md");
  EXPECT_EQ(paths(walk(folder.path(), "gone", none)), "");
}

// Naming a part that a walk of all would not come to indexed what the next update took away.
TEST(Walk, APartThatIsLeftOutIsEmpty) {
  const TestFolder folder;
  for (const char* name : {"x/y/c.md", "x/d.md", ".h/d.md"}) folder.write(name, "text");
  EXPECT_EQ(paths(walk(folder.path(), ".h", Ignore({}))), "");
  EXPECT_EQ(paths(walk(folder.path(), ".h/d.md", Ignore({}))), "");
  EXPECT_EQ(paths(walk(folder.path(), "x/y", Ignore({"x/"}))), "");
  EXPECT_EQ(paths(walk(folder.path(), "x", Ignore({"/x"}))), "");
  EXPECT_EQ(paths(walk(folder.path(), "x/y/c.md", Ignore({"*.md"}))), "");
  EXPECT_EQ(paths(walk(folder.path(), "x/y/c.md", Ignore({"c.md/"}))), "x/y/c.md");
}

// Sphinx's copy of the page sources made each page a second source, its search index a book.
TEST(Walk, PageSourcesBesideTheirPagesAreLeftOut) {
  const TestFolder folder;
  for (const char* name :
       {"html/index.html", "html/_sources/a.rst.txt", "html/_sources/b/c.rst.txt",
        "html/objects.inv", "html/_static/x.js", "old/_sources/d.txt", "old/searchindex.js",
        "alone/_sources/e.txt", "alone/_static/f.txt", "md/searchindex.json"}) {
    folder.write(name, "text");
  }
  const Ignore none({});
  const Result<Walk> walked = walk(folder.path(), "", none);
  EXPECT_EQ(paths(walked),
            "alone/_sources/e.txt alone/_static/f.txt html/index.html html/objects.inv");
  EXPECT_EQ(walked->page_sources, 3u);
  EXPECT_EQ(walked->page_parts, 3u);
  EXPECT_EQ(walked->excluded, 0u);
  EXPECT_EQ(paths(walk(folder.path(), "html/_sources/b", none)), "");  // as a walk of all
  EXPECT_EQ(paths(walk(folder / "html/_sources", "", none)), "a.rst.txt b/c.rst.txt");  // named
}

// rust-doc's scripts, styles and packed search indexes were 30 works and 12 books.
TEST(Walk, ScriptsAndStylesOfPagesAreLeftOut) {
  const TestFolder folder;
  for (const char* name :
       {"site/index.html", "site/a.js", "site/css/deep/b.css", "site/searchindex.json.gz",
        "site/robots.txt", "site/theme/head.hbs", "site/x.devhelp.gz", "code/robots.txt",
        "site/c.css.gz", "site/js.md", "code/d.js", "code/e.css", "code/searchindex.json.gz"}) {
    folder.write(name, "text");
  }
  const Ignore none({});
  const Result<Walk> walked = walk(folder.path(), "", none);
  EXPECT_EQ(paths(walked), "code/d.js code/e.css code/robots.txt site/index.html site/js.md");
  EXPECT_EQ(walked->page_parts, 8u);
  EXPECT_EQ(paths(walk(folder.path(), "site/css/deep", none)), "");  // as a walk of all
  EXPECT_EQ(paths(walk(folder.path(), "site/a.js", none)), "");
  EXPECT_EQ(paths(walk(folder / "site/css", "", none)), "deep/b.css");  // no page above the root
}

TEST(Walk, OddNames) {
  const TestFolder folder;
  for (const char* name : {"new\nline.md", "bad\xff\xfeutf8.md", "-rf.md", " lead", "a\\b", "é"}) {
    folder.write(name, "text");
  }
  EXPECT_EQ(paths(walk(folder.path(), "", Ignore({}))),
            " lead -rf.md a\\b bad\xff\xfeutf8.md new\nline.md é");
}

TEST(Walk, DeepTreesNeedNoStack) {
  const TestFolder folder;
  std::string path;
  for (int i = 0; i < 500; ++i) path += "d/";
  folder.write(path + "x.md", "text");
  EXPECT_EQ(walk(folder.path(), "", Ignore({}))->files.size(), 1u);
}

TEST(Walk, SaysEachFolderBeforeItIsListed) {
  const TestFolder folder;
  folder.write("a/b/x.md", "text");
  folder.write("left/out/y.md", "text");
  folder.write(".git/z.md", "text");
  std::set<std::string> entered;
  const Result<Walk> walked =
      walk(folder.path(), "", Ignore({"left/"}), [&](const std::string& name) {
        entered.insert(name);
        if (name == "a/b") folder.write("a/b/late.md", "text");
      });
  EXPECT_EQ(entered, (std::set<std::string>{"", "a", "a/b"}));
  EXPECT_EQ(paths(walked), "a/b/late.md a/b/x.md");
}

// A part that was a link was followed, and one that could not be listed was an error of the root.
TEST(Walk, APartMayBeALinkOrALockedFolder) {
  const TestFolder folder;
  folder.write("real/x.md", "text");
  std::filesystem::create_directory_symlink(folder / "real", folder / "link");
  const Result<Walk> link = walk(folder.path(), "link", Ignore({}));
  ASSERT_TRUE(link.ok());
  EXPECT_TRUE(link->files.empty());
  EXPECT_EQ(link->links, 1u);
  const AsNobody user(folder.path());
  if (!user.ok()) GTEST_SKIP() << "cannot become a user whom permissions bind";
  ASSERT_EQ(::chmod((folder / "real").c_str(), 0), 0);
  const Result<Walk> locked = walk(folder.path(), "real", Ignore({}));
  ::chmod((folder / "real").c_str(), 0700);
  ASSERT_TRUE(locked.ok());
  EXPECT_EQ(locked->failures.size(), 1u);
}

TEST(Walk, PassesOverWhatItLeavesOut) {
  const TestFolder folder;
  const Ignore ignore({"/drafts/", "*.bak"});
  EXPECT_TRUE(passes_over(folder.path(), "drafts/x.md", false, ignore));
  EXPECT_TRUE(passes_over(folder.path(), "drafts", true, ignore));
  EXPECT_TRUE(passes_over(folder.path(), "a/b.bak", false, ignore));
  EXPECT_TRUE(passes_over(folder.path(), "a/.hidden/x.md", false, ignore));
  EXPECT_FALSE(passes_over(folder.path(), "a/x.md", false, ignore));
  EXPECT_FALSE(passes_over(folder.path(), "drafts", false, ignore));
}

TEST(Walk, AFolderThatCannotBeListedIsReported) {
  const TestFolder folder;
  folder.write("a.md", "text");
  folder.write("locked/b.md", "text");
  const AsNobody user(folder.path());
  if (!user.ok()) GTEST_SKIP() << "cannot become a user whom permissions bind";
  ASSERT_EQ(::chmod((folder / "locked").c_str(), 0), 0);
  const Result<Walk> walked = walk(folder.path(), "", Ignore({}));
  ::chmod((folder / "locked").c_str(), 0700);
  EXPECT_EQ(paths(walked), "a.md");
  ASSERT_EQ(walked->failures.size(), 1u);
  EXPECT_EQ(walked->failures[0].path, (folder / "locked").string());
}

}  // namespace
}  // namespace tome
