// SPDX-License-Identifier: GPL-2.0-or-later
// The shelf changes: what index, rebuild and remove make of it, and what they refuse.
#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "cli/shelf.h"

namespace tome::test {
namespace {

class Update : public ProgramTest {
 protected:
  void SetUp() override { index_shelf(); }

  // Everything that can be asked of the shelf, in one text.
  std::string answers() {
    std::string all;
    for (const Words& arguments :
         {Words{"list", "--sources"}, Words{"search", "who", "stops", "turning", "the", "glass?"},
          Words{"search", "ice", "--explain", "--json"}, Words{"search", "bowline", "--explain"},
          Words{"books", "annealing", "ice", "escapement"}, Words{"search", "patience", "-n", "50"},
          Words{"search", "anneeling"}}) {
      const Ran ran = tome(arguments);
      all += ran.out + ran.err + std::to_string(ran.code) + "\n";
    }
    return all;
  }
};

// Issue 2, "Shown by".
TEST_F(Update, ANewReviewIsFoundAfterIndexAndAfterRebuildAlike) {
  const std::string before = answers();
  EXPECT_EQ(tome({"books", "annealing"}).code, 1);
  write("shelf/later.txt", kLater);
  EXPECT_EQ(tome({"books", "annealing"}).code, 1);  // not yet indexed
  ASSERT_EQ(tome({"index"}).code, 0);
  EXPECT_TRUE(tome({"books", "annealing"}).out.starts_with("1. The Glass Furnace, Omar Hadid\n"));
  EXPECT_TRUE(has(tome({"search", "clearest", "sheet"}).out, "Thin Ice: Skating on Lakes"));
  const std::string updated = answers();
  ASSERT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(answers(), updated);

  remove("shelf/later.txt");
  ASSERT_EQ(tome({"index"}).code, 0);
  EXPECT_EQ(tome({"books", "annealing"}).code, 1);
  EXPECT_EQ(answers(), before);
  ASSERT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(answers(), before);
}

TEST_F(Update, ADeletedReviewIsGoneAfterRebuildToo) {
  const std::string before = answers();
  write("shelf/later.txt", kLater);
  ASSERT_EQ(tome({"index"}).code, 0);
  remove("shelf/later.txt");
  ASSERT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(answers(), before);
}

TEST_F(Update, IndexAgainPublishesNothing) {
  ASSERT_EQ(tome({"index"}).code, 0);
  EXPECT_TRUE(read("ix/current").starts_with("1 "));
  std::filesystem::last_write_time(at("shelf/review.txt"),
                                   std::filesystem::file_time_type::clock::now());
  EXPECT_TRUE(has(tome({"index"}).out, "0 changed"));  // touched, the same bytes
}

TEST_F(Update, ExcludeLeavesOutAndIsRemembered) {
  ASSERT_EQ(tome({"index", "shelf", "--exclude", "*.html", "--exclude", "/books/clock.md"}).code,
            0);
  EXPECT_EQ(tome({"search", "bowline"}).code, 1);
  EXPECT_EQ(tome({"search", "pendulum"}).code, 1);
  EXPECT_EQ(tome({"search", "reefing"}).code, 0);
  ASSERT_EQ(tome({"index"}).code, 0);
  ASSERT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(tome({"search", "bowline"}).code, 1);
}

TEST_F(Update, WhatWasRemovedStaysAway) {
  ASSERT_EQ(tome({"remove", "shelf/books"}).code, 0);
  EXPECT_EQ(tome({"search", "pendulum"}).code, 1);
  EXPECT_TRUE(exists("shelf/books/clock.md"));
  ASSERT_EQ(tome({"index"}).code, 0);
  ASSERT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(tome({"search", "pendulum"}).code, 1);
  EXPECT_EQ(tome({"search", "bowline"}).code, 0);
}

TEST_F(Update, ThatWouldDropMuchIsRefused) {
  const std::string before = answers();
  remove("shelf/books");
  remove("shelf/review.txt");
  Ran ran = tome({"index"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "tome: nothing was changed: 3 of 4 sources would be dropped\n"
            "try: to drop them: --force; to keep them: --keep-missing\n");
  EXPECT_EQ(answers(), before);
  remove("shelf");
  for (const char* command : {"index", "rebuild"}) {
    ran = tome({command});
    EXPECT_EQ(ran.code, 2) << command;
    EXPECT_TRUE(ran.err.starts_with("tome: nothing was changed: a root is missing or empty: "))
        << ran.err;
    EXPECT_EQ(answers(), before);
  }
  ASSERT_EQ(tome({"index", "--force"}).code, 0);
  EXPECT_EQ(tome({"list"}).out, "The shelf is empty.\ntry: tome index PATH...\n");
}

TEST_F(Update, KeepMissingKeepsWhatIsGone) {
  remove("shelf/knots.html");
  const Ran ran = tome({"index", "shelf", "--keep-missing"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, "1 kept though missing")) << ran.out;
  EXPECT_EQ(tome({"search", "bowline"}).code, 0);
  ASSERT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(tome({"search", "bowline"}).code, 0);
}

TEST_F(Update, AFileThatFailsCostsOnlyItself) {
  std::string deep = "<!doctype html><title>Deep</title>";
  for (int i = 0; i < 30000; ++i) deep += "<div>";
  write("shelf/deep.html", deep + "abyss");
  write("shelf/later.txt", kLater);
  Ran ran = tome({"index"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.err, "tome: the page nests its elements too deeply: shelf/deep.html\n");
  EXPECT_TRUE(has(ran.out, "  1 file could not be read (see above)\n")) << ran.out;
  EXPECT_EQ(tome({"books", "annealing"}).code, 0);
  EXPECT_TRUE(
      has(tome({"status"}).out, "failed     1 source could not be read: tome list --failed\n"));
  EXPECT_EQ(tome({"list", "--failed"}).out,
            "shelf/deep.html\n  the page nests its elements too deeply\n"
            "  read again when it changes\n\n1 source could not be read\n"
            "to read them again now: tome index --retry\n");
  // It is remembered until it changes, or --retry.
  EXPECT_EQ(tome({"index"}).code, 0);
  EXPECT_EQ(tome({"index", "--retry"}).code, 4);
  EXPECT_EQ(tome({"rebuild", "--quiet"}).code, 4);
  write("shelf/deep.html", "<!doctype html><title>Deep</title><p>The abyss.");
  EXPECT_TRUE(has(tome({"list", "--failed"}).out, "read again by the next tome index\n"));
  EXPECT_EQ(tome({"index"}).code, 0);
  EXPECT_EQ(tome({"search", "abyss"}).code, 0);
}

TEST_F(Update, SourcesOfOtherEncodingsAreReported) {
  write("shelf/odd.md", "# Fords\n\nThe river ford \xff\xfe is marked with stones.\n");
  write("shelf/utf16.txt", std::string("\xff\xfe"
                                       "F\0e\0r\0r\0y\0\n\0",
                                       14));
  const Ran ran = tome({"index"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(tome({"search", "ferry"}).code, 0);
  EXPECT_EQ(tome({"search", "ford", "stones"}).code, 0);
}

}  // namespace
}  // namespace tome::test
