// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/analyser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tome {
namespace {

// Terms in order; * before one that is no atom, and ! after a stop word.
std::string show(std::string_view text, std::string_view language = "en") {
  Analyser analyser(language);
  std::string out;
  for (const Token& token : analyser.analyse(text)) {
    if (!out.empty()) out += " | ";
    if (!token.atom) out += '*';
    out += token.term;
    if (token.stop) out += '!';
  }
  return out;
}

std::string atoms(std::string_view text) {
  Analyser analyser("en");
  std::string out;
  std::uint32_t position = 0;
  for (const Token& token : analyser.analyse(text)) {
    if (!token.atom) continue;
    EXPECT_EQ(token.position, position++) << text;
    out += std::string(token.term) + " ";
  }
  return out;
}

TEST(Analyser, English) {
  const struct {
    const char* text;
    const char* shown;
  } cases[] = {
      {"", ""},
      {"How do descriptors work?", "how! | do! | descriptor | work"},
      {"(it's a dog's) \"life\"", "it! | a! | dog | life"},
      {"na\u00EFve naive", "naiv | naiv"},
      {"\u00DCber Uber", "uber | uber"},
      {"so\u00ADft\u00ADware ze\u200Bro", "softwar | zero"},
      {"O\u2019Reilly\u2019s O'Reilly", "o'reilli | o'reilli"},
      {"\uFB01les \uFF21\uFF22\uFF23", "file | abc"},
      {"U.S.A. and e.g. this", "usa | and! | eg! | this!"},
      {"3.14 of 1,000 v1.2.3 1990s", "3.14 | of! | 1000 | v1.2.3 | 1990s"},
      {"\u201Cquoted\u201D\u2014dash", "quot | dash"},
      {"ports & adapters", "port | and! | adapt"},
      {"well-known event-driven design", "well | known | event | driven | design"},
      {"pre-process", "*preprocess | pre | process"},
      {"bad\xFF"
       "byte \xC3",
       "bad | byte"},
  };
  for (const auto& c : cases) EXPECT_EQ(show(c.text), c.shown) << c.text;
}

TEST(Analyser, Identifiers) {
  const struct {
    const char* text;
    const char* shown;
  } cases[] = {
      {"C++, C# (F#)", "c++ | c# | f#"},
      {"\u201CC++\u201D", "c++"},
      {"C++20", "*c++20 | c++ | 20"},
      {"clang++", "clang++ | *clang"},
      {".NET", "*.net | net"},
      {"a net", "a! | net"},
      {"node.js", "*node.js | node | js"},
      {"std::vector<int>", "*std::vector | std | vector | int"},
      {"__init__ __getitem__(i)", "*__init__ | init | *__getitem__ | getitem | i!"},
      {"f-strings", "*f-string | *fstring | f | string"},
      {"e-mail", "*e-mail | *email | e | mail"},
      {"PEP 8", "*pep8 | pep | 8"},
      {"PEP8", "pep8 | *pep | *8"},
      {"UTF-8", "*utf-8 | utf | 8"},
      {"HTTP/2", "*http/2 | http | 2"},
      {"TCP/IP", "*tcp/ip | tcp | ip"},
      {"CQRS", "cqrs"},
      {"NumPy numpy", "numpi | *num | *py | numpi"},
      {"HTTPServer getItem URLs", "httpserver | *http | *server | getitem | *get | *item | url"},
      {"snake_cases", "*snake_cases | snake | case"},
      {"--no-verify -Wall", "*--no-verify | no! | verifi | *-wall | wall"},
      {"foo.bar.baz()", "*foo.bar.baz | foo | bar | baz"},
      {"python3.11", "python3.11 | *python | *3.11"},
      {"O(1)", "*o(1) | o | 1"},
      {"O(n\nlog n) \u0398(V + E)",
       "*o(n log n) | o | n | log | n | *\u03B8(v+e) | \u03B8 | v | e"},
      {"open(file) O(bject)", "open | file | *o(bject) | o | bject"},
      {"O(n log n).", "*o(n log n) | o | n | log | n"},
      {"an O(n^2) sort", "an! | *o(n^2) | o | n | 2 | sort"},
      {"an O(n\u00B2) sort", "an! | *o(n^2) | o | n | 2 | sort"},
      {"AT&T", "*at&t | at! | t!"},
      {"https://docs.python.org/3/my-page.html", "doc | python | org | 3 | my! | page | html"},
      {"a1/b1/c1/d1/e1/f1/g1/h1/i1", "a1 | b1 | c1 | d1 | e1 | f1 | g1 | h1 | i1"},
  };
  for (const auto& c : cases) EXPECT_EQ(show(c.text), c.shown) << c.text;
}

TEST(Analyser, LongRunsStaySmall) {
  EXPECT_EQ(show(std::string(5000, 'a'), ""), std::string(64, 'a'));
  EXPECT_EQ(show(std::string(200, 'a') + "." + std::string(9, 'b'), ""),
            std::string(64, 'a') + " | " + std::string(9, 'b'));
  std::string wide;
  for (int i = 0; i < 99; ++i) wide += "\u00E9";
  EXPECT_EQ(show(wide, ""), std::string(32, 'e'));
}

TEST(Analyser, PhrasesAreComparedOverAtoms) {
  const struct {
    const char* one;
    const char* other;
  } cases[] = {
      {"event-driven design", "event driven design"},
      {"e-mail address", "e mail address"},
      {"NumPy arrays", "numpy array"},
      {"snake_case names", "snake case name"},
      {"TCP/IP stack", "tcp ip stack"},
      {".NET Core", "net core"},
      {"PEP 8 style", "pep 8 style"},
      {"C++20 ranges", "c++ 20 ranges"},
  };
  for (const auto& c : cases) EXPECT_EQ(atoms(c.one), atoms(c.other)) << c.one;
}

TEST(Analyser, ScriptsWithoutSpaces) {
  EXPECT_EQ(show("\u5168\u6587\u691C\u7D22", "ja"),
            "*\u5168\u6587 | \u5168 | \u6587 | *\u6587\u691C | *\u691C\u7D22 | \u691C | \u7D22");
  EXPECT_EQ(show("Python\u5165\u95E8", "zh"), "python | *\u5165\u95E8 | \u5165 | \u95E8");
  EXPECT_EQ(show("\uD55C\uAD6D\uC5B4\uB294", "ko"),
            "\uD55C\uAD6D\uC5B4\uB294 | *\uD55C\uAD6D | *\uAD6D\uC5B4 | *\uC5B4\uB294");
  EXPECT_EQ(show("\u0E20\u0E32\u0E29\u0E32\u0E44\u0E17\u0E22", "th"),
            "\u0E20\u0E32\u0E29\u0E32 | \u0E44\u0E17\u0E22");
}

TEST(Analyser, Languages) {
  const struct {
    const char* language;
    const char* text;
    const char* shown;
  } cases[] = {
      {"de", "H\u00E4user hauser", "haus | haus"},
      {"de-AT", "Stra\u00DFe strasse f\u00FCr", "strass | strass | fur!"},
      {"fr", "l\u2019id\u00E9e id\u00E9es qu'il", "ide | ide | il!"},
      {"ru",
       "\u0440\u0443\u0441\u0441\u043A\u0438\u0439 \u0440\u0443\u0441\u0441\u043A\u0438\u0435",
       "\u0440\u0443\u0441\u0441\u043A | \u0440\u0443\u0441\u0441\u043A"},
      {"", "Working the dogs", "working | the | dogs"},
      {"xx", "Working", "working"},
      {"porter", "Working", "working"},
  };
  for (const auto& c : cases) EXPECT_EQ(show(c.text, c.language), c.shown) << c.text;
}

TEST(Analyser, SaysWhenAccentsWereDropped) {
  Analyser analyser("en");
  const auto& tokens = analyser.analyse("na\u00EFve naive Plain");
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_TRUE(tokens[0].exact_differs);
  EXPECT_FALSE(tokens[1].exact_differs);
  EXPECT_FALSE(tokens[2].exact_differs);
}

TEST(Analyser, RangesReferToTheText) {
  Analyser analyser("en");
  const std::string text = "\u201CNa\u00EFve\u201D, see std::vector\u2014O(n log n)";
  std::vector<std::string> raw;
  for (const Token& t : analyser.analyse(text))
    raw.push_back(text.substr(t.begin, t.end - t.begin));
  const std::vector<std::string> expected = {"Na\u00EFve", "see", "std::vector", "std", "vector",
                                             "O(n log n)", "O",   "n",           "log", "n"};
  EXPECT_EQ(raw, expected);
}

TEST(StopWords, Table) {
  for (const char* word : {"what", "how", "do", "does", "which", "who", "the", "don't"}) {
    EXPECT_TRUE(is_stop_word(word, "en")) << word;
  }
  EXPECT_FALSE(is_stop_word("python", "en"));
  EXPECT_FALSE(is_stop_word("the", "xx"));
  const char* const some[][2] = {{"de", "wie"}, {"fr", "comment"}, {"es", "como"},
                                 {"it", "che"}, {"pt", "qual"},    {"nl", "hoe"}};
  for (const auto& c : some) EXPECT_TRUE(is_stop_word(c[1], c[0])) << c[0];
}

TEST(DetectLanguage, Table) {
  EXPECT_EQ(detect_language("The cat sat on the mat while the rain fell on the roof."), "en");
  EXPECT_EQ(
      detect_language("Der Hund lief \u00FCber die Stra\u00DFe, weil er das Haus sehen wollte."),
      "de");
  EXPECT_EQ(detect_language("Le chat est assis sur la table et regarde par la fen\u00EAtre."),
            "fr");
  EXPECT_EQ(detect_language("x = 1"), "en");
  EXPECT_EQ(detect_language("", "de"), "de");
}

}  // namespace
}  // namespace tome
