// SPDX-License-Identifier: GPL-2.0-or-later
// author: title: book: kind: topic: lang: year: admit works, exactly, over the whole shelf.
#include <gtest/gtest.h>

#include "rank/small_shelf.h"

namespace tome::test {
namespace {

TEST(Filters, Table) {
  SmallShelf small;
  WorkInfo fluent = book("Fluent Snakes", {"Luciano Ramalho"}, 2015);
  fluent.subtitle = "Clear Hissing";
  fluent.topics = {"reptiles", "object orientation"};
  WorkInfo cookbook = book("Snake Cookbook", {"David Beazley", "Brian K. Jones"}, 2013);
  cookbook.topics = {"recipes"};
  WorkInfo article = book("On Cookbooks", {}, 2020);
  article.kind = Kind::kArticle;
  WorkInfo german = book("Übergänge", {"Jörg Müller"}, 1999);
  german.topics = {"Lyrik"};
  const std::size_t a = small.work(fluent), b = small.work(cookbook), c = small.work(article),
                    d = small.work(german);
  small.add({"a", "Generators yield values.", {}, {a}});
  small.add({"b", "Generators as coroutines.", {}, {b}});
  small.add({"c", "Generators of steam in kitchens.", {}, {c}});
  small.add({"d", "Generator ist ein Wort aus dem Lateinischen.", {}, {d}, "de"});
  small.add({"e", "Generators in a review of the book.", {}, {b, c}});
  Shelf shelf = small.open();
  const std::vector<std::pair<std::string, std::string>> table{
      {"generators", "a b c d e"},
      {"generators author:ramalho", "a"},
      {"generators author:RAMALHO", "a"},
      {"generators author:\"luciano ramalho\"", "a"},
      {"generators author:ramal", ""},
      {"generators author:\"brian jones\"", "b e"},
      {"generators author:müller", "d"},
      {"generators author:muller", "d"},
      {"author:ramalho", "a"},
      {"generators title:cookbook", "b e"},
      {"generators title:cookbooks", "c e"},
      {"generators title:hissing", "a"},
      {"generators title:\"snake cookbook\"", "b e"},
      {"generators book:cookbook", "b e"},
      {"generators book:cookbooks", ""},
      {"generators book:Übergänge", "d"},
      {"generators kind:book", "a b d e"},
      {"generators kind:article", "c e"},
      {"generators kind:Book", "a b d e"},
      {"generators topic:recipes", "b e"},
      {"generators topic:\"object orientation\"", "a"},
      {"generators topic:lyrik", "d"},
      {"generators lang:de", "d"},
      {"generators lang:DE", "d"},
      {"generators lang:en", "a b c e"},
      {"generators lang:fr", ""},
      {"generators year:2015", "a"},
      {"generators year:2013..2015", "a b e"},
      {"generators year:2015..2013", "a b e"},
      {"generators year:..2000", "d"},
      {"generators year:2014..", "a c e"},
      {"generators -kind:book", "c"},
      {"generators -author:jones", "a c d"},
      {"generators -lang:de", "a b c e"},
      {"generators kind:article author:jones", "e"},
      {"author:ramalho OR author:müller", "a d"},
      {"\"as coroutines\" author:jones", "b"},
      {"\"as coroutines\" author:ramalho", ""},
      {"\"generators\" -author:jones lang:en", "a c"},
      {"gen* year:2013", "b e"},
      {"kitchens author:ramalho", ""},
  };
  for (const auto& [question, paths] : table) {
    EXPECT_EQ(found(shelf, question), paths) << question;
  }
}

// A group of nothing but filters is taken for a wish, not a condition.
TEST(Filters, GroupOfFiltersRestricts) {
  SmallShelf small;
  const std::size_t one = small.work(book("One", {"Ann Lee"})), two = small.work(book("Two"));
  small.add({"a", "Generators yield.", {}, {one}});
  small.add({"b", "Generators hum.", {}, {two}});
  Shelf shelf = small.open();
  EXPECT_EQ(found(shelf, "generators (author:lee OR author:kim)"), "a");
}

}  // namespace
}  // namespace tome::test
