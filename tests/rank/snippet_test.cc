// SPDX-License-Identifier: GPL-2.0-or-later
// Snippets: whole sentences, inside the text, highlights on character boundaries.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "rank/small_shelf.h"

namespace tome::test {
namespace {

bool boundary(const std::string& text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
}

void expect_sound(const PassageHit& hit, const std::string& text) {
  const Snippet& snippet = hit.snippet;
  ASSERT_LE(snippet.offset, text.size());
  EXPECT_EQ(text.substr(snippet.offset, snippet.text.size()), snippet.text);
  EXPECT_FALSE(snippet.text.empty());
  EXPECT_EQ(snippet.cut_before, text.find_first_not_of(" \n") < snippet.offset);
  std::uint32_t last = 0;
  for (const Span& span : snippet.highlights) {
    EXPECT_LT(span.begin, span.end);
    EXPECT_LE(last, span.begin);
    EXPECT_LE(span.end, snippet.text.size());
    EXPECT_TRUE(boundary(snippet.text, span.begin) && boundary(snippet.text, span.end));
    last = span.end;
  }
}

std::string marked(const PassageHit& hit) {
  std::string out;
  for (const Span& span : hit.snippet.highlights) {
    if (!out.empty()) out += "|";
    out += hit.snippet.text.substr(span.begin, span.end - span.begin);
  }
  return out;
}

TEST(Snippet, Highlights) {
  const std::vector<std::array<std::string, 3>> table{
      // text, question, what is marked
      {"The kite rose. Kites fell.", "kite", "kite|Kites"},
      {"The kite rose over the sea.", "how did the kite rise over", "kite"},
      {"Ein Café in Köln, cafe genannt.", "café", "Café|cafe"},
      {"We use std::vector and C++ here.", "C++ std::vector", "std::vector|C++"},
      {"Call __getitem__ twice.", "__getitem__", "__getitem__"},
      {"\U0001F600 kite \U0001F600.", "kite", "kite"},
      {"A kite (red).", "\"kite (red\"", "kite|red"},
      {"Countable counters count.", "count*", "Countable|counters|count"},
  };
  for (const auto& [text, question, wanted] : table) {
    SmallShelf small;
    small.add({"a", text, {}, {}});
    Shelf shelf = small.open();
    const std::vector<PassageHit> hits = ask(shelf, question);
    ASSERT_EQ(hits.size(), 1u) << question;
    expect_sound(hits[0], text);
    EXPECT_EQ(marked(hits[0]), wanted) << question;
  }
}

TEST(Snippet, IsTheSentencesThatAnswer) {
  std::string text;
  for (int i = 0; i < 12; ++i) text += "Sentence number " + std::to_string(i) + " fills the page. ";
  text += "Then the lighthouse was lit by its keeper at last. ";
  for (int i = 0; i < 12; ++i) text += "Another sentence, " + std::to_string(i) + ", follows it. ";
  SmallShelf small;
  small.add({"a", text, {}, {}});
  Shelf shelf = small.open();
  const PassageHit hit = ask(shelf, "when was the lighthouse lit?").at(0);
  expect_sound(hit, text);
  EXPECT_NE(hit.snippet.text.find("Then the lighthouse was lit by its keeper at last."),
            std::string::npos);
  EXPECT_TRUE(hit.snippet.cut_before && hit.snippet.cut_after);
  EXPECT_LE(hit.snippet.text.size(), 400u);
  EXPECT_TRUE(hit.snippet.text.ends_with("."));
  EXPECT_TRUE(hit.snippet.text.starts_with("Sentence") || hit.snippet.text.starts_with("Then"))
      << hit.snippet.text;
}

TEST(Snippet, OfRandomTextsIsSound) {
  const std::vector<std::string> pieces{
      "kite",      "Kites ",    "è",   "e\u0301", "\U0001F468\u200D\U0001F469",
      "漢字の",    "。",        ". ",  "! ",      "\n",
      "\n\n",      " ",         "  ",  "\u00AD",  "kite-flyer ",
      "camelCase", "x_y ",      "ﬁ",   "İ",       "ß",
      "\u200B",    "한국어는 ", "ไทย", "Dr. ",    "C++ "};
  std::mt19937 random(3);
  for (int round = 0; round < 12; ++round) {
    SmallShelf small;
    std::map<std::string, std::string> texts;
    for (int i = 0; i < 20; ++i) {
      std::string text = "kite" + std::to_string(i) + " kite ";
      for (std::size_t n = random() % 120; n > 0; --n) text += pieces[random() % pieces.size()];
      const std::string path = std::to_string(i);
      texts[path] = text;
      small.add({path, text, {}, {}, i % 3 == 0 ? "ja" : i % 3 == 1 ? "de" : "en"});
    }
    Shelf shelf = small.open();
    for (const char* question : {"kite flyer", "漢字", "é camelcase", "fi kite", "kit* 한국어"}) {
      for (const PassageHit& hit : ask(shelf, question)) {
        expect_sound(hit, texts.at(hit.locator.path));
      }
    }
    const std::vector<PassageHit> hits = ask(shelf, "kite");
    EXPECT_EQ(hits.size(), 20u);
  }
}

TEST(Show, GivesTheWholePassageAndItsNeighbours) {
  SmallShelf small;
  const std::vector<std::string> texts{"First.\n\nMore.", "Second with a kite.", "Third.",
                                       "Fourth."};
  for (const std::string& text : texts) small.add({"a", text, {}, {}});
  Shelf shelf = small.open();
  const std::string id = ask(shelf, "kite").at(0).id;
  const PassageView view = must(shelf.show(id, 1));
  EXPECT_EQ(view.passage.snippet.text, texts[1]);
  ASSERT_EQ(view.before.size(), 1u);
  EXPECT_EQ(view.before[0].snippet.text, texts[0]);
  ASSERT_EQ(view.after.size(), 1u);
  EXPECT_EQ(view.after[0].snippet.text, texts[2]);
  EXPECT_EQ(must(shelf.show(id, 9)).after.size(), 2u);
  EXPECT_FALSE(shelf.show("nothing here").ok());
  EXPECT_FALSE(shelf.show("").ok());
}

}  // namespace
}  // namespace tome::test
