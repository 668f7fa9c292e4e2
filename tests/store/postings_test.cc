// SPDX-License-Identifier: GPL-2.0-or-later
// Postings against the same made in the plainest way, on random text of many scripts.
#include "store/postings.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <set>

#include "analysis/acronyms.h"
#include "store/terms.h"
#include "store/word_list.h"

namespace tome {
namespace {

using Terms = std::map<std::string, std::uint32_t>;
using Words = std::map<std::string, std::int64_t>;

// What DESIGN says of a passage's terms and words, by the book.
Terms plain_postings(const std::string& language, const PassageRecord& passage, Words& words) {
  Terms terms;
  std::set<std::string> opening_terms;
  std::set<std::string> opening_surfaces;
  Analyser of_text(language);
  std::string stop;
  for (const Token& token : of_text.analyse(passage.text)) {
    const std::string surface(token.surface);
    ++terms[std::string(token.term)];
    if (token.kind != TokenKind::kGram) ++words[surface];
    if (token.end <= passage.body) {
      opening_terms.emplace(token.term);
      opening_surfaces.insert(surface);
    }
    if (!token.atom) continue;
    if (token.stop && !stop.empty()) terms.emplace("XP" + stop + " " + surface, 0);
    stop = token.stop ? surface : "";
  }
  std::vector<std::string> context = passage.headings;
  context.push_back(passage.title);
  context.insert(context.end(), passage.authors.begin(), passage.authors.end());
  for (const std::string& text : context) {
    Analyser of_context(language);
    for (const Token& token : of_context.analyse(text)) {
      if (token.stop) continue;
      if (!opening_terms.contains(std::string(token.term))) ++terms[std::string(token.term)];
      const std::string surface(token.surface);
      if (token.kind != TokenKind::kGram && !opening_surfaces.contains(surface)) ++words[surface];
    }
  }
  for (const Acronym& one : find_acronyms(passage.text)) {
    ++words[acronym_entry(one.acronym, one.expansion)];
  }
  return terms;
}

class Texts {
 public:
  explicit Texts(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string words(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      text += i == 0 ? "" : below(12) == 0 ? "\n" : " ";
      text += word();
    }
    return text;
  }

 private:
  std::string word() {
    static constexpr std::array kWords = {
        "the",
        "of",
        "and",
        "in",
        "is",
        "der",
        "die",
        "und",
        "von",
        "le",
        "la",
        "les",
        "de",
        "l'homme",
        "d\u2019\u00E9t\u00E9",
        "na\u00EFve",
        "stra\u00DFe",
        "STRASSE",
        "\u00DCber",
        "Descriptors",
        "descriptor",
        "describing",
        "C++",
        "c#",
        "std::vector",
        "snake_case_name",
        "camelCase",
        "HTTPServer",
        "utf8",
        "e-mail",
        "pre-process",
        "event-driven",
        "TCP/IP",
        "PEP 8",
        "O(n log n)",
        "1,000",
        "3.14",
        "v1.2.3",
        "http://a.example/b/c/d/e/f/g/h/i/j",
        "U.S.A.",
        "ports & adapters",
        "Foo's",
        "\u6587\u5B57\u5217",
        "\u304B\u3099\u304E",
        "\u30C7\u30FC\u30BF",
        "\uD55C\uAD6D\uC5B4\uB294",
        "\u0E20\u0E32\u0E29\u0E32\u0E44\u0E17",
        "\u041F\u0440\u0438\u0432\u0435\u0442",
        "\u043C\u0438\u0440\u0430",
        "\u03BB\u03CC\u03B3\u03BF\u03C2",
        "\u0627\u0644\u0643\u062A\u0627\u0628",
        "so\u00ADft",
        "Domain Driven Design (DDD)",
        "CQRS (Command Query Responsibility Segregation)",
        "(ORMs)",
        "-Wall",
        ".NET",
        "__init__",
        "donaudampfschifffahrtsgesellschaftskapitaensmuetzenbandfabrikantenverband"};
    if (below(4) != 0) return kWords[below(kWords.size())];
    // Of few letters, so that they come again and begin alike, around the bounds of 8, 16 and 64.
    static constexpr std::array<std::size_t, 8> kSizes = {1, 3, 7, 8, 9, 16, 17, 70};
    std::string made(kSizes[below(kSizes.size())], 'a');
    for (char& c : made) c = "abB"[below(20) == 0 ? 1 + below(2) : 0];
    return made;
  }

  std::mt19937 random_;
};

PassageRecord random_passage(Texts& texts) {
  PassageRecord passage;
  const std::size_t count = texts.below(4);
  for (std::size_t i = 0; i < count; ++i)
    passage.headings.push_back(texts.words(1 + texts.below(5)));
  if (count > 0 && texts.below(2) == 0) {
    passage.text = passage.headings.back() + "\n";
    passage.body = static_cast<std::uint32_t>(passage.text.size());
  }
  passage.text += texts.words(texts.below(texts.below(20) == 0 ? 2000 : 120));
  passage.title = texts.words(texts.below(6));
  for (std::size_t i = texts.below(3); i > 0; --i) passage.authors.push_back(texts.words(2));
  return passage;
}

TEST(Postings, AreThoseOfThePlainestWay) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  Texts texts(seed);
  constexpr std::array kLanguages = {"en", "de", "fr", "ru", "ja", "ko", "th", ""};
  std::map<std::string, Analyser> analysers;
  for (const char* language : kLanguages) analysers.emplace(language, Analyser(language));
  PostingMaker maker;
  WordCounts counts;
  Words wanted_counts;
  std::size_t pairs = 0;
  std::size_t opened = 0;
  for (int round = 0; round < 1000; ++round) {
    const std::string language = kLanguages[texts.below(kLanguages.size())];
    const PassageRecord passage = random_passage(texts);
    const Terms wanted = plain_postings(language, passage, wanted_counts);
    Terms made;
    for (const Posting& posting : maker.make(analysers.at(language), passage, counts)) {
      EXPECT_TRUE(made.emplace(posting.term, posting.wdf).second) << posting.term << " twice";
      pairs += posting.term.starts_with("XP");
    }
    ASSERT_EQ(made, wanted) << language << ": " << passage.text;
    opened += passage.body > 0;
  }
  EXPECT_GT(pairs, 100u);
  EXPECT_GT(opened, 50u);
  Words made_counts;
  for (const auto& entry : counts) made_counts.emplace(entry.word, entry.value);
  EXPECT_EQ(made_counts, wanted_counts);
}

TEST(Postings, OfAPassageWithoutTextAreThoseOfItsContext) {
  PostingMaker maker;
  Analyser analyser("en");
  WordCounts counts;
  PassageRecord passage;
  EXPECT_TRUE(maker.make(analyser, passage, counts).empty());
  passage.title = "The title";
  const std::vector<Posting>& postings = maker.make(analyser, passage, counts);
  ASSERT_EQ(postings.size(), 1u);
  EXPECT_EQ(postings[0].term, "titl");
  EXPECT_EQ(counts.size(), 1u);
  ASSERT_NE(counts.find("title"), nullptr);
  EXPECT_EQ(*counts.find("title"), 1);
}

}  // namespace
}  // namespace tome
