// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/lexicon.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "analysis/analyser.h"
#include "text/text.h"

namespace tome {
namespace {

std::string cut(std::string_view text) {
  return std::string(text.substr(0, utf8_floor(text, kMaxTerm)));
}

// The form by folding and stemming alone, without memory.
void expect_form(const Form& form, std::string raw, bool stem, const char* language) {
  SCOPED_TRACE(testing::Message() << language << " " << raw << (stem ? "" : " verbatim"));
  raw = cut(raw);
  Stemmer stemmer(language);
  const std::string folded = fold(raw);
  const std::string exact = fold_keep_accents(raw);
  EXPECT_EQ(form.surface(), cut(folded));
  EXPECT_EQ(form.surface_hash, word_hash(form.surface()));
  EXPECT_EQ(form.term_hash, word_hash(form.term()));
  EXPECT_EQ(form.exact_differs, folded != exact);
  const bool stems =
      stem && !folded.empty() && folded.find_first_of("0123456789") == std::string::npos;
  const std::string stemmed = stems ? stemmer.stem(folded, exact) : "";
  EXPECT_EQ(form.term(), stemmed.empty() ? cut(folded) : cut(stemmed));
  EXPECT_EQ(form.stop, stems && (is_stop_word(folded, language) ||
                                 is_stop_word(stemmer.base(folded), language)));
}

TEST(Lexicon, FindsWhatFoldingAndStemmingGive) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  static const char* const pieces[] = {
      "a",        "b",      "ing",    "ed",     "s",      "The",    "And",    "'s",     "l'",
      "qu\u2019", "7",      "Z",      "\u00E9", "\u00DF", "\u0301", "\uFB01", "\u6587", "\uFDFA",
      "\u0438",   "\u042F", "\u00AD", "@",      "[",      "`",      "{",      "\xFF",   "\u0130"};
  for (const char* language : {"en", "fr", "de", "ru", "tr", "xx"}) {
    Lexicon lexicon(language);
    for (int round = 0; round < 3000; ++round) {
      std::string raw;
      const std::size_t most = round % 10 == 0 ? 60 : 6;
      for (std::size_t i = random() % most + 1; i > 0; --i)
        raw += pieces[random() % std::size(pieces)];
      for (const bool stem : {true, false, true}) {
        expect_form(stem ? lexicon.word(raw) : lexicon.verbatim(raw), raw, stem, language);
      }
      if (testing::Test::HasFailure()) return;
      if (round % 1000 == 999) lexicon.trim();
    }
  }
}

// Keys hold 8 and 16 bytes themselves; over that they are told apart by all of their bytes.
TEST(Lexicon, TellsWordsApartThatDifferInOneByte) {
  Lexicon lexicon("xx");
  for (int pass = 0; pass < 2; ++pass) {
    for (std::size_t size = 1; size <= kMaxTerm; ++size) {
      for (std::size_t i = 0; i < size; ++i) {
        std::string word(size, 'a');
        word[i] = 'b';
        ASSERT_EQ(lexicon.word(word).surface(), word);
      }
      ASSERT_EQ(lexicon.word(std::string(size, 'a')).surface().size(), size);
      ASSERT_EQ(lexicon.word(std::string(size, 'A')).surface(), std::string(size, 'a'));
    }
  }
  EXPECT_EQ(lexicon.word(std::string(100, 'c')).surface(), std::string(kMaxTerm, 'c'));
}

TEST(Lexicon, ForgetsOnlyWhenItIsLarge) {
  Lexicon lexicon("en");
  const char* const place = lexicon.word("descriptors").surface_begin;
  lexicon.trim();
  EXPECT_EQ(lexicon.word("descriptors").surface_begin, place);
  for (int i = 0; i < 300000; ++i) lexicon.word("w" + std::to_string(i));
  EXPECT_EQ(lexicon.word("descriptors").surface_begin, place);
  lexicon.trim();
  EXPECT_EQ(lexicon.word("w299999").surface(), "w299999");
  EXPECT_EQ(lexicon.word("Descriptors").term(), "descriptor");
}

}  // namespace
}  // namespace tome
