// SPDX-License-Identifier: GPL-2.0-or-later
// What holds for every document, tried on random ones.
#include <gtest/gtest.h>

#include <random>

#include "documents.h"
#include "text/text.h"

namespace tome {
namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  // Not std::uniform_int_distribution: that gives other numbers with another library.
  std::size_t below(std::size_t n) { return engine_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;
};

std::string random_prose(Random& random, std::size_t count) {
  static const std::vector<std::string> kWords = {
      "tree", "Hedge",  "\u00E9toile", "\u00D8re",
      "x",    "garden", "std::vector", "\u03BB\u03CC\u03B3\u03BF\u03C2",
      "lists"};
  std::string text;
  std::size_t sentence = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ' ';
    text += kWords[random.below(kWords.size())];
    if (++sentence > 4 && random.one_in(12)) {
      text += random.one_in(9) ? ":" : ".";
      sentence = 0;
    }
  }
  return text;
}

// Mostly short, sometimes long, now and then very long.
std::size_t random_count(Random& random) {
  switch (random.below(8)) {
    case 0:
      return 200 + random.below(150);
    case 1:
      return 300 + random.below(1200);
    case 2:
    case 3:
      return 1 + random.below(8);
    default:
      return 1 + random.below(120);
  }
}

Doc random_doc(Random& random) {
  const char* formats[] = {"text", "markdown", "html"};
  Doc doc(formats[random.below(3)]);
  const std::size_t blocks = random.below(60);
  for (std::size_t i = 0; i < blocks; ++i) {
    switch (random.below(12)) {
      case 0:
      case 1: {
        const int level = 1 + static_cast<int>(random.below(4));
        const std::string text = random_prose(random, 1 + random.below(random.one_in(20) ? 90 : 8));
        random.one_in(3) ? doc.n(level, text) : doc.h(level, text);
        if (random.one_in(3)) doc.anchor("a" + std::to_string(i));
        if (random.one_in(4)) doc.p("by Ann Lee and Bob Ray");
        break;
      }
      case 2:
        doc.label(random.one_in(2) ? "Key Features:" : "Best For:");
        break;
      case 3:
      case 4:
        for (std::size_t n = random.below(12); n > 0; --n) {
          doc.li(
              random_prose(random, random.one_in(9) ? random_count(random) : 1 + random.below(30)));
        }
        break;
      case 5:
        for (std::size_t n = random.below(9); n > 0; --n) {
          doc.row(random_prose(random, 2 + random.below(20)));
        }
        break;
      case 6: {
        std::string code = "int main";
        for (std::size_t n = random.below(random.one_in(3) ? 200 : 30); n > 0; --n) {
          code += '\n' + random_prose(random, 1 + random.below(9));
        }
        doc.code(code);
        break;
      }
      default:
        doc.p(random_prose(random, random_count(random)));
    }
  }
  return doc;
}

bool on_character(const std::string& text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// Whether the block at the byte is a heading.
bool opens_with_heading(const Document& document, std::uint32_t begin) {
  for (const Block& block : document.blocks) {
    if (block.begin == begin) return block.style == Style::kHeading;
  }
  return false;
}

void check(const Document& document, const Structured& made) {
  const std::vector<PassageDraft>& all = made.passages;
  ASSERT_EQ(all.empty(), document.text.empty());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const PassageDraft& passage = all[i];
    SCOPED_TRACE("passage " + std::to_string(i));
    EXPECT_EQ(passage.begin, i == 0 ? 0u : all[i - 1].end);
    EXPECT_LT(passage.begin, passage.end);
    EXPECT_LE(passage.begin, passage.body);
    EXPECT_LE(passage.body, passage.end);
    EXPECT_TRUE(on_character(document.text, passage.begin));
    EXPECT_TRUE(on_character(document.text, passage.body));
    EXPECT_GT(passage.line, 0u);

    const bool book = passage.works.size() == 2;
    ASSERT_TRUE(book || passage.works.size() == 1);
    EXPECT_EQ(passage.works.back(), 0u);
    EXPECT_LT(passage.works.front(), made.works.size());
    if (book) {
      EXPECT_EQ(passage.headings.at(0), made.works[passage.works.front()].title);
    }

    const std::size_t size = count_words(text_of(document, passage));
    EXPECT_LE(size, 300u);
    if (size >= 40) continue;
    // The section is that small: the passage opens it, and the next one opens another.
    const bool first = i == 0 || opens_with_heading(document, passage.begin);
    const bool last = i + 1 == all.size() || opens_with_heading(document, passage.end);
    EXPECT_TRUE(first && last) << size << " words";
  }
  if (!all.empty()) {
    EXPECT_EQ(all.back().end, document.text.size());
  }
}

bool same(const PassageDraft& a, const PassageDraft& b) {
  return a.begin == b.begin && a.end == b.end && a.body == b.body && a.line == b.line &&
         a.anchor == b.anchor && a.headings == b.headings && a.works == b.works;
}

TEST(Property, RandomDocuments) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Doc doc = random_doc(random);
    const Structured made = structure(doc.get(), named("random.md"));
    check(doc.get(), made);
    const Structured again = structure(doc.get(), named("random.md"));
    ASSERT_EQ(made.passages.size(), again.passages.size());
    for (std::size_t i = 0; i < made.passages.size(); ++i) {
      ASSERT_TRUE(same(made.passages[i], again.passages[i]));
    }
    StructureContext chapter = named("random.md");
    chapter.chapter = true;
    chapter.whole.title = "The Whole";
    const Structured part = structure(doc.get(), chapter);
    EXPECT_EQ(part.works.size(), 1u);
    check(doc.get(), part);
    if (HasFailure()) break;
  }
}

}  // namespace
}  // namespace tome
