// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/synonyms.h"

#include <gtest/gtest.h>

#include <fstream>

#include "small_shelf.h"

namespace tome::test {
namespace {

using Words = std::vector<std::string>;

TEST(Synonyms, LinesOfAUsersFile) {
  Synonyms synonyms;
  const Words odd = synonyms.add_lines(
      "# mine\nkube = Kubernetes\n\nTLA : three letter acronym # said so\nodd\n= =\na: b: c\nx:\n");
  EXPECT_EQ(odd, (Words{"line 5", "line 6", "line 8"}));
  EXPECT_EQ(synonyms.of("kube"), Words{"kubernetes"});
  EXPECT_EQ(synonyms.of("kubernetes"), (Words{"k8s", "kube"}));
  EXPECT_EQ(synonyms.of("tla"), Words{"three letter acronym"});
  EXPECT_EQ(synonyms.acronyms_in({"a", "three", "letter", "acronym"}), Words{"tla"});
  EXPECT_TRUE(synonyms.acronyms_in({"three", "letter"}).empty());
  EXPECT_EQ(synonyms.acronyms_in({"domain", "driven", "design"}), Words{"ddd"});  // shipped
}

TEST(Synonyms, LearnTheUsualReadingsOfAnAcronym) {
  Synonyms synonyms;
  synonyms.learn(AcronymTable::of({{"abc", "always be closing", 1},
                                   {"abc", "american broadcasting company", 9},
                                   {"abc", "atanasoff berry computer", 5},
                                   {"zzz", "zig zag zen", 1}}));
  EXPECT_EQ(synonyms.of("abc"),
            (Words{"american broadcasting company", "atanasoff berry computer"}));
  EXPECT_EQ(synonyms.acronyms_in({"zig", "zag", "zen"}), Words{"zzz"});
  EXPECT_TRUE(synonyms.acronyms_in({"always", "be", "closing"}).empty());  // too rare a reading
}

TEST(Synonyms, AcronymsAreLearnedFromTheShelfInBothDirections) {
  SmallShelf shelf;
  shelf.add({"explains", "The Quality of Service Matrix (QSM) is a table of goals.", {}, {}});
  shelf.add({"short", "Fill in the QSM before the meeting.", {}, {}});
  shelf.add({"long", "A quality of service matrix lists goals for each service.", {}, {}});
  shelf.add({"neither", "The kettle is on the stove.", {}, {}});
  Shelf open = shelf.open();
  EXPECT_EQ(found(open, "QSM"), "explains long short");
  EXPECT_EQ(found(open, "quality of service matrix"), "explains long short");
  const std::vector<PassageHit> hits = ask(open, "QSM");
  EXPECT_EQ(hits.back().locator.path, "long");  // a synonym weighs less than the word itself
}

TEST(Synonyms, AUsersFileIsReadFromTheIndexAndFromAPath) {
  SmallShelf shelf;
  shelf.add({"a", "A widget is drawn.", {}, {}});
  shelf.add({"b", "A gizmo is drawn.", {}, {}});
  shelf.add({"c", "A doohickey is drawn.", {}, {}});
  { Shelf made = shelf.open(); }
  std::ofstream(shelf.folder() / "synonyms.txt") << "widget = gizmo\nwhat is this\n";
  std::ofstream(shelf.folder() / "mine.txt") << "widget = doohickey\n";
  Shelf open = must(Shelf::open(shelf.folder(), shelf.folder() / "mine.txt"));
  EXPECT_EQ(found(open, "widget"), "a b c");
  const Answer<PassageHit> answer = must(open.search("widget"));
  ASSERT_EQ(answer.notes.size(), 1u);
  EXPECT_NE(answer.notes[0].find("synonyms.txt, line 2"), std::string::npos) << answer.notes[0];
}

}  // namespace
}  // namespace tome::test
