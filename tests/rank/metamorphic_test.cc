// SPDX-License-Identifier: GPL-2.0-or-later
// What must not matter, over shelves and questions made at random: the order of words in an OR
// question, and how strange a text is for where its snippet and highlights stand.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "rank/small_shelf.h"
#include "support/long.h"

namespace tome::test {
namespace {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_()) % n; }

  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    std::shuffle(list.begin(), list.end(), engine_);
  }

  // A Unicode character but NUL: those of few bytes as often as those of many.
  std::string character() {
    static const std::vector<std::pair<char32_t, char32_t>> kRanges{
        {0x20, 0x7e},     {0x09, 0x0d},       {0x80, 0x24f},      {0x300, 0x36f},
        {0x370, 0x52f},   {0x590, 0x6ff},     {0x900, 0xdff},     {0xe00, 0xe7f},
        {0x1100, 0x11ff}, {0x2000, 0x206f},   {0x3040, 0x30ff},   {0x4e00, 0x9fff},
        {0xac00, 0xd7a3}, {0xe000, 0xf8ff},   {0xfb00, 0xfb06},   {0xfe00, 0xfeff},
        {0xfff0, 0xffff}, {0x1f1e6, 0x1f64f}, {0x20000, 0x2a6d0}, {0xe0000, 0x10ffff}};
    const auto& [first, last] = one_of(kRanges);
    const char32_t c = first + static_cast<char32_t>(below(last - first + 1));
    std::string out;
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) {
      out += static_cast<char>(0xc0 | (c >> 6));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xe0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    } else {
      out += static_cast<char>(0xf0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    }
    return out + static_cast<char>(0x80 | (c & 0x3f));
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> kWords{"kite",    "kites",  "lantern", "the",
                                      "harbour", "C++",    "copper",  "café",
                                      "of",      "walnut", "heron",   "snake_case"};

// "score id" of each hit, in this order: behind those that are weighed (of an exact question 25),
// equal weights stand as Xapian's sums come out.
std::vector<std::string> listed(const std::vector<PassageHit>& hits) {
  std::vector<std::string> out;
  for (const PassageHit& hit : hits) out.push_back(fmt::format("{:.6f} {}", hit.score, hit.id));
  std::sort(out.rbegin(), out.rend());
  return out;
}

TEST(Metamorphic, OrderOfWordsInAnOrQuestionChangesNothing) {
  const auto seeds = static_cast<unsigned>(in_long(6, 150));
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Random random(seed);
    SmallShelf small;
    for (int i = 0; i < 40; ++i) {
      std::string text;
      for (std::size_t n = 3 + random.below(60); n > 0; --n) text += random.one_of(kWords) + " ";
      small.add({fmt::format("f{}", i % 25), text, {random.one_of(kWords)}, {}});
    }
    Shelf shelf = small.open();
    for (int i = 0; i < 10; ++i) {
      std::vector<std::string> words = kWords;
      random.shuffle(words);
      words.resize(2 + random.below(4));
      if (random.below(3) == 0)
        words.push_back("\"" + words[0] + " " + random.one_of(kWords) + "\"");
      if (random.below(3) == 0) words.push_back("wal*");
      const std::string first = fmt::format("{}", fmt::join(words, " OR "));
      const std::vector<std::string> wanted = listed(ask(shelf, first));
      EXPECT_FALSE(wanted.empty()) << first;
      for (int again = 0; again < 4; ++again) {
        random.shuffle(words);
        const std::string other = fmt::format("{}", fmt::join(words, " OR "));
        EXPECT_EQ(listed(ask(shelf, other)), wanted) << first << " | " << other;
      }
    }
    if (testing::Test::HasFailure()) return;
  }
}

// "" or what does not hold of a snippet and its highlights.
std::string fault(const Snippet& snippet, const std::string& text) {
  const auto boundary = [](const std::string& in, std::size_t at) {
    return at == in.size() || (static_cast<unsigned char>(in[at]) & 0xc0) != 0x80;
  };
  const std::size_t end = snippet.offset + snippet.text.size();
  if (end > text.size()) return fmt::format("ends at {} of {}", end, text.size());
  if (!boundary(text, snippet.offset) || !boundary(text, end)) return "cuts a character";
  if (text.compare(snippet.offset, snippet.text.size(), snippet.text) != 0)
    return "is another text";
  std::uint32_t last = 0;
  for (const Span& span : snippet.highlights) {
    const std::string where =
        fmt::format("highlight {} to {} of {}", span.begin, span.end, snippet.text.size());
    if (span.begin >= span.end || span.begin < last || span.end > snippet.text.size()) return where;
    if (!boundary(snippet.text, span.begin) || !boundary(snippet.text, span.end))
      return "cut: " + where;
    last = span.end;
  }
  return "";
}

TEST(Metamorphic, SnippetsOfAnyTextStandInItOnCharacterBoundaries) {
  const auto seeds = static_cast<unsigned>(in_long(8, 300));
  std::size_t snippets = 0;
  std::size_t highlights = 0;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Random random(seed);
    const std::vector<std::string> languages{"en", "de", "ja", "zh", "th", "ar", "hi", "xx"};
    SmallShelf small;
    std::map<std::string, std::string> texts;
    std::vector<std::string> seen;  // pieces of the texts
    for (int i = 0; i < 12; ++i) {
      std::string text = "kite";
      for (std::size_t n = random.below(i % 4 == 0 ? 900 : 120); n > 0; --n) {
        std::string piece = random.below(4) == 0 ? random.one_of(kWords) : "";
        for (std::size_t c = random.below(4); c > 0; --c) piece += random.character();
        if (random.below(2) == 0) piece += random.below(9) == 0 ? ".\n\n" : " ";
        if (!piece.empty() && seen.size() < 400) seen.push_back(piece);
        text += piece;
      }
      texts[fmt::format("f{}", i)] = text;
      small.add({fmt::format("f{}", i), text, {}, {}, random.one_of(languages)});
    }
    Shelf shelf = small.open();
    for (int i = 0; i < 20; ++i) {
      std::string question = "kite";
      for (std::size_t n = random.below(5); n > 0; --n) question += " " + random.one_of(seen);
      if (random.below(4) == 0) question += random.character() + "*";
      if (random.below(4) == 0)
        question += " " + random.one_of(seen).substr(0, 2);  // may be half a character
      const Result<Answer<PassageHit>> answer = shelf.search(question);
      ASSERT_TRUE(answer.ok()) << answer.error().message << ": " << question;
      for (const PassageHit& hit : answer->hits) {
        ASSERT_EQ(fault(hit.snippet, texts.at(hit.locator.path)), "") << question;
        ++snippets;
        highlights += hit.snippet.highlights.size();
      }
    }
    for (const PassageHit& hit : ask(shelf, "kite")) {
      const PassageView view = must(shelf.show(hit.id, 1));
      EXPECT_EQ(fault(view.passage.snippet, texts.at(hit.locator.path)), "");
    }
  }
  std::printf("%u seeds: %zu snippets and %zu highlights inside their texts\n", seeds, snippets,
              highlights);
  EXPECT_GT(snippets, 100u * seeds);
  EXPECT_GT(highlights, snippets);
}

}  // namespace
}  // namespace tome::test
