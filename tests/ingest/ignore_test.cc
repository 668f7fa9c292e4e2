// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/ignore.h"

#include <gtest/gtest.h>

namespace tome {
namespace {

TEST(Ignore, ByTheRulesOfGitignore) {
  struct Case {
    std::vector<std::string> patterns;
    const char* path;  // a / at the end: a folder
    bool excluded;
  };
  const std::vector<Case> table = {
      {{}, "a.md", false},
      {{""}, "a.md", false},
      {{"   "}, "a.md", false},
      {{"# a.md", "a.md"}, "a.md", true},
      {{"#a.md"}, "#a.md", false},
      {{"\\#a.md"}, "#a.md", true},
      {{"\\!a.md"}, "!a.md", true},
      // a name: at any depth, file or folder
      {{"a.md"}, "x/y/a.md", true},
      {{"a.md"}, "x/y/ba.md", false},
      {{"build"}, "x/build/", true},
      {{"*.tmp"}, "x/y.tmp", true},
      {{"*.tmp"}, ".tmp", true},
      {{"*"}, "anything", true},
      {{"?.md"}, "a.md", true},
      {{"?.md"}, "ab.md", false},
      {{"[a-c].md"}, "b.md", true},
      {{"[!a-c].md"}, "b.md", false},
      {{"a\\*.md"}, "a*.md", true},
      {{"a\\*.md"}, "ab.md", false},
      // dir/: folders alone
      {{"build/"}, "build/", true},
      {{"build/"}, "x/build/", true},
      {{"build/"}, "build", false},
      // a slash before the end anchors
      {{"/a.md"}, "a.md", true},
      {{"/a.md"}, "x/a.md", false},
      {{"x/a.md"}, "x/a.md", true},
      {{"x/a.md"}, "y/x/a.md", false},
      {{"/x/y/"}, "x/y/", true},
      {{"x/*.md"}, "x/a.md", true},
      {{"x/*.md"}, "x/y/a.md", false},
      {{"*/a.md"}, "x/a.md", true},
      {{"*/a.md"}, "a.md", false},
      // **
      {{"**/a.md"}, "a.md", true},
      {{"**/a.md"}, "x/y/a.md", true},
      {{"**/x/a.md"}, "y/x/a.md", true},
      {{"x/**"}, "x/y/z", true},
      {{"x/**"}, "x/", false},
      {{"x/**/z"}, "x/z", true},
      {{"x/**/z"}, "x/a/b/z", true},
      {{"x/**/z"}, "x/a/b/zz", false},
      {{"x**z/a"}, "xyz/a", true},
      {{"x**z/a"}, "x/z/a", false},
      // the last that fits decides
      {{"*.md", "!keep.md"}, "keep.md", false},
      {{"!keep.md", "*.md"}, "keep.md", true},
      {{"*.md", "!keep.md", "/x/keep.md"}, "x/keep.md", true},
      // spaces at the end do not count unless quoted
      {{"a.md  "}, "a.md", true},
      {{"a\\ "}, "a ", true},
      {{"a\\ "}, "a", false},
      {{" a"}, " a", true},
  };
  for (const Case& c : table) {
    std::string path = c.path;
    const bool folder = path.ends_with('/');
    if (folder) path.pop_back();
    std::string patterns;
    for (const std::string& pattern : c.patterns) patterns += "[" + pattern + "] ";
    EXPECT_EQ(Ignore(c.patterns).excludes(path, folder), c.excluded) << patterns << c.path;
  }
}

TEST(Ignore, PatternForAPathTakesThatPathAlone) {
  for (const char* path : {"a.md", "x/y.md", "[a].md", "a*b?.md", "back\\slash", "end ", "end  ",
                           "#x", "!x", "new\nline", "**", "-dash", "é.md"}) {
    const Ignore ignore({Ignore::pattern_for(path)});
    EXPECT_TRUE(ignore.excludes(path, false)) << path;
    EXPECT_TRUE(ignore.excludes(path, true)) << path;
    EXPECT_FALSE(ignore.excludes(std::string("in/") + path, false)) << path;
    EXPECT_FALSE(ignore.excludes("a", false)) << path;
    EXPECT_FALSE(ignore.excludes("axb2.md", false)) << path;
  }
  EXPECT_TRUE(Ignore({Ignore::pattern_for("bad\xff.md")}).excludes("bad\xff.md", false));
}

// What a folder excludes, said from above it.
TEST(Ignore, PatternsMoveToTheRootAbove) {
  struct Case {
    const char* pattern;
    const char* moved;
  };
  const Case cases[] = {
      {"*.txt", "/a b/[x]/**/*.txt"},
      {"/*.txt", "/a b/[x]/*.txt"},
      {"x/y", "/a b/[x]/x/y"},
      {"build/", "/a b/[x]/**/build/"},
      {"/build/", "/a b/[x]/build/"},
      {"!keep.md", "!/a b/[x]/**/keep.md"},
      {"!/x/**", "!/a b/[x]/x/**"},
      {"**/z", "/a b/[x]/**/z"},
      {"\\#odd", "/a b/[x]/**/\\#odd"},
      {"# comment", ""},
      {"", ""},
      {"/", ""},
  };
  for (const Case& c : cases) {
    std::string moved = c.moved;
    if (const std::size_t at = moved.find("[x]"); at != std::string::npos) {
      moved.replace(at, 3, "\\[x\\]");
    }
    EXPECT_EQ(Ignore::moved(c.pattern, "a b/[x]"), moved) << c.pattern;
  }
  const Ignore ignore({Ignore::moved("*.txt", "a/b")});
  EXPECT_TRUE(ignore.excludes("a/b/x.txt", false));
  EXPECT_TRUE(ignore.excludes("a/b/c/x.txt", false));
  EXPECT_FALSE(ignore.excludes("a/x.txt", false));
}

}  // namespace
}  // namespace tome
