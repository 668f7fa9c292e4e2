// SPDX-License-Identifier: GPL-2.0-or-later
// Files under another name or in another place: what is carried over, what is read anew, and how
// they are counted. In each case the index equals one that was made of the new layout at once.
#include "ingest/moves.h"

#include "ingest/scopes.h"
#include "update_fixture.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kAsked = {"harbour", "heron waits", "kettles", "Ann Lee"};

class Moves : public Update {
 protected:
  Moves() {
    write("untitled.txt",
          "a line of prose that has no heading and names no title, only pebbles.\n");
    write("review.txt",
          "Books about water\nTwo of them are read here, and each of them is short.\n"
          "1. The Harbour Book: A Subtitle\nAuthor: Ann Lee\nAll about harbours, and what the sea "
          "leaves there.\n2. The River Book\nAuthors: Cy Dee & Dan Elm\nThe heron waits, and so "
          "does the reader.\nWhat Both Teach\nWait.\n");
    write("manual/work.yaml", "title: The Manual\nauthors: [Bob Ray]\n");
    write("manual/c1.md", article("One", "Anchors hold in the harbour."));
    write("manual/c2.md", article("Two", "Ferries leave the harbour."));
    write("empty.md", "");
    EXPECT_EQ(counts(update()), "added 9 changed 0 removed 0 unchanged 0 kept 0 published");
  }

  void move(const std::string& from, const std::string& to) {
    fs::create_directories((root_ / to).parent_path());
    fs::rename(root_ / from, root_ / to);
  }

  void expect_fresh(const fs::path& root) {
    const TestFolder fresh;
    expect_update(fresh / "ix", {root}, forced());
    expect_same(snapshot(index_, kAsked), snapshot(fresh / "ix", kAsked));
  }

  // Paths of the moved files whose content would be carried, without an update.
  std::string carried() {
    const Result<ShelfConfig> config = read_shelf_config(index_);
    const Result<Before> before = open_before(index_);
    Result<UpdatePlan> plan =
        plan_update(index_, {{config->roots[0], {}}}, before->sources, serial());
    find_moves(index_, *config, {}, *before, *plan);
    std::string out;
    for (SourceJob& job : plan->jobs) {
      SourceRecord source = job.record.unpack();
      if (!job.recall || !job.recall(source)) continue;
      out += (out.empty() ? "" : " ") + source.path;
    }
    return out;
  }
};

TEST_F(Moves, ARenamedFileIsNotReadAgain) {
  move("one.md", "first.md");
  move("sub/three.txt", "elsewhere/deep/three.txt");
  EXPECT_EQ(carried(), "elsewhere/deep/three.txt first.md");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 7 kept 0 moved 2 published");
  EXPECT_EQ(files_with(index_, "lanterns"), "first.md");
  EXPECT_EQ(files_with(index_, "heron"), "elsewhere/deep/three.txt review.txt");
  expect_fresh(root_.path());
  EXPECT_FALSE(update().published);
}

TEST_F(Moves, WhatCameFromTheNameIsReadAgain) {
  struct Case {
    const char* from;
    const char* to;
    bool carried;
  };
  const std::vector<Case> cases = {
      {"one.md", "first.md", true},               // its heading is its title
      {"first.md", "first.txt", false},           // of another format now
      {"untitled.txt", "other-name.txt", false},  // its name is its title
      {"other-name.txt", "sub/other-name.txt", true},
      {"sub/other-name.txt", "other_name.md", false},
      {"review.txt", "about/water.txt", true},  // three works
      {"manual/c1.md", "manual/c9.md", true},   // a chapter of the same whole
      {"manual/c9.md", "c9.md", false},         // ... of none
      {"two.md", "manual/two.md", false},       // becomes a chapter
      {"empty.md", "nothing.md", true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.to);
    move(c.from, c.to);
    EXPECT_EQ(carried(), c.carried ? c.to : "");
    EXPECT_EQ(update().moved, 1u);
    expect_fresh(root_.path());
  }
}

TEST_F(Moves, AFolderOfChapters) {
  move("manual", "handbook");
  const IndexReport report = update();
  EXPECT_EQ(report.moved, 2u);
  EXPECT_EQ(report.added + report.removed, 0u);
  expect_fresh(root_.path());
}

TEST_F(Moves, OtherBytesOfTheSameSizeAreAnotherFile) {
  const std::string was = bytes_of(root_ / "one.md");
  fs::remove(root_ / "one.md");
  write("new.md", std::string(was.rbegin(), was.rend()));
  EXPECT_EQ(counts(update()), "added 1 changed 0 removed 1 unchanged 8 kept 0 published");
  expect_fresh(root_.path());
}

