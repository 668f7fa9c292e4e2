// SPDX-License-Identifier: GPL-2.0-or-later
// A CSV of books as a person uses it: indexed, changed by a row, mapped, broken.
#include "cli/program.h"

namespace tome::test {
namespace {

class CatalogueProgram : public ProgramTest {
 protected:
  void SetUp() override {
    write("books.csv",
          "Title,Author,Description\n"
          "Thin Ice: Skating on Lakes,Pia Lund,Lund listens to the ice before she steps on it.\n"
          "The Glass Furnace,\"Hadid, Omar\",\"Annealing takes the strain out of a vase\n"
          "overnight.\"\n"
          "Knots at Sea,Cora Mast,\n");
  }
};

TEST_F(CatalogueProgram, OneChangedRowIsOneChangedSource) {
  Ran ran = tome({"index", "books.csv"});
  EXPECT_EQ(without_time(ran.out),
            "Indexed into TMP/ix (generation 1, TIME)\n"
            "  3 sources: 3 new, 0 changed, 0 removed, 0 unchanged\n"
            "  3 works, 3 of them books; 3 passages\n");
  EXPECT_EQ(ran.err, "");
  ran = tome({"search", "annealing"});
  EXPECT_TRUE(ran.out.starts_with("1. The Glass Furnace, Omar Hadid\n")) << ran.out;
  EXPECT_TRUE(has(ran.out, "books.csv:3  ")) << ran.out;
  EXPECT_TRUE(has(tome({"search", "knots"}).out, "books.csv:5  "));
  EXPECT_TRUE(has(tome({"search", "mast"}).out, "Knots at Sea, Cora Mast"));

  std::string text = read("books.csv");
  text.replace(text.find("Annealing"), 9, "Gathering");
  text.insert(text.find("Thin Ice"), "The Small Boat,Cora Mast,One sail and no engine.\n");
  write("books.csv", text);
  ran = tome({"index"});
  EXPECT_EQ(without_time(ran.out),
            "Indexed into TMP/ix (generation 2, TIME)\n"
            "  4 sources: 1 new, 1 changed, 0 removed, 2 unchanged\n"
            "  4 works, 4 of them books; 4 passages\n");
  EXPECT_EQ(tome({"search", "annealing"}).code, 1);
  EXPECT_TRUE(has(tome({"search", "gathering"}).out, "books.csv:4  "));
  EXPECT_TRUE(has(tome({"search", "skating"}).out, "books.csv:3  "));  // it moved, unchanged
  EXPECT_TRUE(has(tome({"search", "knots"}).out, "books.csv:6  "));
  EXPECT_EQ(tome({"index"}).out,
            "Nothing has changed: TMP/ix is up to date (generation 2)\n"
            "  4 sources: 0 new, 0 changed, 0 removed, 4 unchanged\n"
            "  4 works, 4 of them books; 4 passages\n");
}

TEST_F(CatalogueProgram, TheListNamesTheFile) {
  write("shelf/books.csv", read("books.csv"));
  ASSERT_EQ(tome({"index", "shelf"}).code, 0);
  const Ran ran = tome({"list", "--sources"});
  EXPECT_EQ(count(ran.out, "\n  shelf/books.csv\n"), 3u) << ran.out;
  EXPECT_FALSE(has(ran.out, "#")) << ran.out;
  const Ran json = tome({"search", "annealing", "--json"});
  EXPECT_TRUE(has(json.out, "\"path\": \"books.csv\"")) << json.out;
  EXPECT_TRUE(has(json.out, "\"file\": \"TMP/shelf/books.csv\"")) << json.out;
  EXPECT_TRUE(has(json.out, "\"line\": 3")) << json.out;
}

TEST_F(CatalogueProgram, ColumnsAreMapped) {
  write("own.csv", "Name,Writer,Plot\nLantern,Ann Lee,It glows.\n");
  Ran ran = tome({"index", "own.csv", "--map", "title=Nmae,authors=Writer"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err,
            "tome: --map: no catalogue has a column Nmae\n"
            "try: the columns are, in own.csv: Name, Writer, Plot\n");
  ran = tome({"index", "own.csv", "--map", "name=Name"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(ran.err.starts_with("tome: --map does not know the field name\n")) << ran.err;
  ran =
      tome({"index", "own.csv", "--map", "title=Name,authors=Writer", "--map", "description=Plot"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(tome({"search", "glows"}).out.starts_with("1. Lantern, Ann Lee\n"));
  EXPECT_TRUE(has(read("ix/shelf.toml"), "maps = {")) << read("ix/shelf.toml");
  ASSERT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_TRUE(tome({"search", "glows"}).out.starts_with("1. Lantern, Ann Lee\n"));
}

TEST_F(CatalogueProgram, ABadRowCostsItself) {
  write("books.jsonl", "{\"title\": \"A\", \"summary\": \"Pebbles.\"}\n{\"title\": \n");
  const Ran ran = tome({"index", "books.jsonl"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err,
            "tome: line 2 is left out: the row is no JSON object, or nested too deeply: "
            "books.jsonl/books.jsonl\n");
  EXPECT_EQ(tome({"search", "pebbles"}).code, 0);
}

}  // namespace
}  // namespace tome::test
