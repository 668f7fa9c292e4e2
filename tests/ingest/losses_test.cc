// SPDX-License-Identifier: GPL-2.0-or-later
// What an update, a removal and a rebuild may take off a shelf, and what they must not.
#include <functional>

#include "store/files.h"
#include "store/shelf_config.h"
#include "support/shelf.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

class Losses : public testing::Test {
 protected:
  Losses() {
    for (const char* name : {"a.md", "b.md", "sub/c.md", "sub/d.md"}) {
      folder_.write(std::string("root/") + name,
                    "# About " + std::string(name) + "\n\nPebbles of " + name + " roll.\n");
    }
    expect_update(index_, {root_});
  }
  // Runs it; it must be refused and change nothing.
  template <class Run>
  void expect_refused(Run run) {
    const std::string config = bytes_of(index_ / "shelf.toml");
    const std::string pointer = bytes_of(index_ / "current");
    const Result<IndexReport> report = run();
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, Code::kRefused) << report.error().message;
    EXPECT_NE(report.error().hint.find("--force"), std::string::npos);
    EXPECT_EQ(bytes_of(index_ / "shelf.toml"), config);
    EXPECT_EQ(bytes_of(index_ / "current"), pointer);
    EXPECT_EQ(files_with(index_, "pebbles"), "a.md b.md sub/c.md sub/d.md");
  }
  Result<IndexReport> update(const IndexOptions& options = serial()) {
    return update_index(index_, {}, options);
  }
  static IndexOptions keeping() {
    IndexOptions options = serial();
    options.keep_missing = true;
    return options;
  }

  TestFolder folder_;
  fs::path root_ = folder_ / "root";
  fs::path index_ = folder_ / "index";
};

TEST_F(Losses, AMissingRootIsRefused) {
  fs::rename(root_, folder_ / "unmounted");
  expect_refused([&] { return update(); });
  expect_refused([&] { return update_index(index_, {root_}, serial()); });
  expect_refused([&] { return rebuild_index(index_, serial()); });
  const Result<IndexReport> report = update(forced());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->removed, 4u);
  EXPECT_EQ(report->sources, 0u);
}

TEST_F(Losses, ASuddenlyEmptyRootIsRefused) {
  fs::rename(root_, folder_ / "unmounted");
  fs::create_directory(root_);
  expect_refused([&] { return update(); });
  expect_refused([&] { return rebuild_index(index_, serial()); });
  EXPECT_EQ(rebuild_index(index_, forced())->sources, 0u);
}

TEST_F(Losses, MoreThanHalfIsRefused) {
  fs::remove_all(root_ / "sub");
  EXPECT_EQ(update()->removed, 2u);  // just half
  fs::remove_all(index_);
  folder_.write("root/sub/c.md", "# C\n\nPebbles again.\n");
  folder_.write("root/sub/d.md", "# D\n\nPebbles again.\n");
  expect_update(index_, {root_});
  fs::remove_all(root_ / "sub");
  fs::remove(root_ / "a.md");
  expect_refused([&] { return update(); });
  expect_refused([&] { return rebuild_index(index_, serial()); });
  IndexOptions excluding = serial();
  excluding.excludes = {"b.md"};
  expect_refused([&] { return update(excluding); });
  EXPECT_EQ(update(forced())->removed, 3u);
}

TEST_F(Losses, KeptWhereItIsMissing) {
  fs::remove(root_ / "a.md");
  fs::remove_all(root_ / "sub");
  const Result<IndexReport> report = update(keeping());  // no path: all roots
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(counts(*report), "added 0 changed 0 removed 0 unchanged 1 kept 3");
  EXPECT_TRUE(read_shelf_config(index_)->roots.at(0).keep_missing);
  EXPECT_EQ(update()->kept, 3u);  // recorded
  const Result<IndexReport> rebuilt = rebuild_index(index_, serial());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.error().message;
  EXPECT_EQ(rebuilt->kept, 3u);
  EXPECT_EQ(rebuilt->added, 1u);
  EXPECT_TRUE(rebuilt->failures.empty());
  EXPECT_EQ(files_with(index_, "pebbles"), "a.md b.md sub/c.md sub/d.md");
  EXPECT_EQ(counts(*update()), "added 0 changed 0 removed 0 unchanged 1 kept 3");
}

// --keep-missing was refused all the same when the root itself was gone, as its hint denied.
TEST_F(Losses, AMissingRootMayBeKept) {
  fs::rename(root_, folder_ / "unmounted");
  const Result<IndexReport> report = update(keeping());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(counts(*report), "added 0 changed 0 removed 0 unchanged 0 kept 4");
  EXPECT_EQ(rebuild_index(index_, serial())->kept, 4u);
  EXPECT_EQ(files_with(index_, "pebbles"), "a.md b.md sub/c.md sub/d.md");
  write_bytes(index_ / "current", "rubbish");  // now nothing could be carried over
  EXPECT_EQ(rebuild_index(index_, serial()).error().code, Code::kRefused);
  const Result<IndexReport> lost = rebuild_index(index_, forced());
  ASSERT_TRUE(lost.ok());
  EXPECT_EQ(lost->failures.size(), 1u);
}