TEST_F(Moves, ACopyIsNew) {
  fs::copy_file(root_ / "one.md", root_ / "copy.md");
  EXPECT_EQ(counts(update()), "added 1 changed 0 removed 0 unchanged 9 kept 0 published");
  expect_fresh(root_.path());
}

TEST_F(Moves, CopiesMoveOneByOne) {
  for (const char* name : {"x/a.md", "x/b.md", "x/c.md"}) {
    write(name, article("Same", "Otters sleep."));
  }
  update();
  move("x/a.md", "y/b.md");
  move("x/b.md", "y/a.md");
  move("x/c.md", "y/d.md");
  write("y/e.md", article("Same", "Otters sleep."));
  EXPECT_EQ(counts(update()), "added 1 changed 0 removed 0 unchanged 9 kept 0 moved 3 published");
  expect_fresh(root_.path());
}

TEST_F(Moves, FromOneRootToAnother) {
  const TestFolder other;
  other.write("docs/x.md", article("X", "Curlews call."));
  expect_update(index_, {other / "docs"});
  fs::rename(root_ / "one.md", other / "docs/one.md");
  EXPECT_EQ(counts(expect_update(index_)),
            "added 0 changed 0 removed 0 unchanged 9 kept 0 moved 1 published");
  EXPECT_EQ(files_with(index_, "lanterns"), "one.md");
  const TestFolder fresh;
  expect_update(fresh / "ix", {root_.path(), other / "docs"});
  expect_same(snapshot(index_, kAsked), snapshot(fresh / "ix", kAsked));
}

TEST_F(Moves, APartSeesWhatMovesWithinIt) {
  move("one.md", "sub/one.md");
  EXPECT_EQ(expect_update(index_, {root_ / "one.md", root_ / "sub/one.md"}).moved, 1u);
  move("sub/one.md", "three.md");  // ... and no more
  const IndexReport report = expect_update(index_, {root_ / "three.md"});
  EXPECT_EQ(report.moved, 0u);
  EXPECT_EQ(report.added, 1u);
}

// Renaming the folder that holds most of a root was refused as a loss.
TEST_F(Moves, ARenamedFolderIsNoLoss) {
  for (int i = 0; i < 20; ++i) {
    write("most/m" + std::to_string(i) + ".md", article("M" + std::to_string(i), "Walnuts."));
  }
  update();
  move("most", "nearly-all");
  EXPECT_EQ(update_index(index_, {}, serial())->moved, 20u);
  expect_fresh(root_.path());
  move("nearly-all", "all");
  const Result<IndexReport> rebuilt = rebuild_index(index_, serial());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.error().message;
  expect_fresh(root_.path());
  // A copy that was there before does not make up for what is gone.
  for (int i = 0; i < 20; ++i) {
    write("copies/m" + std::to_string(i) + ".md", article("M" + std::to_string(i), "Walnuts."));
  }
  for (int i = 0; i < 20; ++i) {
    write("copies2/m" + std::to_string(i) + ".md", article("M" + std::to_string(i), "Walnuts."));
  }
  update();
  fs::remove_all(root_ / "all");
  fs::remove_all(root_ / "copies");
  EXPECT_EQ(update_index(index_, {}, serial()).error().code, Code::kRefused);
  EXPECT_EQ(rebuild_index(index_, serial()).error().code, Code::kRefused);
}

// A root that takes another's place had all of its files extracted once more.
TEST_F(Moves, AnAbsorbedRootIsCarriedOver) {
  const TestFolder place;
  place.write("all/part/a.md", article("A", "Magpies gather."));
  place.write("all/part/untitled.txt", "only pebbles, and no title.\n");
  const fs::path ix = place / "ix";
  expect_update(ix, {place / "all/part"});
  write_bytes(place / "all/b.md", article("B", "Magpies scatter."));
  const IndexReport report = expect_update(ix, {place / "all"});
  EXPECT_EQ(counts(report), "added 1 changed 2 removed 0 unchanged 0 kept 0 published");
  const TestFolder fresh;
  expect_update(fresh / "ix", {place / "all"});
  expect_same(snapshot(ix, {"magpies", "pebbles"}), snapshot(fresh / "ix", {"magpies", "pebbles"}));
}

TEST_F(Moves, AFileThatFailedIsReadAgain) {
  std::string deep = "<!doctype html><title>Deep</title>";
  for (int i = 0; i < 30000; ++i) deep += "<div>";
  write("deep.html", deep);
  EXPECT_EQ(update().failures.size(), 1u);
  move("deep.html", "sub/deep.html");
  EXPECT_EQ(carried(), "");
  const IndexReport report = update();
  EXPECT_EQ(report.failures.size(), 1u);
  EXPECT_EQ(report.moved, 1u);
}

}  // namespace
}  // namespace tome
