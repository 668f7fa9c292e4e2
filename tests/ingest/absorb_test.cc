// SPDX-License-Identifier: GPL-2.0-or-later
// An outer root after an inner one: the files below the inner one were indexed twice.
#include "store/shelf_config.h"
#include "support/shelf.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

class Absorb : public testing::Test {
 protected:
  Absorb() {
    for (const char* name : {"top.md", "a/one.md", "a/x/two.md", "a/x/sub/three.md"}) write(name);
  }
  void write(const std::string& name) {
    folder_.write("root/" + name, "# About " + name + "\n\nPebbles roll.\n");
  }
  Result<IndexReport> add(const std::string& path, const IndexOptions& options = serial()) {
    return update_index(index_, {root_ / path}, options);
  }
  // The names of the roots, then the files that are on the shelf, each as often as it is there.
  std::string shelf() {
    std::string out;
    const ShelfConfig config = *read_shelf_config(index_);
    for (const Root& root : config.roots) out += root.name + " ";
    out += "|";
    const std::vector<SourceRecord> sources = *Reader::open(index_)->sources();
    for (const SourceRecord& source : sources) {
      out += " " + source.root + "/" + source.path;
    }
    return out;
  }
  std::vector<std::string> excludes() { return read_shelf_config(index_)->roots.at(0).excludes; }

  TestFolder folder_;
  fs::path root_ = folder_ / "root";
  fs::path index_ = folder_ / "index";
};

TEST_F(Absorb, AnOuterRootTakesOver) {
  ASSERT_TRUE(add("a/x").ok());
  ASSERT_TRUE(add("a/one.md").ok());
  EXPECT_EQ(shelf(), "x one.md | one.md/one.md x/sub/three.md x/two.md");
  const Result<IndexReport> report = add(".");
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(counts(*report), "added 1 changed 3 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(shelf(), "root | root/a/one.md root/a/x/sub/three.md root/a/x/two.md root/top.md");
  EXPECT_EQ(counts(*update_index(index_, {}, serial())),
            "added 0 changed 0 removed 0 unchanged 4 kept 0");
  const std::vector<std::string> questions = {"pebbles roll", "about two"};
  const Snapshot before = snapshot(index_, questions);
  ASSERT_TRUE(rebuild_index(index_, serial()).ok());
  expect_same(snapshot(index_, questions), before);
}

TEST_F(Absorb, InOneRunAndInAnyOrder) {
  ASSERT_TRUE(add("a/x/sub").ok());
  const Result<IndexReport> report =
      update_index(index_, {root_ / "a/x", root_ / "a", root_ / "a/one.md"}, serial());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(counts(*report), "added 2 changed 1 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(shelf(), "a | a/one.md a/x/sub/three.md a/x/two.md");
}

TEST_F(Absorb, ExcludesAreCarriedOverAnchored) {
  IndexOptions options = serial();
  options.excludes = {"sub/", "/two.*"};
  write("a/x/four.md");
  write("a/sub/five.md");
  ASSERT_TRUE(add("a/x", options).ok());
  ASSERT_TRUE(add("a").ok());
  EXPECT_EQ(shelf(), "a | a/one.md a/sub/five.md a/x/four.md");
  EXPECT_EQ(excludes(), (std::vector<std::string>{"/x/**/sub/", "/x/two.*"}));
}

TEST_F(Absorb, WhatTheOuterRootWouldNotComeToStaysARoot) {
  write(".notes/n.md");
  ASSERT_TRUE(add(".notes").ok());
  ASSERT_TRUE(add("a/x").ok());
  IndexOptions options = serial();
  options.excludes = {"/a/x"};
  const Result<IndexReport> report = add(".", options);
  EXPECT_EQ(counts(*report), "added 2 changed 0 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(shelf(),
            ".notes x root | .notes/n.md root/a/one.md root/top.md x/sub/three.md x/two.md");
}

TEST_F(Absorb, WhatIsKeptOrMissingStaysARootAndIsLeftOut) {
  IndexOptions keeping = serial();
  keeping.keep_missing = true;
  ASSERT_TRUE(add("a/x", keeping).ok());
  fs::remove(root_ / "a/x/two.md");
  ASSERT_TRUE(add(".").ok());
  EXPECT_EQ(shelf(), "x root | root/a/one.md root/top.md x/sub/three.md x/two.md");
  fs::remove_all(index_);
  ASSERT_TRUE(add("a/x").ok());
  fs::rename(root_ / "a/x", folder_ / "unmounted");
  ASSERT_TRUE(add(".").ok());
  fs::rename(folder_ / "unmounted", root_ / "a/x");
  ASSERT_TRUE(update_index(index_, {}, serial()).ok());
  EXPECT_EQ(shelf(), "x root | root/a/one.md root/top.md x/sub/three.md");
}

TEST_F(Absorb, WhatIsGoneIsALoss) {
  ASSERT_TRUE(add("a/x").ok());
  fs::remove(root_ / "a/x/two.md");
  fs::remove_all(root_ / "a/x/sub");
  EXPECT_EQ(add(".").error().code, Code::kRefused);
  EXPECT_EQ(shelf(), "x | x/sub/three.md x/two.md");
  EXPECT_EQ(counts(*add(".", forced())),
            "added 2 changed 0 removed 2 unchanged 0 kept 0 published");
  EXPECT_EQ(shelf(), "root | root/a/one.md root/top.md");
}

// An index that the fault has made is mended by naming the outer root again.
TEST_F(Absorb, AShelfThatHasThemTwiceIsMended) {
  ASSERT_TRUE(add(".").ok());
  Result<ShelfConfig> config = read_shelf_config(index_);
  config->roots.push_back({"x", (root_ / "a/x").string(), {}, false});
  ASSERT_TRUE(write_shelf_config(index_, *config).ok());
  EXPECT_EQ(update_index(index_, {}, serial())->sources, 6u);
  const Result<IndexReport> report = add(".");
  EXPECT_EQ(counts(*report), "added 0 changed 0 removed 0 unchanged 4 kept 0 published");
  EXPECT_EQ(shelf(), "root | root/a/one.md root/a/x/sub/three.md root/a/x/two.md root/top.md");
}

}  // namespace
}  // namespace tome
