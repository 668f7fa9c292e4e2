// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/terminal.h"

#include <gtest/gtest.h>

#include "present/samples.h"

namespace tome {
namespace {

const TerminalStyle kPipe;
const TerminalStyle kTerminal{true, true, 60, {}};

TEST(Passages, OneHit) {
  EXPECT_EQ(present_passages(samples::answer<PassageHit>({samples::descriptors()}), 0, kPipe),
            R"(1. Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho,
   2022
  Metaprogramming > Attribute Descriptors
  A descriptor is a class that implements __get__, __set__ or __delete__.
  Properties, methods and slots are built on descriptors, and the order of
  lookup decides who wins. …
  books/fluent-python.md:41  k3x7q2mzpa4d
)");
}

TEST(Passages, SeveralNameTheWholeOtherPlacesAndTheNextPage) {
  PassageHit second = samples::reviewed();
  second.also = {samples::place("articles/copy.txt", 3), samples::place("x.txt", 0)};
  auto answer = samples::answer<PassageHit>({samples::descriptors(), second});
  answer.estimate = 1240;
  answer.complete = false;
  answer.suggestions = {{"discriptor", {"descriptor", "description"}}, {"xyzzy", {}}};
  answer.notes = {"only the best 200 passages were read in full"};
  EXPECT_EQ(present_passages(answer, 10, kPipe),
            R"(11. Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho,
    2022
  Metaprogramming > Attribute Descriptors
  A descriptor is a class that implements __get__, __set__ or __delete__.
  Properties, methods and slots are built on descriptors, and the order of
  lookup decides who wins. …
  books/fluent-python.md:41  k3x7q2mzpa4d

12. Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho,
    2022 (in: From Coder to Architect)
  What It Teaches
  … Ramalho shows what the data model gives away for free.
  articles/coder-to-architect.txt:12  b5m2wq7t4yce
  also in: articles/copy.txt:3, x.txt

"discriptor" is not on the shelf; did you mean: descriptor, description
"xyzzy" is not on the shelf
note: only the best 200 passages were read in full
11 to 12 of about 1,240 passages; next page: --offset 12
)");
}

TEST(Passages, ColoursAndHyperlinks) {
  PassageHit hit = samples::descriptors();
  hit.also = {samples::place("articles/a b.html", 3)};
  hit.also[0].anchor = "the end";
  auto answer = samples::answer<PassageHit>({hit});
  answer.estimate = 13;
  EXPECT_EQ(samples::visible(present_passages(answer, 10, kTerminal)),
            R"(11. ␛[1;36mFluent Python: Clear, Concise, and Effective␛[0m
    ␛[1;36mProgramming␛[0m, Luciano Ramalho, 2022
  ␛[36mMetaprogramming > Attribute Descriptors␛[0m
  A ␛[1mdescriptor␛[0m is a class that implements __get__, __set__
  or __delete__. Properties, methods and slots are built on
  ␛[1mdescriptor␛[0ms, and the order of lookup decides who wins. …
  ␛[2m␛]8;;file:///home/ann/corpus/books/fluent-python.md␛\books/fluent-python.md:41␛]8;;␛\  k3x7q2mzpa4d␛[0m
  ␛[2malso in: ␛]8;;file:///home/ann/corpus/articles/a%20b.html#the%20end␛\articles/a b.html:3␛]8;;␛\␛[0m

␛[2m11 to 11 of 13 passages; next page: --offset 11␛[0m
)");
}

TEST(Passages, HighlightsAtEdgesAndAcrossLines) {
  const std::string text = "first words of a line that is long enough to wrap, last";
  const std::vector<Span> marks = {
      {0, 5}, {27, 44}, {static_cast<std::uint32_t>(text.size()) - 4, 99}};
  EXPECT_EQ(
      samples::visible(present_passages(samples::text_only(text, marks), 0, {true, false, 40, {}})),
      R"(1. ␛[1;36ma.txt␛[0m
  ␛[1mfirst␛[0m words of a line that ␛[1mis long␛[0m
  ␛[1menough to␛[0m wrap, ␛[1mlast␛[0m
  ␛[2ma.txt:1  id␛[0m
)");
}

TEST(Passages, ExplainedScoreIsATable) {
  PassageHit hit = samples::reviewed();
  hit.parts = {{"bm25", "data", 2.5}, {"heading", "", 1}, {"length", "short", -0.25}};
  EXPECT_EQ(present_passages(samples::answer<PassageHit>({hit}), 0, kPipe),
            R"(1. Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho,
   2022 (in: From Coder to Architect)
  What It Teaches
  … Ramalho shows what the data model gives away for free.
  articles/coder-to-architect.txt:12  b5m2wq7t4yce
  score 3.2500
       2.5000  bm25     data
       1.0000  heading
      -0.2500  length   short
)");
}

TEST(Passages, IdenticalTextInManyPlacesIsCounted) {
  auto answer = samples::text_only("licence");
  for (int i = 0; i < 6; ++i) answer.hits[0].also.push_back(samples::place("b.txt", 7));
  EXPECT_EQ(present_passages(answer, 0, kPipe),
            "1. a.txt\n  licence\n  a.txt:1  id\n"
            "  also in: b.txt:7, b.txt:7, b.txt:7, b.txt:7 and 2 more\n");
}

TEST(Passages, ManyAuthorsAreShortened) {
  auto answer = samples::text_only("text");
  answer.hits[0].works = {samples::review()};
  answer.hits[0].works[0].info.authors = {"Ann", "Bob", "Cy", "Dee"};
  EXPECT_EQ(present_passages(answer, 0, kPipe),
            "1. From Coder to Architect, Ann and others\n  text\n  a.txt:1  id\n");
}

TEST(Passages, NothingFound) {
  Answer<PassageHit> answer;
  answer.understood = "discriptor kind:book";
  answer.suggestions = {{"discriptor", {"descriptor", "description"}}};
  answer.notes = {"the shelf has no book"};
  EXPECT_EQ(present_passages(answer, 0, kPipe),
            R"(Nothing found.
"discriptor" is not on the shelf; did you mean: descriptor, description
understood as: discriptor kind:book
try: other words, fewer filters, or what is there: tome list
note: the shelf has no book
)");
}

TEST(Passages, PastTheLastPage) {
  Answer<PassageHit> answer;
  answer.estimate = 12;
  EXPECT_EQ(present_passages(answer, 20, kPipe),
            "Nothing after the first 12 passages.\ntry: a smaller --offset\n");
}

TEST(Books, WhyWithItsBestPassages) {
  BookHit hit;
  hit.work = samples::fluent_python();
  hit.passages = 12;
  hit.best = {samples::descriptors(), samples::reviewed()};
  BookHit silent;
  silent.work = samples::fluent_python();
  silent.work.info.title = "Serious Python";
  silent.work.info.subtitle = "";
  silent.passages = 1;
  silent.score = 2;
  silent.parts = {{"passages", "1", 2}};
  auto answer = samples::answer<BookHit>({hit, silent});
  answer.estimate = 5;
  EXPECT_EQ(present_books(answer, 0, kPipe),
            R"(1. Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho,
   2022
  12 passages speak of it; best under: Metaprogramming > Attribute Descriptors
    A descriptor is a class that implements __get__, __set__ or __delete__.
    Properties, methods and slots are built on descriptors, and the order of
    lookup decides who wins. …
    books/fluent-python.md:41  k3x7q2mzpa4d
    under: What It Teaches
    … Ramalho shows what the data model gives away for free.
    articles/coder-to-architect.txt:12  b5m2wq7t4yce  in: From Coder to Architect

2. Serious Python, Luciano Ramalho, 2022
  1 passage speaks of it
  score 2.0000
       2.0000  passages  1

2 of 5 books; next page: --offset 2
)");
}

TEST(Books, ArticlesAmongThemAreWorks) {
  BookHit hit;
  hit.work = samples::review();
  hit.passages = 3;
  auto answer = samples::answer<BookHit>({hit});
  answer.estimate = 2;
  EXPECT_EQ(samples::visible(present_books(answer, 0, kTerminal)),
            "1. ␛[1;36mFrom Coder to Architect␛[0m\n"
            "  3 passages speak of it\n\n"
            "␛[2m1 of 2 works; next page: --offset 1␛[0m\n");
}

TEST(Books, NothingFound) {
  EXPECT_EQ(present_books({}, 0, kPipe),
            "Nothing found.\ntry: other words, fewer filters, or what is there: tome list\n");
}

}  // namespace
}  // namespace tome
