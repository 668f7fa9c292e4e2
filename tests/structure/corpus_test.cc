// SPDX-License-Identifier: GPL-2.0-or-later
// The bundled shelf, from bytes to passages: real files in the forms that people write.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "documents.h"
#include "extract/extract.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Made {
  Document document;
  Structured structured;
};

Made make(const fs::path& path) {
  const std::string bytes = read(path);
  const std::string name = path.filename().string();
  Result<Document> document = extract(detect_format(name, bytes), bytes);
  EXPECT_TRUE(document.ok()) << path;
  if (!document.ok()) return {};
  Structured structured = structure(*document, named(name));
  return {*std::move(document), std::move(structured)};
}

std::string authors_of(const Structured& structured) {
  std::vector<std::string> all;
  for (const WorkInfo& work : structured.works) all.push_back(joined(work.authors, ", "));
  return joined(all, " / ");
}

TEST(Corpus, ReviewOfFiveBooks) {
  const auto [document, made] =
      make(fs::path(TOME_CORPUS) / "articles/from-coder-to-architect.txt");
  EXPECT_EQ(titles(made),
            "From Coder to Architect: Five Python Books and What Each Adds / Fluent Python / "
            "High Performance Python / Architecture Patterns with Python / Python Cookbook / "
            "Serious Python");
  EXPECT_EQ(authors_of(made),
            " / Luciano Ramalho / Micha Gorelick, Ian Ozsvald / Harry Percival, Bob Gregory / "
            "David Beazley, Brian K. Jones / Julien Danjou");
  EXPECT_EQ(made.works.at(1).subtitle, "Clear, Concise, and Effective Programming");
  ASSERT_GE(made.works.at(3).features.size(), 3u);
  EXPECT_EQ(made.works[3].features[0],
            "Dependency inversion shown in code: the persistence layer imports the model");
  EXPECT_EQ(place_of(document, made, "What differs is the distance"), "0: ");
  EXPECT_EQ(place_of(document, made, "Three habits show up"), "0: What Separates the Two");
  EXPECT_EQ(place_of(document, made, "goose typing"), "1,0: Fluent Python");
  EXPECT_EQ(place_of(document, made, "Most writing on domain-driven"),
            "3,0: Architecture Patterns with Python");
  EXPECT_EQ(place_of(document, made, "have inherited the duty"), "5,0: Serious Python");
  EXPECT_EQ(place_of(document, made, "Start from your weakest habit"), "0: Where to Begin");
}

TEST(Corpus, WrappedReviewWithSuffixesAndVolumes) {
  const Made net = make(fs::path(TOME_CORPUS) / "articles/networks-from-wire-to-resource.txt");
  ASSERT_EQ(net.structured.works.size(), 5u);
  EXPECT_EQ(net.structured.works[3].title, "TCP/IP Illustrated, Volume 1");
  EXPECT_EQ(net.structured.works[3].subtitle, "The Protocols");
  EXPECT_EQ(authors_of(net.structured),
            " / James F. Kurose, Keith W. Ross / Andrew S. Tanenbaum, David J. Wetherall / "
            "Kevin R. Fall, W. Richard Stevens / Leonard Richardson, Mike Amundsen, Sam Ruby");
}

TEST(Corpus, EveryBookOfAnArticleHasAuthors) {
  for (const auto& entry : fs::directory_iterator(fs::path(TOME_CORPUS) / "articles")) {
    const Made made = make(entry.path());
    SCOPED_TRACE(entry.path());
    EXPECT_EQ(made.structured.works.at(0).kind, Kind::kArticle);
    for (std::size_t i = 1; i < made.structured.works.size(); ++i) {
      EXPECT_FALSE(made.structured.works[i].authors.empty()) << made.structured.works[i].title;
    }
    const std::vector<PassageDraft>& all = made.structured.passages;
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.front().works, std::vector<std::uint32_t>{0});
    EXPECT_EQ(all.back().end, made.document.text.size());
  }
}

TEST(Corpus, ABookDescriptionIsOneWork) {
  for (const auto& entry : fs::directory_iterator(fs::path(TOME_CORPUS) / "books")) {
    const Made made = make(entry.path());
    SCOPED_TRACE(entry.path());
    ASSERT_EQ(made.structured.works.size(), 1u);
    EXPECT_EQ(made.structured.works[0].kind, Kind::kBook);
    EXPECT_FALSE(made.structured.works[0].authors.empty());
    const std::vector<PassageDraft>& all = made.structured.passages;
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.front().begin, 0u);
    EXPECT_EQ(all.back().end, made.document.text.size());
    for (const PassageDraft& passage : all) {
      EXPECT_LE(count_words(text_of(made.document, passage)), 300u);
    }
  }
}

}  // namespace
}  // namespace tome
