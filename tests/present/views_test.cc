// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "present/samples.h"
#include "present/terminal.h"

namespace tome {
namespace {

const TerminalStyle kPipe;
const TerminalStyle kTerminal{true, true, 80, {}};

PassageView alone() {
  PassageView view;
  view.passage = samples::descriptors();
  view.passage.snippet.text =
      "A descriptor.\n\n\nclass Quantity:\n    def __set__(self): ...\n\nMore.";
  view.passage.snippet.highlights = {};
  view.passage.snippet.cut_after = false;
  return view;
}

PassageHit neighbour(std::string id, std::string text, std::vector<std::string> headings) {
  PassageHit hit;
  hit.id = std::move(id);
  hit.locator.headings = std::move(headings);
  hit.snippet.text = std::move(text);
  return hit;
}

PassageView in_context() {
  PassageView view = alone();
  const std::vector<std::string> here = view.passage.locator.headings;
  view.before = {neighbour("before1", "What a property is.", {"Metaprogramming", "Properties"}),
                 neighbour("before2", "What a descriptor is for.", here)};
  view.after = {neighbour("after1", "What follows.", here)};
  return view;
}

TEST(PassageView, Alone) {
  EXPECT_EQ(present_passage_view(alone(), kPipe),
            R"(Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho, 2022
  Metaprogramming > Attribute Descriptors

  A descriptor.

  class Quantity:
      def __set__(self): ...

  More.

  books/fluent-python.md:41  k3x7q2mzpa4d
)");
}

TEST(PassageView, InItsContext) {
  EXPECT_EQ(present_passage_view(in_context(), kPipe),
            R"(Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho, 2022
  Metaprogramming > Properties

  What a property is.

  Metaprogramming > Attribute Descriptors

  What a descriptor is for.

| A descriptor.
|
| class Quantity:
|     def __set__(self): ...
|
| More.

  What follows.

  books/fluent-python.md:41  k3x7q2mzpa4d  before: before2  after: after1
)");
}

TEST(PassageView, Colours) {
  PassageView view = in_context();
  view.before.clear();
  view.passage.snippet.text = "A descriptor.";
  view.passage.snippet.highlights = {{2, 12}};
  EXPECT_EQ(
      samples::visible(present_passage_view(view, kTerminal)),
      R"(␛[1;36mFluent Python: Clear, Concise, and Effective Programming␛[0m, Luciano Ramalho, 2022
  ␛[36mMetaprogramming > Attribute Descriptors␛[0m

| A ␛[1mdescriptor␛[0m.

  ␛[2mWhat follows.␛[0m

  ␛[2m␛]8;;file:///home/ann/corpus/books/fluent-python.md␛\books/fluent-python.md:41␛]8;;␛\  k3x7q2mzpa4d  after: after1␛[0m
)");
}

std::vector<WorkView> works() {
  return {{samples::fluent_python(), {"corpus/books/fluent-python.md", "corpus/coder.txt"}, 1014},
          {samples::review(), {"corpus/coder.txt"}, 1}};
}

TEST(Works, List) {
  EXPECT_EQ(present_works(works(), false, kPipe),
            R"(Fluent Python: Clear, Concise, and Effective Programming, Luciano Ramalho,
    2022 (book, 1,014 passages)
From Coder to Architect (article, 1 passage)

2 works, of them 1 book
)");
}

TEST(Works, WithSourcesAndColours) {
  EXPECT_EQ(
      samples::visible(present_works(works(), true, {true, false, 100, {}})),
      R"(␛[1;36mFluent Python: Clear, Concise, and Effective Programming␛[0m, Luciano Ramalho, 2022 (book, 1,014
    passages)
  ␛[2mcorpus/books/fluent-python.md␛[0m
  ␛[2mcorpus/coder.txt␛[0m
␛[1;36mFrom Coder to Architect␛[0m (article, 1 passage)
  ␛[2mcorpus/coder.txt␛[0m

␛[2m2 works, of them 1 book␛[0m
)");
}

TEST(Works, None) {
  EXPECT_EQ(present_works({}, true, kPipe), "The shelf is empty.\ntry: tome index PATH...\n");
}

TEST(Status, Whole) {
  ShelfStatus status;
  status.generation = 42;
  status.passages = 12345;
  status.sources = 1700;
  status.works = 6;
  status.books = 5;
  status.failed = 1;
  status.segments = 3;
  status.bytes = 73'456'789;
  status.text_bytes = 999'950;
  status.languages = {{"en", 12000}, {"", 345}};
  status.roots = {{"corpus", "/home/ann/corpus"}, {"日本語", "/srv/日本語", false}};
  EXPECT_EQ(present_status(status, kPipe),
            R"(works      6, of them 5 books
passages   12,345 in 1,700 sources
failed     1 source could not be read: tome list --failed
languages  en 12,000, unknown 345
size       73.5 MB on disk for 1.0 MB of text
index      generation 42, 3 segments
roots      corpus  /home/ann/corpus
           日本語  /srv/日本語  (not there)
)");
}

TEST(Status, EmptyShelf) {
  ShelfStatus status;
  status.generation = 1;
  status.text_bytes = 0;
  status.bytes = 1;
  EXPECT_EQ(present_status(status, kTerminal),
            R"(works      0, of them 0 books
passages   0 in 0 sources
size       1 byte on disk for 0 bytes of text
index      generation 1, 0 segments
The shelf is empty.
try: tome index PATH...
)");
}

TEST(Failures, EachWithItsReason) {
  using Again = FailedSource::Again;
  const std::vector<FailedSource> failures = {
      {"s1", "docs", "a.pdf", "/d/a.pdf", "the file is encrypted", 12, 34, Again::kWhenChanged},
      {"s2", "docs", "b.html", "/d/b.html", "too deep", 1, 2, Again::kNextUpdate},
      {"s3", "docs", "c.html", "", "too deep", 1, 2, Again::kGone}};
  EXPECT_EQ(present_failures(failures, kPipe),
            R"(docs/a.pdf
  the file is encrypted
  read again when it changes
docs/b.html
  too deep
  has changed: read again by the next tome index
docs/c.html
  too deep
  is gone: taken off by the next tome index

3 sources could not be read
to read them again now: tome index --retry
)");
  EXPECT_EQ(present_failures({}, kPipe), "Every source could be read.\n");
}

TEST(Error, WithHintAndPath) {
  EXPECT_EQ(present_error({Code::kNotFound, "there is no index here", "tome index PATH",
                           "/home/ann/my  index"},
                          kPipe),
            "tome: there is no index here: /home/ann/my  index\ntry: tome index PATH\n");
}

TEST(Error, WithoutHint) {
  const Error error{Code::kUsage, "the count is 0", "", ""};
  EXPECT_EQ(present_error(error, kPipe), "tome: the count is 0\n");
  EXPECT_EQ(samples::visible(present_error(error, kTerminal)), "␛[1;31mtome:␛[0m the count is 0\n");
}

}  // namespace
}  // namespace tome
