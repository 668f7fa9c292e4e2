// SPDX-License-Identifier: GPL-2.0-or-later
// Similar passages, a work's page, completions, counts of filter values, weak answers.
#include <gtest/gtest.h>

#include "small_shelf.h"

namespace tome::test {
namespace {

// Two books on tea, one on locks, an article; enough other text for words to be rare.
void add_tea_and_locks(SmallShelf& shelf) {
  WorkInfo tea = book("All About Tea", {"Ann Lee"}, 2001);
  tea.topics = {"tea", "cooking"};
  const std::size_t first = shelf.work(tea);
  WorkInfo second_tea = book("Tea at Home", {"Bob Ray"}, 2010);
  second_tea.topics = {"tea"};
  const std::size_t second = shelf.work(second_tea);
  const std::size_t locks = shelf.work(book("Locks and Threads", {"Cy Dee"}, 2010));
  shelf.add(
      {"tea", "Green tea is steeped in a kettle below boiling.", {"Brewing", "Green"}, {first}});
  shelf.add(
      {"tea", "Black tea takes boiling water and a warm kettle.", {"Brewing", "Black"}, {first}});
  shelf.add({"home", "A kettle of boiling water makes tea at home.", {"Kettles"}, {second}});
  shelf.add({"locks", "A mutex is a lock that one thread holds.", {"Mutexes"}, {locks}});
  shelf.add({"locks", "A thread waits for the lock of a mutex.", {"Waiting"}, {locks}});
  for (int i = 0; i < 6; ++i) {
    shelf.add({"x" + std::to_string(i), "Nothing of note number " + std::to_string(i), {}, {}});
  }
}

class Like : public ::testing::Test {
 protected:
  Like() {
    add_tea_and_locks(shelf_);
    open_.emplace(shelf_.open());
  }

  SmallShelf shelf_;
  std::optional<Shelf> open_;
};

TEST_F(Like, SimilarPassagesAreThoseThatShareItsRarerWords) {
  const PassageHit asked = ask(*open_, "mutex holds").front();
  const Answer<PassageHit> like = must(open_->similar(asked.id));
  ASSERT_FALSE(like.hits.empty());
  EXPECT_EQ(like.hits[0].locator.path, "locks");
  for (const PassageHit& hit : like.hits) EXPECT_NE(hit.id, asked.id);
  EXPECT_FALSE(open_->similar("nosuchpassag").ok());
}

TEST_F(Like, AWorksPageHasItsHeadingsTermsAndKin) {
  std::string id;
  for (const WorkView& view : must(open_->works())) {
    if (view.work.info.title == "All About Tea") id = view.work.id;
  }
  const WorkDetail detail = must(open_->work(id));
  EXPECT_EQ(detail.view.passages, 2u);
  EXPECT_EQ(detail.headings, (std::vector<std::string>{"Brewing", "Green", "Black"}));
  EXPECT_FALSE(detail.terms.empty());
  ASSERT_FALSE(detail.similar.empty());
  EXPECT_EQ(detail.similar[0].work.info.title, "Tea at Home");
  EXPECT_EQ(open_->work("nothing").error().code, Code::kNotFound);
}

TEST_F(Like, CompletionsAreTitlesHeadingsAndWords) {
  std::vector<std::string> found;
  for (const Completion& one : must(open_->suggest("ke"))) found.push_back(one.text);
  EXPECT_EQ(found, (std::vector<std::string>{"Kettles", "kettle", "kettles"}));
  found.clear();
  for (const Completion& one : must(open_->suggest("locks and th"))) found.push_back(one.text);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0], "Locks and Threads");
  EXPECT_EQ(found.back().substr(0, 10), "locks and ");
  EXPECT_TRUE(must(open_->suggest("k")).empty());  // one letter says nothing
  EXPECT_TRUE(must(open_->suggest("")).empty());
  EXPECT_TRUE(must(open_->suggest("zzzz")).empty());
}

TEST_F(Like, FilterValuesAreCountedByWork) {
  SearchOptions options;
  options.facets = true;
  const Facets facets = must(open_->search("kettle", options)).facets;
  EXPECT_EQ(facets.works, 2u);
  ASSERT_EQ(facets.topics.size(), 2u);
  EXPECT_EQ(facets.topics[0].value, "tea");
  EXPECT_EQ(facets.topics[0].works, 2u);
  EXPECT_EQ(facets.topics[1].value, "cooking");
  EXPECT_EQ(facets.topics[1].works, 1u);
  ASSERT_EQ(facets.kinds.size(), 1u);
  EXPECT_EQ(facets.kinds[0].works, 2u);
  EXPECT_EQ(facets.authors.size(), 2u);
  EXPECT_EQ(facets.years.size(), 2u);
  EXPECT_EQ(must(open_->search("kettle")).facets.works, 0u);  // only when asked for
  EXPECT_EQ(must(open_->books("kettle", options)).facets.works, 2u);
}

TEST_F(Like, AnAnswerThatMeetsLittleOfTheQuestionIsWeak) {
  EXPECT_FALSE(must(open_->search("boiling kettle")).weak);
  SearchOptions as_typed;
  as_typed.correct = false;
  EXPECT_TRUE(
      must(open_->search("quantum chromodynamics lattice gauge kettle renormalisation", as_typed))
          .weak);
  EXPECT_FALSE(must(open_->search("kind:book")).weak);
}

}  // namespace
}  // namespace tome::test
