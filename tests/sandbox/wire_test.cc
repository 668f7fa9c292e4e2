// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/wire.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "sandbox/document_check.h"

namespace tome {
namespace {

Document sample() {
  Document document;
  document.format = "pdf";
  document.text = "Überschrift\n\nText, der folgt.\nitem\n\ncode";
  const auto add = [&](Style style, int level, std::uint32_t begin, std::uint32_t end) {
    Block block;
    block.style = style;
    block.level = level;
    block.begin = begin;
    block.end = end;
    document.blocks.push_back(block);
  };
  add(Style::kHeading, 2, 0, 12);
  add(Style::kParagraph, 0, 14, 30);
  add(Style::kListItem, 3, 31, 35);
  add(Style::kCode, 0, 37, 41);
  document.blocks[0].numbered = true;
  document.blocks[0].line = 7;
  document.blocks[1].anchor = "two";
  document.blocks[1].page = 300;
  document.blocks[1].chapter = "text/ch03.xhtml";
  WorkInfo& meta = document.meta;
  meta.kind = Kind::kBook;
  meta.title = "T";
  meta.subtitle = "S";
  meta.authors = {"Ann Lee", "Bob Ray"};
  meta.year = -44;
  meta.edition = 3;
  meta.publisher = "P";
  meta.isbn = "978";
  meta.topics = {"a", "b"};
  meta.features = {"f"};
  meta.language = "de";
  meta.url = "http://x";
  document.page_labels = {"i", "", "1"};
  document.title = "Title";
  document.encoding = "UTF-8";
  document.replaced = 5'000'000'000;
  document.warnings = {"w1", "w2"};
  return document;
}

DecodedAnswer round(const Document& document) {
  return decode_answer(encode_answer(document), document.text, {});
}

TEST(Wire, CarriesEveryField) {
  const Document before = sample();
  const DecodedAnswer answer = round(before);
  ASSERT_TRUE(answer.result.ok()) << answer.result.error().message;
  const Document& after = *answer.result;
  EXPECT_EQ(after.text, before.text);
  EXPECT_EQ(encode_answer(after), encode_answer(before));
  EXPECT_EQ(after.blocks[0].begin, 0u);
  EXPECT_EQ(after.blocks[1].begin, 14u);
  EXPECT_EQ(after.blocks[1].end, 30u);
  EXPECT_EQ(after.blocks[1].page, 300u);
  EXPECT_EQ(after.blocks[1].chapter, "text/ch03.xhtml");
  EXPECT_EQ(after.meta.year, -44);
  EXPECT_EQ(after.meta.authors, before.meta.authors);
  EXPECT_EQ(after.page_labels, before.page_labels);
  EXPECT_EQ(after.replaced, before.replaced);
  EXPECT_EQ(after.warnings, before.warnings);
}

TEST(Wire, CarriesErrors) {
  const DecodedAnswer answer =
      decode_answer(encode_answer(Error{Code::kLimit, "too deep", "flatten it", ""}), "", {});
  ASSERT_FALSE(answer.result.ok());
  EXPECT_EQ(answer.result.error().code, Code::kLimit);
  EXPECT_EQ(answer.result.error().message, "too deep");
  EXPECT_EQ(answer.result.error().hint, "flatten it");
  EXPECT_FALSE(answer.nonsense);
  EXPECT_TRUE(decode_answer(encode_out_of_memory(), "", {}).out_of_memory);
}

TEST(Wire, TurnsDownWhatIsNoDocument) {
  using Damage = std::function<void(Document&)>;
  const std::vector<std::pair<std::string, Damage>> table = {
      {"past the end", [](Document& d) { d.blocks[3].end = 42; }},
      {"far past the end", [](Document& d) { d.blocks[3].end = UINT32_MAX; }},
      {"overlap", [](Document& d) { d.blocks[1].begin = 11; }},
      {"backwards", [](Document& d) { std::swap(d.blocks[1].begin, d.blocks[1].end); }},
      {"empty block", [](Document& d) { d.blocks[1].end = d.blocks[1].begin; }},
      {"out of order", [](Document& d) { std::swap(d.blocks[1], d.blocks[2]); }},
      {"cut character", [](Document& d) { d.blocks[0].begin = 1; }},
      {"text between", [](Document& d) { d.blocks[1].end = 20; }},
      {"text behind", [](Document& d) { d.blocks.pop_back(); }},
      {"level of a heading", [](Document& d) { d.blocks[0].level = 7; }},
      {"no level", [](Document& d) { d.blocks[0].level = -1; }},
      {"style", [](Document& d) { d.blocks[0].style = static_cast<Style>(9); }},
      {"kind", [](Document& d) { d.meta.kind = static_cast<Kind>(3); }},
      {"format", [](Document& d) { d.format = "exe"; }},
      {"no UTF-8", [](Document& d) { d.text[20] = '\xFF'; }},
      {"NUL", [](Document& d) { d.text[20] = '\0'; }},
      {"shorter text", [](Document& d) { d.text.resize(40); }},
  };
  for (const auto& [what, damage] : table) {
    Document document = sample();
    damage(document);
    const DecodedAnswer answer = round(document);
    EXPECT_FALSE(answer.result.ok()) << what;
    EXPECT_TRUE(answer.nonsense) << what;
  }
}

TEST(Wire, MendsSmallTexts) {
  Document document = sample();
  document.title =
      "a\xFF"
      "b";
  document.blocks[0].anchor = std::string("a\0b", 3);
  const DecodedAnswer answer = round(document);
  ASSERT_TRUE(answer.result.ok());
  EXPECT_EQ(answer.result->title,
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(answer.result->blocks[0].anchor,
            "a\xEF\xBF\xBD"
            "b");
}

TEST(Wire, SurvivesEveryCutAndAnyChange) {
  const Document document = sample();
  const std::string fields = encode_answer(document);
  for (std::size_t size = 0; size < fields.size(); ++size) {
    EXPECT_FALSE(decode_answer(fields.substr(0, size), document.text, {}).result.ok()) << size;
  }
  EXPECT_FALSE(decode_answer(fields + "x", document.text, {}).result.ok());
  std::mt19937 random(5);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string changed = fields;
    std::string text = document.text;
    for (int i = 0; i < 3; ++i) {
      std::string& one = random() % 4 == 0 ? text : changed;
      one[random() % one.size()] = static_cast<char>(random() % 256);
    }
    const DecodedAnswer answer = decode_answer(changed, text, {});
    if (!answer.result.ok()) {
      EXPECT_FALSE(answer.result.error().message.empty());
      continue;
    }
    ++accepted;
    EXPECT_EQ(fault_of(*answer.result), "");
  }
  EXPECT_GT(accepted, 100);  // the changes are small enough to mean something
}

// A few bytes that claim thousands of millions of things.
TEST(Wire, BelievesNoCount) {
  const std::string huge = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";
  const DecodedAnswer blocks = decode_answer("\x01\x04text" + huge, "x", {});
  ASSERT_FALSE(blocks.result.ok());
  EXPECT_EQ(blocks.result.error().message, "has more than 4000000 paragraphs");
  for (const std::string_view fields :
       {"\x01\x04text\x05", "\x01\x04text", "\x01", "", "\x09", "\x01\x7Ftext"}) {
    EXPECT_TRUE(decode_answer(fields, "x", {}).nonsense);
  }
  const std::string info(3, '\0');
  EXPECT_TRUE(decode_answer(std::string("\x01\x04text\0", 7) + info + huge, "x", {}).nonsense);
}

}  // namespace
}  // namespace tome
