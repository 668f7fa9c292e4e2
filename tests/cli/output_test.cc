// SPDX-License-Identifier: GPL-2.0-or-later
// Whole outputs of every subcommand on the small shelf.
#include "cli/program.h"

namespace tome::test {
namespace {

class Output : public ProgramTest {
 protected:
  void SetUp() override { index_shelf(); }
};

TEST_F(Output, Search) {
  const Ran ran = tome({"search", "bowline"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out, R"(1. Knots for the Kitchen and the Quay
  The bowline
  The bowline makes a loop that neither slips nor jams. Sailors tie it around a
  post, and cooks tie a roast with its smaller cousin, the butcher's knot.
  shelf/knots.html:5  7tqpn3jkf6fc
)");
}

TEST_F(Output, SearchFindsAPassageOfAReview) {
  EXPECT_EQ(tome({"search", "what", "to", "do", "before", "a", "squall?"}).out,
            R"(1. The Small Boat: Sailing Alone, Cora Mast (in: Three Books for Slow Evenings)
  The Small Boat
  Author: Cora Mast
  Mast crosses the bay with one sail and no engine. Her pages on reefing before
  the squall arrives are the calmest that were ever written about fear.
  shelf/review.txt:13  tp4tnuwqzxsq
)");
}

TEST_F(Output, NothingFound) {
  const Ran ran = tome({"search", "--as-typed", "penduluum"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out, R"(Nothing found.
"penduluum" is not on the shelf; did you mean: pendulum
understood as: penduluum
try: other words, fewer filters, or what is there: tome list
)");
  EXPECT_EQ(tome({"books", "--as-typed", "penduluum"}).out, ran.out);
}

TEST_F(Output, CorrectedWordsAndFacets) {
  const Ran ran = tome({"search", "--facets", "penduluum"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, R"("penduluum" is not on the shelf: read as "pendulum" (as typed: +penduluum)

1. Clockwork at Home, Bruno Zeiger, 2005
  The escapement
  The escapement lets one tooth of the wheel pass at each swing of the pendulum.
  Zeiger builds an anchor escapement from brass sheet with a fretsaw and a file,
  and shows how its drop is measured.
  shelf/books/clock.md:12  462s65t443ia

Works among the best passages: 1
topic:    clocks 1
kind:     book 1
author:   Bruno Zeiger 1
year:     2005 1
lang:     en 1
)");
}

TEST_F(Output, Books) {
  EXPECT_EQ(tome({"books", "pendulum"}).out, R"(1. Clockwork at Home, Bruno Zeiger, 2005
  1 passage speaks of it; best under: The escapement
    The escapement lets one tooth of the wheel pass at each swing of the
    pendulum. Zeiger builds an anchor escapement from brass sheet with a fretsaw
    and a file, and shows how its drop is measured.
    shelf/books/clock.md:12  462s65t443ia
)");
}

TEST_F(Output, BooksHaveBothSourcesAsEvidence) {
  const Ran ran = tome({"books", "escapement"});
  EXPECT_TRUE(
      ran.out.starts_with("1. Clockwork at Home, Bruno Zeiger, 2005\n"
                          "  2 passages speak of it; best under: "))
      << ran.out;
  EXPECT_TRUE(has(ran.out, "    shelf/books/clock.md:12  462s65t443ia\n")) << ran.out;
  EXPECT_TRUE(
      has(ran.out, "    shelf/review.txt:10  23k6fp23aou6  in: Three Books for Slow Evenings\n"))
      << ran.out;
}

TEST_F(Output, ArticlesAreNoBooksUnlessAsked) {
  EXPECT_EQ(tome({"books", "bowline"}).code, 1);
  const Ran ran = tome({"books", "bowline", "--articles"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(ran.out.starts_with("1. Knots for the Kitchen and the Quay\n")) << ran.out;
}

TEST_F(Output, Show) {
  EXPECT_EQ(tome({"show", "462s65t443ia"}).out, R"(Clockwork at Home, Bruno Zeiger, 2005
  The escapement

| The escapement lets one tooth of the wheel pass at each swing of the pendulum.
| Zeiger builds an anchor escapement from brass sheet with a fretsaw and a file,
| and shows how its drop is measured.

  Cleaning

  Old oil turns to varnish. Take the movement apart, number the wheels, wash
  each in benzine, and oil only the pivots when it is together again.

  shelf/books/clock.md:12  462s65t443ia  after: mtctjh2pgjy2
)");
  EXPECT_EQ(tome({"show", "mtctjh2pgjy2", "--context", "0"}).out,
            R"(Clockwork at Home, Bruno Zeiger, 2005
  Cleaning

  Old oil turns to varnish. Take the movement apart, number the wheels, wash
  each in benzine, and oil only the pivots when it is together again.

  shelf/books/clock.md:17  mtctjh2pgjy2
)");
}

TEST_F(Output, ShowOfNoPassageFindsNothing) {
  const Ran ran = tome({"show", "222222222222"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "tome: no passage has the ID 222222222222\n"
            "try: IDs stand beside each result of: tome search\n");
}

TEST_F(Output, List) {
  EXPECT_EQ(tome({"list"}).out, R"(Clockwork at Home, Bruno Zeiger, 2005 (book, 3 passages)
Knots for the Kitchen and the Quay (article, 2 passages)
The Patient Loaf: Baking with Wild Yeast, Ada Kornfeld, 2018 (book, 3
    passages)
The Small Boat: Sailing Alone, Cora Mast (book, 1 passage)
Three Books for Slow Evenings (article, 5 passages)

5 works, of them 3 books
)");
}

TEST_F(Output, ListWithSources) {
  EXPECT_EQ(tome({"list", "--sources"}).out,
            R"(Clockwork at Home, Bruno Zeiger, 2005 (book, 3 passages)
  shelf/books/clock.md
  shelf/review.txt
Knots for the Kitchen and the Quay (article, 2 passages)
  shelf/knots.html
The Patient Loaf: Baking with Wild Yeast, Ada Kornfeld, 2018 (book, 3
    passages)
  shelf/books/loaf.md
  shelf/review.txt
The Small Boat: Sailing Alone, Cora Mast (book, 1 passage)
  shelf/review.txt
Three Books for Slow Evenings (article, 5 passages)
  shelf/review.txt

5 works, of them 3 books
)");
}

TEST_F(Output, Status) {
  const Ran ran = tome({"status"});
  const std::size_t size = ran.out.find("size ");
  ASSERT_NE(size, std::string::npos) << ran.out;
  const std::size_t end = ran.out.find('\n', size);
  EXPECT_EQ(ran.out.substr(0, size) + ran.out.substr(end + 1),
            R"(works      5, of them 3 books
passages   11 in 4 sources
languages  en 11
index      generation 1, 1 segment
roots      shelf  TMP/shelf
)");
  EXPECT_TRUE(has(ran.out.substr(size, end - size), " kB on disk for 2.2 kB of text")) << ran.out;
}

TEST_F(Output, IndexReports) {
  EXPECT_EQ(without_time(tome({"index", "shelf"}).out),
            "Nothing has changed: TMP/ix is up to date (generation 1)\n"
            "  4 sources: 0 new, 0 changed, 0 removed, 4 unchanged\n"
            "  5 works, 3 of them books; 11 passages\n");
  EXPECT_EQ(without_time(tome({"rebuild"}).out),
            "Indexed into TMP/ix (generation 2, TIME)\n"
            "  4 sources: 4 new, 0 changed, 0 removed, 0 unchanged\n"
            "  5 works, 3 of them books; 11 passages\n");
  write("shelf/books/clock.md", "# Sundials\n\nA sundial needs neither oil nor winding.\n");
  write("shelf/picture.png", "\x89PNG....");
  EXPECT_EQ(without_time(tome({"index"}).out),
            "Indexed into TMP/ix (generation 3, TIME)\n"
            "  4 sources: 0 new, 1 changed, 0 removed, 3 unchanged\n"
            "  6 works, 3 of them books; 10 passages\n"
            "  skipped 1 file: 1 unknown format: .png\n");
  EXPECT_EQ(without_time(tome({"remove", "shelf/knots.html"}).out),
            "Indexed into TMP/ix (generation 4, TIME)\n"
            "  3 sources: 0 new, 0 changed, 1 removed, 3 unchanged\n"
            "  5 works, 3 of them books; 8 passages\n");
  EXPECT_EQ(tome({"index", "--quiet"}).out, "");
  EXPECT_EQ(without_time(tome({"remove", "shelf"}).out),
            "Indexed into TMP/ix (generation 5, TIME)\n"
            "  0 sources: 0 new, 0 changed, 3 removed, 0 unchanged\n"
            "  0 works, 0 of them books; 0 passages\n");
  const Ran empty = tome({"list"});
  EXPECT_EQ(empty.code, 0);
  EXPECT_EQ(empty.out, "The shelf is empty.\ntry: tome index PATH...\n");
}

}  // namespace
}  // namespace tome::test
