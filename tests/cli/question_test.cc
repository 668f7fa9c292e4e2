// SPDX-License-Identifier: GPL-2.0-or-later
// Questions as people type them: nothing is a syntax error, nothing reaches the terminal raw.
#include "cli/program.h"

namespace tome::test {
namespace {

using Questions = ProgramTest;

TEST_F(Questions, AreUnderstood) {
  const std::vector<std::pair<Words, std::string>> table{
      {{"how", "do", "descriptors", "work?"}, "(bag how do descriptors work?)"},
      {{"how do descriptors work?"}, "(bag how do descriptors work?)"},
      {{"-Wall"}, "-Wall"},
      {{"gcc", "-Wall"}, "(bag gcc (not Wall))"},
      {{"gcc", "--", "-Wall"}, "(bag gcc (not Wall))"},
      {{"git", "--", "--no-verify"}, "(bag git --no-verify)"},
      {{"C++", "-notes"}, "(bag C++ (not notes))"},
      {{"-n5", "C++", "+must"}, "(bag C++ (must must))"},
      {{"++", "c"}, "(bag ++ c)"},
      {{"[a,b]", "c"}, "(bag [a,b] c)"},
      {{"[]", "c"}, "(bag [] c)"},
      {{"{}", "%%", "c"}, "(bag {} %% c)"},
      {{"list", "search", "index", "books"}, "(bag list search index books)"},
      {{"\"a phrase\"", "kind:book", "year:2015..2022"},
       "(bag (phrase \"a phrase\") (kind book) (year 2015..2022))"},
      {{"(cats OR dogs)", "AND", "NOT", "fish*"}, "(and (or cats dogs) (not (prefix fish)))"},
      {{"std::vector", "kind:", "in", "yaml"}, "(bag std::vector kind: in yaml)"},
  };
  for (const auto& [words, understood] : table) {
    Words arguments{"search", "--show-query"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    const Ran ran = tome(arguments);
    EXPECT_EQ(ran.code, 0) << understood << ran.err;
    EXPECT_EQ(ran.out, understood + "\n");
  }
}

TEST_F(Questions, AnOptionTakesOneValue) {
  EXPECT_EQ(tome({"books", "--show-query", "--topic", "clocks", "brass", "wheels"}).out,
            "(bag brass wheels (topic clocks))\n");
  EXPECT_EQ(tome({"books", "--show-query", "--topic", "a", "--topic", "b"}).out,
            "(bag (topic a) (topic b))\n");
}

TEST_F(Questions, BooksOfATopicNeedNoQuestion) {
  index_shelf();
  const Ran ran = tome({"books", "--topic", "clocks"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, "1. Clockwork at Home")) << ran.out;
  EXPECT_EQ(tome({"books"}).code, 2);
}

TEST_F(Questions, TheShelfIsBrowsed) {
  index_shelf();
  EXPECT_TRUE(has(tome({"list", "--topics"}).out, "clocks  1\n"));
  EXPECT_TRUE(has(tome({"list", "--authors"}).out, "Bruno Zeiger"));
  EXPECT_FALSE(has(tome({"list", "--kind", "article"}).out, "Clockwork at Home"));
  EXPECT_EQ(tome({"list", "--kind", "film"}).code, 2);
}

TEST_F(Questions, EmptyIsAUsageError) {
  index_shelf();
  for (const Words& words : {Words{""}, Words{" \t\n"}, Words{"", ""}}) {
    Words arguments{"search"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    const Ran ran = tome(arguments);
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "tome: the question is empty\ntry: tome search how do descriptors work?\n");
  }
}

TEST_F(Questions, OfNoWordFindNothing) {
  index_shelf();
  for (const char* question : {"\U0001F956", "'", "?!", "\"\"", "()", "*", "-", "\\"}) {
    for (const char* command : {"search", "books"}) {
      const Ran ran = tome({command, question});
      EXPECT_EQ(ran.code, 1) << question << ran.out;
      EXPECT_EQ(ran.err, "") << question;
      EXPECT_TRUE(ran.out.starts_with("Nothing found.\n")) << question;
    }
  }
}

TEST_F(Questions, OfOneHundredKilobytesAreAnswered) {
  index_shelf();
  std::string words;
  while (words.size() < 100'000) words += "pendulum and bowline ";
  std::string letters(100'000, 'q');
  std::string open;
  while (open.size() < 100'000) open += "(a OR \"";
  for (const std::string& question : {words, letters, open}) {
    const Ran ran = tome({"search", question});
    EXPECT_TRUE(ran.code == 0 || ran.code == 1) << ran.code << ran.err;
    EXPECT_EQ(ran.err, "");
  }
  EXPECT_TRUE(has(tome({"search", words}).out, "bowline"));
}

TEST_F(Questions, MayBeAnyBytes) {
  index_shelf();
  for (const char* question :
       {"\xff\xfe pendulum", "pendulum \xc3", "\x01\x02 pendulum \x7f", "\xed\xa0\x80 pendulum"}) {
    const Ran ran = tome({"search", question});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(has(ran.out, "Clockwork at Home")) << ran.out;
  }
}

// No byte below space but the line feed, no C1 control, no bidirectional override.
std::string forbidden(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f) return text.substr(i);
    if (byte == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0) return text.substr(i);
    if (text.compare(i, 3, "\u202e") == 0) return text.substr(i);
  }
  return "";
}

TEST_F(Questions, EscapesOfAFileNeverReachTheOutput) {
  const std::string evil = "\x1b]0;owned\x07\x1b[31mRed\u009b2J \u202egnitirw\b\b\r";
  write("shelf/evil.md", "---\nkind: book\ntitle: \"" + std::string("A \\e[31mRed\\a\\u202eTitle") +
                             "\"\nauthors: [\"Eve \\e[1mL\"]\n---\n# Heading " + evil +
                             "\n\nThe lighthouse " + evil + " keeper counts ships.\n");
  write("shelf/evil\x1b[31m\nname.txt", "The lighthouse " + evil + " stands on a rock.\n");
  write("shelf/bad.md", "---\ntitle: [" + evil + "\n---\nlighthouse\n");
  write("shelf/picture.\x1b[31m", "\x89PNG....");
  const Words id{"search", "lighthouse", "--json"};
  for (const Words& arguments :
       {Words{"index", "shelf"}, Words{"search", "lighthouse"}, Words{"search", evil}, id,
        Words{"search", "lighthouse", "--explain"}, Words{"books", "lighthouse", "--articles"},
        Words{"search", evil, "--show-query"}, Words{"list", "--sources"}, Words{"status"},
        Words{"list", "--json"}, Words{"show", evil}, Words{"remove", evil}, Words{"index", evil},
        Words{"index", "--index", evil, "shelf"}, Words{"status", "--index", evil},
        Words{"list", evil}, Words{"--" + evil}}) {
    const Ran ran = tome(arguments);
    EXPECT_EQ(forbidden(ran.out), "") << arguments[0];
    EXPECT_EQ(forbidden(ran.err), "") << arguments[0];
  }
  EXPECT_TRUE(has(tome({"search", "lighthouse"}).out, "keeper counts ships"));
}

}  // namespace
}  // namespace tome::test
