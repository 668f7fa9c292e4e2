// SPDX-License-Identifier: GPL-2.0-or-later
// IDs, keys and terms: what things are called in an index.
#include <gtest/gtest.h>

#include "store/records.h"
#include "store/terms.h"

namespace tome {
namespace {

TEST(Ids, AreFixedAndTellNeighboursApart) {
  EXPECT_EQ(source_id("root", "a.md").size(), 16u);
  EXPECT_EQ(passage_id("root", "a.md", 0).size(), 12u);
  EXPECT_EQ(passage_id("root", "a.md", 7), passage_id("root", "a.md", 7));
  EXPECT_NE(passage_id("root", "a.md", 1), passage_id("root", "a.md", 11));
  EXPECT_NE(source_id("root", "a.md"), source_id("roo", "ta.md"));
  EXPECT_NE(passage_id("r", "a1", 1), passage_id("r", "a", 11));
}

TEST(Names, MainTitle) {
  const std::pair<const char*, const char*> table[] = {
      {"Fluent Python", "Fluent Python"},
      {"Serious Python: Black-Belt Advice", "Serious Python"},
      {"One: Two: Three", "One"},
      {"std::vector by example", "std::vector by example"},
      {"10:30 in the morning", "10:30 in the morning"},
      {": odd", ": odd"},
      {"", ""},
  };
  for (const auto& [title, main] : table) EXPECT_EQ(main_title(title), main) << title;
}

TEST(Names, FamilyName) {
  const std::pair<const char*, const char*> table[] = {
      {"Luciano Ramalho", "ramalho"},
      {"  Luciano   RAMALHO ", "ramalho"},
      {"Ann van Lee Jr.", "lee"},
      {"Lee, Ann", "lee"},
      {"Brooks, Jr.", "brooks"},
      {"Frederick P. Brooks, Jr.", "brooks"},
      {"Henry Ford II", "ford"},
      {"Plato", "plato"},
      {"Jr.", "jr."},
      {"José García", "garcia"},
      {"", ""},
  };
  for (const auto& [author, family] : table) EXPECT_EQ(family_name(author), family) << author;
}

WorkInfo book(std::string title, std::vector<std::string> authors) {
  WorkInfo info;
  info.kind = Kind::kBook;
  info.title = std::move(title);
  info.authors = std::move(authors);
  return info;
}

TEST(Names, WorkKey) {
  const std::string key = work_key(book("Fluent Python", {"Luciano Ramalho"}), "a");
  EXPECT_EQ(key.size(), 16u);
  const WorkInfo same[] = {book("fluent python", {"L. Ramalho"}),
                           book("Fluent Python: Clear and Concise", {"Ramalho, Luciano"})};
  for (const WorkInfo& info : same) EXPECT_EQ(work_key(info, "b"), key) << info.title;
  WorkInfo article = same[0];
  article.kind = Kind::kArticle;
  EXPECT_NE(work_key(article, "a"), key);
  EXPECT_NE(work_key(book("Fluent Python", {"Ann Lee"}), "a"), key);
  EXPECT_NE(work_key(book("Fluent Perl", {"Luciano Ramalho"}), "a"), key);
  EXPECT_EQ(work_key(book("T", {"Ann Lee", "Bob Ray"}), ""),
            work_key(book("T", {"Bob Ray", "Ann Lee"}), ""));
  EXPECT_NE(work_key(book("T", {}), "here"), work_key(book("T", {}), "there"));
}

TEST(Terms, HavePrefixesOfTheirOwn) {
  EXPECT_EQ(passage_term("abc"), "Qabc");
  EXPECT_EQ(source_term("abc"), "Sabc");
  EXPECT_EQ(work_term("abc"), "Kabc");
  EXPECT_EQ(language_term("en"), "Len");
  EXPECT_EQ(stop_pair_term("to", "be"), "XPto be");
  EXPECT_LE(stop_pair_term(std::string(300, 'x'), "be").size(), 245u);
}

}  // namespace
}  // namespace tome
