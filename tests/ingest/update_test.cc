// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/stat.h>

#include "store/shelf_config.h"
#include "update_fixture.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

TEST_F(Update, AddsThenHasNothingToDo) {
  const IndexReport report = update();
  EXPECT_EQ(counts(report), "added 4 changed 0 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(report.generation, 1u);
  EXPECT_EQ(report.sources, 4u);
  EXPECT_EQ(report.works, 4u);
  EXPECT_EQ(report.passages, 4u);
  EXPECT_GT(report.input_bytes, 0u);
  EXPECT_TRUE(report.failures.empty());
  EXPECT_EQ(files_with(index_, "harbour"), "one.md sub/four.md");
  const IndexReport again = update();
  EXPECT_EQ(counts(again), "added 0 changed 0 removed 0 unchanged 4 kept 0");
  EXPECT_EQ(again.generation, 1u);
  EXPECT_EQ(counts(expect_update(index_)), counts(again));  // no path: all roots
  EXPECT_EQ(read_shelf_config(index_)->roots.size(), 1u);
}

TEST_F(Update, ANewIndexFolderIsPrivate) {
  update();
  struct stat st {};
  ASSERT_EQ(::stat(index_.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0700u);
}

TEST_F(Update, ATouchedFileIsNotChanged) {
  update();
  shift_time(root_ / "one.md", 60);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 4 kept 0");
}

TEST_F(Update, AChangedFileIsReplacedWhole) {
  update();
  write("one.md", article("First", "Lanterns fade.\n\n## More\n\nOtters swim by night."));
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "otters"), "one.md");
  EXPECT_EQ(files_with(index_, "harbour"), "sub/four.md");
  // Same size, other bytes: the digest tells.
  write("one.md", article("First", "Lanterns fade.\n\n## More\n\nOtters swim by light."));
  shift_time(root_ / "one.md", 60);
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "night"), "");
  const Result<Reader> reader = Reader::open(index_);
  EXPECT_TRUE(reader->words("night")->empty());
}

TEST_F(Update, AVanishedFileIsRemoved) {
  update();
  fs::remove(root_ / "two.md");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 1 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "kettles"), "");
  EXPECT_TRUE(Reader::open(index_)->words("kettles")->empty());
}

TEST_F(Update, OnePartOfARoot) {
  update();
  write("one.md", article("First", "Changed lanterns."));
  write("sub/four.md", article("Fourth", "Changed granite."));
  const IndexReport report = expect_update(index_, {root_ / "sub"});
  EXPECT_EQ(counts(report), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "changed"), "sub/four.md");
  fs::remove(root_ / "sub/four.md");
  EXPECT_EQ(expect_update(index_, {root_ / "sub/four.md"}).removed, 1u);
  EXPECT_EQ(read_shelf_config(index_)->roots.size(), 1u);
}

// Named twice, or as a whole and a part of it, each file was indexed twice.
TEST_F(Update, OverlappingPathsIndexOnce) {
  const IndexReport report =
      expect_update(index_, {root_.path(), root_ / "sub", root_.path(), root_ / "sub/four.md"});
  EXPECT_EQ(counts(report), "added 4 changed 0 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(report.passages, 4u);
  write("sub/four.md", article("Fourth", "Changed granite."));
  write("one.md", article("First", "Changed lanterns."));
  write("two.md", article("Second", "Changed kettles."));
  const IndexReport parts =
      expect_update(index_, {root_ / "sub", root_ / "one.md", root_ / "sub/four.md"});
  EXPECT_EQ(counts(parts), "added 0 changed 2 removed 0 unchanged 2 kept 0 published");
  EXPECT_EQ(files_with(index_, "changed"), "one.md sub/four.md");
}

TEST_F(Update, ExcludesAreRememberedAndTakeEffectLater) {
  update();
  IndexOptions options = serial();
  options.excludes = {"*.txt"};
  EXPECT_EQ(update(options).removed, 1u);
  EXPECT_EQ(update().removed, 0u);
  EXPECT_EQ(read_shelf_config(index_)->roots[0].excludes, options.excludes);
  options.excludes = {"two.*"};
  EXPECT_EQ(expect_update(index_, {}, options).removed, 1u);  // no path: of all roots
  EXPECT_EQ(read_shelf_config(index_)->roots[0].excludes.size(), 2u);
}

TEST_F(Update, TwoRootsOfOneName) {
  const TestFolder other;
  write("docs/a.md", article("A", "Magpies gather."));
  other.write("docs/a.md", article("B", "Magpies scatter."));
  const IndexReport report = expect_update(index_, {root_ / "docs", other / "docs"});
  EXPECT_EQ(report.sources, 2u);
  const Result<ShelfConfig> config = read_shelf_config(index_);
  EXPECT_EQ(config->roots.at(0).name, "docs");
  EXPECT_EQ(config->roots.at(1).name, "docs-2");
}

// An index in the folder that it indexes took in its own manifests.
TEST_F(Update, AnIndexIsNoSourceOfItself) {
  const fs::path inside = root_ / "index";
  EXPECT_EQ(expect_update(inside, {root_.path()}).sources, 4u);
  EXPECT_EQ(counts(expect_update(inside)), "added 0 changed 0 removed 0 unchanged 4 kept 0");
  EXPECT_EQ(rebuild_index(inside, serial())->sources, 4u);
}

TEST_F(Update, ARootMayBeAFileAndNamesMayBeOdd) {
  for (const char* name : {"new\nline.md", "-dash.md", "bad\xff.md", "[x].md"}) {
    write(name, "Curlews call.\n");
  }
  const IndexReport report = expect_update(index_, {root_ / "one.md", root_ / "[x].md"});
  EXPECT_EQ(report.sources, 2u);
  EXPECT_EQ(update().sources, 8u + 2u);  // the folder is another root
  EXPECT_EQ(files_with(index_, "curlews"), "-dash.md [x].md bad\xff.md new\nline.md");
  const Result<Reader> reader = Reader::open(index_);
  for (const Work& work : (*reader->catalogue())->works()) {
    EXPECT_EQ(work.info.title.find('\xff'), std::string::npos);
  }
}

TEST_F(Update, ManySmallUpdatesStayFewSegments) {
  update();
  for (int i = 0; i < 12; ++i) {
    write("more" + std::to_string(i) + ".md", article("More", "Heron number " + std::to_string(i)));
    update();
  }
  EXPECT_LE(Reader::open(index_)->manifest().segments.size(), 9u);
  EXPECT_EQ(Reader::open(index_)->sources()->size(), 16u);
}

TEST_F(Update, WithoutAnIndexOrAPathThereIsNothingToDo) {
  EXPECT_EQ(update_index(index_, {}, serial()).error().code, Code::kNotFound);
  EXPECT_FALSE(fs::exists(index_));
  EXPECT_EQ(update_index(index_, {root_ / "none"}, serial()).error().code, Code::kNotFound);
  EXPECT_EQ(rebuild_index(index_, serial()).error().code, Code::kNotFound);
  EXPECT_EQ(remove_from_index(index_, root_.path(), serial()).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace tome