// Chapters that were carried over lost the work they are of; empty files could not be carried.
TEST_F(Losses, ChaptersAndEmptyFilesAreCarriedOver) {
  folder_.write("root/sub/work.yaml", "title: The Pebble Book\nauthors: [Ann Lee]\n");
  folder_.write("root/empty.md", "");
  ASSERT_TRUE(update().ok());
  fs::remove_all(root_ / "sub");
  fs::remove(root_ / "empty.md");
  ASSERT_EQ(update(keeping())->kept, 3u);
  const std::vector<std::string> questions = {"pebbles roll", "ann lee"};
  const Snapshot before = snapshot(index_, questions);
  const Result<IndexReport> rebuilt = rebuild_index(index_, serial());
  EXPECT_EQ(rebuilt->kept, 3u);
  EXPECT_TRUE(rebuilt->failures.empty());
  expect_same(snapshot(index_, questions), before);
}

// A known file that turned into another format made every later run publish.
TEST_F(Losses, AFileThatIsNoTextAnyMoreIsNotMissing) {
  ASSERT_TRUE(update(keeping()).ok());
  folder_.write("root/a.md", std::string(200, '\0'));
  EXPECT_EQ(update()->removed, 1u);
  EXPECT_EQ(files_with(index_, "pebbles"), "b.md sub/c.md sub/d.md");
  EXPECT_FALSE(update()->published);
}

TEST_F(Losses, ARootTakenOutOfTheShelfFileGoes) {
  folder_.write("other/x.md", "# X\n\nPebbles elsewhere.\n");
  expect_update(index_, {folder_ / "other"});
  Result<ShelfConfig> config = read_shelf_config(index_);
  config->roots.pop_back();
  ASSERT_TRUE(write_shelf_config(index_, *config).ok());
  EXPECT_EQ(update()->removed, 1u);
  EXPECT_EQ(files_with(index_, "pebbles"), "a.md b.md sub/c.md sub/d.md");
}

TEST_F(Losses, RemovedPartsStayAwayUntilTheyAreNamedAgain) {
  folder_.write("root/[a].md", "# Odd\n\nPebbles oddly.\n");
  expect_update(index_);
  Result<IndexReport> report = remove_from_index(index_, root_ / "sub", serial());
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_EQ(report->removed, 2u);
  EXPECT_EQ(remove_from_index(index_, root_ / "[a].md", serial())->removed, 1u);
  EXPECT_EQ(files_with(index_, "pebbles"), "a.md b.md");
  EXPECT_EQ(counts(*update()), "added 0 changed 0 removed 0 unchanged 2 kept 0");
  EXPECT_EQ(rebuild_index(index_, serial())->sources, 2u);
  EXPECT_EQ(expect_update(index_, {root_ / "sub"}).added, 2u);
  EXPECT_EQ(counts(*update()), "added 0 changed 0 removed 0 unchanged 4 kept 0");
}

TEST_F(Losses, ARemovedRootIsGone) {
  EXPECT_EQ(remove_from_index(index_, folder_ / "nowhere", serial()).error().code, Code::kNotFound);
  EXPECT_EQ(remove_from_index(index_, root_, serial())->sources, 0u);
  EXPECT_TRUE(read_shelf_config(index_)->roots.empty());
  EXPECT_TRUE(fs::exists(root_ / "a.md"));
  EXPECT_EQ(files_with(index_, "pebbles"), "");
  EXPECT_EQ(expect_update(index_, {root_}).added, 4u);
}

TEST_F(Losses, RebuildNeedsNoReadableOldIndex) {
  const std::vector<std::string> questions = {"pebbles roll", "about"};
  const Snapshot before = snapshot(index_, questions);
  const auto newest = [&](const char* folder) {
    std::set<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(index_ / folder)) paths.insert(entry.path());
    return *paths.rbegin();
  };
  const std::vector<std::pair<const char*, std::function<void()>>> damages = {
      {"pointer", [&] { write_bytes(index_ / "current", "?"); }},
      {"manifest", [&] { write_bytes(newest("generations"), "{}"); }},
      {"segment", [&] { fs::remove(newest("segments") / "postlist.glass"); }},
      {"no segments", [&] { fs::remove_all(index_ / "segments"); }},
      {"no generations", [&] { fs::remove_all(index_ / "generations"); }},
  };
  for (const auto& [what, damage] : damages) {
    damage();
    const Result<IndexReport> updated = update();
    EXPECT_FALSE(updated.ok()) << what;
    const Result<IndexReport> rebuilt = rebuild_index(index_, serial());
    ASSERT_TRUE(rebuilt.ok()) << what << ": " << rebuilt.error().message;
    expect_same(snapshot(index_, questions), before);
    EXPECT_FALSE(update()->published) << what;
  }
}

TEST_F(Losses, ALockedIndexSaysSo) {
  Result<WriterLock> lock = WriterLock::acquire(index_ / "lock", std::chrono::milliseconds(0));
  ASSERT_TRUE(lock.ok());
  IndexOptions hasty = serial();
  hasty.patience = std::chrono::milliseconds(0);
  EXPECT_EQ(update(hasty).error().code, Code::kLocked);
  EXPECT_EQ(rebuild_index(index_, hasty).error().code, Code::kLocked);
  EXPECT_EQ(remove_from_index(index_, root_, hasty).error().code, Code::kLocked);
  EXPECT_EQ(files_with(index_, "pebbles"), "a.md b.md sub/c.md sub/d.md");
}

}  // namespace
}  // namespace tome
