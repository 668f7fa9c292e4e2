// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/clean.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "present/json.h"
#include "present/samples.h"
#include "present/terminal.h"
#include "text/text.h"

namespace tome {
namespace {

// Every character that may command a terminal or reorder its text.
std::string hostile() {
  std::string text = "a\x1b[31mred\x1b]0;title\x07\x1b]8;;http://evil\x1b\\";
  for (char c = 1; c < 0x20; ++c) text += c;
  text += '\0';
  text += "\x7f\xff\xc3";
  for (char c = '\x80'; c <= '\x9f'; ++c) text += std::string("\xc2") + c;
  for (char c = '\xa8'; c <= '\xae'; ++c) text += std::string("\xe2\x80") + c;
  for (char c = '\xa6'; c <= '\xa9'; ++c) text += std::string("\xe2\x81") + c;
  for (const char* c : {"\U000E0000", "\U000E0001", "\U000E0041", "\U000E007F"}) text += c;
  return text + "z";
}

void expect_harmless(const std::string& out, bool escapes) {
  for (std::size_t i = 0; i < out.size();) {
    const std::size_t at = i;
    const std::int32_t c = next_character(out, i);
    const bool fine = c == '\n' || (escapes && c == 0x1b) ||
                      (c >= 0x20 && !(c >= 0x7F && c <= 0x9F) && !(c >= 0x2028 && c <= 0x202E) &&
                       !(c >= 0x2066 && c <= 0x2069) && !(c >= 0xE0000 && c <= 0xE007F));
    EXPECT_TRUE(fine) << "character " << c << " at " << at << " of " << out;
  }
}

PassageHit hostile_hit() {
  const std::string bad = hostile();
  PassageHit hit;
  hit.id = bad;
  WorkRef work;
  work.id = bad;
  work.info.title = work.info.subtitle = work.info.publisher = work.info.language = bad;
  work.info.authors = work.info.topics = {bad};
  hit.works = {work, work};
  hit.locator.source = hit.locator.root = hit.locator.path = hit.locator.anchor = bad;
  hit.locator.file = "/" + bad + ".html";
  hit.locator.headings = {bad, bad};
  hit.snippet.text = bad + "\n" + bad;
  hit.snippet.highlights = {{0, 4}, {5, 30}};
  hit.also = {hit.locator};
  hit.parts = {{bad, bad, 1}};
  return hit;
}

TEST(Hostile, NothingReachesTheTerminal) {
  const std::string bad = hostile();
  const PassageHit hit = hostile_hit();
  BookHit book;
  book.work = hit.works[0];
  book.passages = 2;
  book.best = {hit};
  book.parts = hit.parts;
  auto passages = samples::answer<PassageHit>({hit});
  passages.understood = bad;
  passages.notes = {bad};
  passages.suggestions = {{bad, {bad}}};
  auto nothing = passages;
  nothing.hits.clear();
  nothing.estimate = 0;
  const auto books = samples::answer<BookHit>({book});
  const PassageView view{hit, {hit}, {hit}};
  const std::vector<WorkView> works = {{hit.works[0], {bad}, 1}};
  ShelfStatus status;
  status.languages = {{bad, 1}};
  status.roots = {{bad, bad}};
  status.tome = status.xapian = status.icu = bad;
  const std::vector<FailedSource> failures = {{bad, bad, bad, bad, bad}};
  const Error error{Code::kIo, bad, bad, bad};

  const TerminalStyle pipe;
  for (const std::string& out :
       {present_passages(passages, 0, pipe), present_passages(nothing, 0, pipe),
        present_books(books, 0, pipe), present_passage_view(view, pipe),
        present_works(works, true, pipe), present_status(status, pipe), present_error(error, pipe),
        json_passages(passages, 0), json_books(books, 0), json_passage_view(view),
        json_works(works), json_status(status), present_failures(failures, pipe),
        json_failures(failures), json_error(error)}) {
    expect_harmless(out, false);
  }
  // With colours and hyperlinks, escapes are our own: no more of them than for a harmless text.
  PassageHit tame = samples::text_only("text").hits[0];
  tame.works = {samples::fluent_python()};
  PassageHit plain_text = hit;
  plain_text.works = tame.works;
  plain_text.locator.headings.clear();
  plain_text.snippet.highlights.clear();
  plain_text.also.clear();
  plain_text.parts.clear();
  const auto escapes = [](const PassageHit& one) {
    const std::string out =
        present_passages(samples::answer<PassageHit>({one}), 0, {true, true, 100, {}});
    expect_harmless(out, true);
    return std::count(out.begin(), out.end(), '\x1b');
  };
  EXPECT_EQ(escapes(plain_text), escapes(tame));
}

TEST(Clean, Block) {
  const struct {
    std::string_view text;
    std::string_view clean;
  } cases[] = {
      {"a\tb\n\tc", "a   b\n    c"},
      {"日\tb", "日  b"},
      {"a\r\nb\rc", "a\nb\uFFFDc"},
      {"\n\n  a \n\n", "  a"},
      {"soft\u00ADhyphen", "softhyphen"},
      {"\x1b[1mbold", "\uFFFD[1mbold"},
      {"a\u202Eb\u2066c\u009Bd\x7F", "a\uFFFDb\uFFFDc\uFFFDd\uFFFD"},
      {"tags\U000E0041\U000E007F", "tags\uFFFD\uFFFD"},
      {"\u845B\U000E0100", "\u845B\U000E0100"},  // a variant of a Han character
      {"bad \xff\xfe", "bad \uFFFD\uFFFD"},
      {"line\u2028separator", "line\nseparator"},
  };
  for (const auto& c : cases) EXPECT_EQ(clean_block(c.text, {}).text, c.clean) << c.text;
}

TEST(Clean, MarksFollowTheirText) {
  const std::string text = "\n\tone \x01two\u00AD three\n";
  const auto marked = [&](std::vector<Span> marks) {
    std::vector<std::string> words;
    const MarkedText clean = clean_block(text, marks);
    for (const Span& mark : clean.marks) {
      words.push_back(clean.text.substr(mark.begin, mark.end - mark.begin));
    }
    return words;
  };
  using Words = std::vector<std::string>;
  const auto at = [&](std::string_view word) { return samples::marks_of(text, word)[0]; };
  EXPECT_EQ(marked({at("one"), at("two"), at("three")}), (Words{"one", "two", "three"}));
  EXPECT_EQ(marked({at("\n"), {90, 99}}), Words{});                  // nothing left, outside
  EXPECT_EQ(marked({{13, 99}}), (Words{"three"}));                   // up to the end, not beyond
  EXPECT_EQ(marked({{2, 5}, {3, 9}}), (Words{"one", " \uFFFDtw"}));  // overlapping: once each
  EXPECT_EQ(marked({{5, 2}}), Words{});                              // upside down
}

TEST(Clean, LineAndName) {
  EXPECT_EQ(clean_line(" a\n b\t\tc "), "a b c");
  EXPECT_EQ(clean_name("a  b\n\x1b.txt"), "a  b\uFFFD\uFFFD.txt");
  EXPECT_EQ(file_url("/a b/ü#?;\x1b.txt"), "file:///a%20b/%C3%BC%23%3F%3B%1B.txt");
}

}  // namespace
}  // namespace tome
