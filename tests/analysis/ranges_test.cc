// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever the text, tokens lie in it, on characters, in order, and positions count atoms.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "analysis/analyser.h"

namespace tome {
namespace {

std::string encode(std::uint32_t c) {
  std::string out;
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
    } else {
      out += static_cast<char>(0xF0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    }
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
  }
  out += static_cast<char>(0x80 | (c & 0x3F));
  return out;
}

std::string random_text(std::mt19937& random, bool valid) {
  static const char* const pieces[] = {
      "C++",    "std::",  "O(n",    " log n)", "__",     "-",      "--",
      ".",      "PEP 8",  "://",    "'",       "\u2019", "\u00AD", "\u200B",
      " ",      "\n",     "a",      "B",       "Zz",     "1",      ",000",
      "#",      "&",      "/",      "\u00E9",  "\u0308", "\u6587", "\u304B",
      "\u3099", "\uFF76", "\uFF9E", "\u0E01",  "\u0E34", "\uD55C", "\u1112\u1161\u11AB",
      "\u00B2"};
  std::string text;
  const std::size_t count = random() % 30;
  for (std::size_t i = 0; i < count; ++i) {
    if (random() % 4 != 0) {
      text += pieces[random() % std::size(pieces)];
      continue;
    }
    if (!valid && random() % 3 == 0) {
      text += static_cast<char>(random() % 256);
      continue;
    }
    std::uint32_t c = static_cast<std::uint32_t>(random()) % (random() % 2 ? 0x3100 : 0x110000);
    if (c >= 0xD800 && c < 0xE000) c = 'x';
    text += encode(c);
  }
  return text;
}

bool on_character(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

TEST(Ranges, HoldForAnyText) {
  std::mt19937 random(11);
  Analyser english("en");
  Analyser french("fr");
  for (int round = 0; round < 20000; ++round) {
    const bool valid = round % 4 != 0;
    const std::string text = random_text(random, valid);
    const std::vector<Token>& tokens = english.analyse(text);
    std::uint32_t next = 0;
    std::uint32_t begin = 0;
    for (const Token& token : tokens) {
      ASSERT_LT(token.begin, token.end) << text;
      ASSERT_LE(token.end, text.size()) << text;
      ASSERT_LE(begin, token.begin) << text;
      if (valid) {
        ASSERT_TRUE(on_character(text, token.begin) && on_character(text, token.end)) << text;
      }
      ASSERT_FALSE(token.term.empty()) << text;
      ASSERT_LE(token.term.size(), 64U) << text;
      if (token.atom) {
        ASSERT_EQ(token.position, next++) << text;
      } else {
        ASSERT_TRUE(token.position == next || token.position + 1 == next) << text;
      }
      begin = token.begin;
    }
    const std::vector<Token>& others = french.analyse(text);
    ASSERT_EQ(tokens.size(), others.size()) << text;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      ASSERT_EQ(tokens[i].begin, others[i].begin) << text;
      ASSERT_EQ(tokens[i].surface, others[i].surface) << text;
    }
  }
}

// Looking for a few terms finds them at the same places as taking all words and choosing.
TEST(Letters, PassOverNothingThatIsLookedFor) {
  std::mt19937 random(7);
  std::string text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(TOME_CORPUS)) {
    if (!entry.is_regular_file() || text.size() > 400000) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    text.append(std::istreambuf_iterator<char>(in), {});
  }
  for (int i = 0; i < 300; ++i) text += random_text(random, true) + "\n";
  text +=
      " dying lying tying skies skis Idly U.S.A. f-string d\u00E9j\u00E0 D\u00C9J\u00C0 o'clock";
  for (const char* language : {"en", "de", "es", "pt", "nl", "sv", "da", "no", "fr", "id", "ga"}) {
    Analyser all(language);
    Analyser some(language);
    // Every term of the text is looked for once, some at a time.
    std::vector<Token> tokens = all.analyse(text);
    std::set<std::string> terms;
    for (const Token& token : tokens) terms.emplace(token.term);
    EXPECT_GT(terms.size(), 1000u);
    std::vector<std::vector<std::string_view>> groups(std::string_view(language) == "en" ? 40 : 3);
    std::size_t turn = 0;
    for (const std::string& term : terms) groups[turn++ % groups.size()].push_back(term);
    groups.push_back({"descriptor", "queue", "net", "\u00E9t\u00E9"});
    for (std::vector<std::string_view>& group : groups) {
      std::vector<std::string_view> asked;  // few enough for words to be passed over
      for (std::size_t i = 0; i < group.size(); i += 1 + group.size() / 8)
        asked.push_back(group[i]);
      const auto is_asked = [&](const Token& token) {
        return std::find(asked.begin(), asked.end(), token.term) != asked.end();
      };
      std::vector<Token> found;
      const std::vector<Token>& taken = some.analyse(text, beginnings_of(asked));
      std::copy_if(taken.begin(), taken.end(), std::back_inserter(found), is_asked);
      std::vector<Token> wanted;
      std::copy_if(tokens.begin(), tokens.end(), std::back_inserter(wanted), is_asked);
      ASSERT_EQ(found.size(), wanted.size()) << language;
      for (std::size_t i = 0; i < found.size(); ++i) {
        ASSERT_EQ(found[i].term, wanted[i].term) << language;
        ASSERT_EQ(found[i].begin, wanted[i].begin);
        ASSERT_EQ(found[i].position, wanted[i].position);
      }
    }
    // And a word that begins as every term does is taken or passed over as its own term is.
    if (std::string_view(language) != "en") continue;
    for (const Token& token : tokens) {
      const Beginnings own = beginnings_of({token.term});
      const std::string word(text.substr(token.begin, token.end - token.begin));
      bool there = false;
      for (const Token& again : some.analyse(word, own)) there = there || again.term == token.term;
      bool known = false;
      for (const Token& again : some.analyse(word)) known = known || again.term == token.term;
      ASSERT_EQ(there, known) << word << " -> " << token.term;
    }
  }
}

}  // namespace
}  // namespace tome
