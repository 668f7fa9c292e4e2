// SPDX-License-Identifier: GPL-2.0-or-later
// The watcher follows what happens to files, folders and the shelf.
#include <sys/stat.h>

#include "store/files.h"
#include "store/shelf_config.h"
#include "watcher.h"

namespace tome {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

TEST_F(Watch, FollowsWhatHappensToFiles) {
  start();
  EXPECT_EQ(files_with(index_, "harbour"), "one.md sub/four.md");
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  write("one.md", article("First", "Lanterns fade, otters too."));
  expect_found("otters", "new.md one.md");
  write("sub/.new.tmp", article("New", "Magpies gather."));  // as an editor saves
  fs::rename(root_ / "sub/.new.tmp", root_ / "new.md");
  expect_found("magpies", "new.md");
  expect_found("otters", "one.md");
  fs::remove(root_ / "new.md");
  expect_found("magpies", "");
  fs::rename(root_ / "one.md", root_ / "uno.md");
  expect_found("lanterns", "uno.md");
  stop();
  EXPECT_EQ(troubles(), "");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 4 kept 0");
}

TEST_F(Watch, NewFoldersWithFilesAtOnce) {
  start();
  for (int i = 0; i < 40; ++i) {
    write("a" + std::to_string(i) + "/b/c/d.md", article("D", "Curlews call."));
  }
  wait_for("forty files", [&] { return Reader::open(index_)->sources()->size() == 44; });
  write("a7/b/c/e.md", article("E", "Plovers answer."));  // it is watched now
  expect_found("plovers", "a7/b/c/e.md");
}

TEST_F(Watch, FoldersThatGoAndComeBack) {
  const TestFolder other;
  for (int i = 0; i < 6; ++i) write("rest/" + std::to_string(i) + ".md", article("R", "Meadows."));
  start();
  fs::rename(root_ / "sub", other / "sub");
  expect_found("granite", "");
  write_bytes(other / "sub/away.md", article("Away", "Plovers answer."));
  fs::rename(other / "sub", root_ / "back");
  expect_found("granite", "back/four.md");
  expect_found("plovers", "back/away.md");
  fs::rename(root_ / "back", root_ / "moved");
  expect_found("granite", "moved/four.md");
  write("moved/x.md", article("X", "Walnuts fall."));
  expect_found("walnuts", "moved/x.md");
  fs::remove_all(root_ / "moved");
  expect_found("granite", "");
  write("moved/y.md", article("Y", "Copper shines."));
  expect_found("copper", "moved/y.md");
}

TEST_F(Watch, ARootThatIsTakenAwayIsWaitedFor) {
  const fs::path root = place_ / "shelf";
  fs::copy(root_.path(), root, fs::copy_options::recursive);
  start({root});
  fs::rename(root, place_ / "unmounted");
  wait_for_trouble("waiting until it is back");
  EXPECT_EQ(files_with(index_, "harbour"), "one.md sub/four.md");
  write_bytes(place_ / "unmounted/sub/while.md", article("While", "Violins rest."));
  fs::rename(place_ / "unmounted", root);
  expect_found("violins", "sub/while.md");
  write_bytes(root / "sub/after.md", article("After", "Ladders lean."));
  expect_found("ladders", "sub/after.md");
  // Another folder in its place, and one around it that is moved.
  fs::remove_all(root);
  fs::copy(root_.path(), root, fs::copy_options::recursive);
  expect_found("violins", "");
  write_bytes(root / "sub/last.md", article("Last", "Thistles sting."));
  expect_found("thistles", "sub/last.md");
}

TEST_F(Watch, ARootThatIsAFile) {
  start({root_ / "one.md"});
  EXPECT_EQ(Reader::open(index_)->sources()->size(), 1u);
  write("tmp", article("First", "Lanterns, saved anew."));
  write("two.md", article("Second", "Lanterns of another file."));
  fs::rename(root_ / "tmp", root_ / "one.md");
  expect_found("anew", "one.md");
  fs::remove(root_ / "one.md");
  wait_for_trouble("waiting until it is back");
  write("one.md", article("First", "Ferries leave."));
  expect_found("ferries", "one.md");
  EXPECT_EQ(Reader::open(index_)->sources()->size(), 1u);
}

TEST_F(Watch, APartOfARoot) {
  update();
  start({root_ / "sub"});
  write("one.md", article("First", "Pebbles are not watched."));
  write("sub/three.txt", "Third\n\nPebbles are.\n");
  expect_found("pebbles", "sub/three.txt");
  fs::remove_all(root_ / "sub");
  expect_found("pebbles", "");
  write("sub/five.md", article("Five", "Pebbles again."));
  expect_found("pebbles", "sub/five.md");
}

TEST_F(Watch, ExcludesAndLinksAreLeftAlone) {
  const TestFolder elsewhere;
  elsewhere.write("linked/x.md", article("X", "Anchors rust."));
  options_.index.excludes = {"/drafts/", "*.bak"};
  start();
  write("drafts/a.md", article("A", "Anchors hold."));
  write("b.bak", article("B", "Anchors hold."));
  write(".git/c.md", article("C", "Anchors hold."));
  fs::create_directory_symlink(elsewhere / "linked", root_ / "link");
  ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  write("d.md", article("D", "Anchors hold."));
  expect_found("anchors", "d.md");
  EXPECT_EQ(troubles(), "");
}

// An index in the folder that it watches updated itself without end.
TEST_F(Watch, AnIndexInAWatchedFolder) {
  index_ = root_ / "ix";
  start();
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  const std::uint64_t generation = Reader::open(index_)->manifest().generation;
  write("last.md", article("Last", "Plovers stand."));
  expect_found("plovers", "last.md");
  EXPECT_LE(Reader::open(index_)->manifest().generation, generation + 2);  // a file in two batches
}

TEST_F(Watch, FollowsTheShelfFile) {
  update();
  const TestFolder other;
  other.write("docs/x.md", article("X", "Magpies gather."));
  start({});
  ASSERT_TRUE(update_index(index_, {other / "docs"}, serial()).ok());
  other.write("docs/y.md", article("Y", "Magpies scatter."));
  expect_found("magpies", "x.md y.md");
  // What is taken off the shelf stays away, whatever happens to its files.
  ASSERT_TRUE(remove_from_index(index_, root_ / "sub", serial()).ok());
  ASSERT_TRUE(remove_from_index(index_, other / "docs", serial()).ok());
  other.write("docs/y.md", article("Y", "Walnuts fall."));
  write("sub/four.md", article("Fourth", "Walnuts fall."));
  write("one.md", article("First", "Walnuts fall."));
  expect_found("walnuts", "one.md");
  expect_found("magpies", "");
  stop();
  EXPECT_EQ(read_shelf_config(index_)->roots.size(), 1u);
  EXPECT_EQ(read_shelf_config(index_)->roots[0].excludes, std::vector<std::string>{"/sub"});
}

TEST_F(Watch, ChaptersFollowTheirWorkFile) {
  start();
  const auto titles = [&] {
    const Result<Reader> reader = Reader::open(index_);
    std::string out;
    for (const Work& work : (*reader->catalogue())->works()) out += work.info.title + ";";
    return out;
  };
  write("sub/work.yaml", "title: The Manual\n");
  wait_for("the manual", [&] { return titles() == "First;Second;The Manual;"; });
  fs::remove(root_ / "sub/work.yaml");
  wait_for("chapters of none", [&] { return titles() == "First;Fourth;Second;Third;"; });
}

}  // namespace
}  // namespace tome
