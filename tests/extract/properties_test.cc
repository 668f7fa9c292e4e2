// SPDX-License-Identifier: GPL-2.0-or-later
// What holds for every document, whatever the bytes: checked on the test data and on random
// mutations of it (a fixed seed, so a failure repeats).
#include <gtest/gtest.h>

#include <random>

#include "blocks.h"
#include "text/text.h"

namespace tome {
namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\r\f\v") == std::string_view::npos;
}

bool on_boundary(const std::string& text, std::uint32_t at) {
  return at == text.size() || (text[at] & '\xC0') != '\x80';
}

// Empty when all holds, else what does not.
std::string broken_property(const Document& document) {
  std::string copy = document.text;
  if (repair_utf8(copy) != 0) return "the text is not valid UTF-8 without NUL";
  if (document.text.find('\r') != std::string::npos) return "the text has a carriage return";
  std::uint32_t at = 0;
  std::uint32_t line = 0;
  for (const Block& block : document.blocks) {
    const std::string where = fmt::format(" at {}", block.begin);
    if (block.begin < at || block.end > document.text.size()) return "out of order" + where;
    if (!on_boundary(document.text, block.begin) || !on_boundary(document.text, block.end)) {
      return "cuts a character" + where;
    }
    if (!is_blank(std::string_view(document.text).substr(at, block.begin - at))) {
      return "text between blocks" + where;
    }
    if (is_blank(text_of(document, block))) return "an empty block" + where;
    const bool leveled = block.style == Style::kHeading || block.style == Style::kListItem;
    if (leveled != (block.level > 0)) return "a level that does not fit" + where;
    if (block.style == Style::kHeading && block.level > 6) return "too high a level" + where;
    if (block.line == 0) return "no line" + where;
    if (document.format == "text" && block.line <= line) return "lines out of order" + where;
    line = block.line;
    at = block.end;
  }
  return is_blank(std::string_view(document.text).substr(at)) ? "" : "text after the last block";
}

std::string mutate(std::string text, std::mt19937& random) {
  static const std::string_view kParts[] = {
      "<",        ">",    "</p>",     "<div>",        "<table>", "<tr><td>", "<pre>",
      "</pre>",   "<li>", "&#0;",     "&lt;",         "---\n",   "\n\n",     "\r\n",
      "1. ",      "- ",   "    ",     "```\n",        "| a |",   "|--|\n",   "\xC3",
      "\xE2\x82", "\xFF", "\xC2\xA0", "\xE2\x80\x8B", ":",       "By X\n",   "# ",
      "* * *",    "<h2>", "</h2>",    "<!--",         "-->",     "<script>", "&nbsp;",
      "\f"};
  std::uniform_int_distribution<int> changes(1, 8);
  for (int i = changes(random); i > 0; --i) {
    const std::size_t at = random() % (text.size() + 1);
    switch (random() % 4) {
      case 0:
        text.insert(at, kParts[random() % std::size(kParts)]);
        break;
      case 1:
        text.erase(at, random() % 40);
        break;
      case 2:
        text.insert(at, text.substr(random() % (text.size() + 1), random() % 60));
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(random() % 256);
    }
  }
  return text;
}

TEST(Properties, HoldForDataAndItsMutations) {
  constexpr int kRounds = 500;
  std::mt19937 random(20240607);
  for (const std::string name :
       {"review.txt", "review.wrapped.txt", "review.md", "review.html", "page.html", "notes.md"}) {
    const std::string original = data_file(name);
    ASSERT_FALSE(original.empty()) << name;
    for (int round = 0; round < kRounds; ++round) {
      const std::string text = round == 0 ? original : mutate(original, random);
      for (const Format format : {Format::kText, Format::kMarkdown, Format::kHtml}) {
        const auto document = extract(format, text);
        ASSERT_TRUE(document.ok()) << name << " round " << round;
        ASSERT_EQ(broken_property(*document), "")
            << name << " round " << round << " as " << format_name(format);
        peek_hints(format, text);
      }
    }
  }
}

TEST(Properties, HoldForSmallThings) {
  for (const std::string_view text : {"",
                                      " ",
                                      "\n",
                                      "x",
                                      "\xC2\xA0",
                                      "\xE2\x80\x8B",
                                      "-",
                                      "- ",
                                      "1.",
                                      "1. ",
                                      "===",
                                      "---",
                                      "a\n===",
                                      ":",
                                      "A:",
                                      "|",
                                      "<",
                                      "&",
                                      "\xFF",
                                      "\xFF\xFE",
                                      "\xFE\xFF\x00",
                                      "\xEF\xBB\xBF",
                                      "    ",
                                      "\t{",
                                      "by ",
                                      "Author:",
                                      "#",
                                      "```",
                                      ">",
                                      "[",
                                      "<p",
                                      "</",
                                      "<!",
                                      "&#xFFFFFFFF;",
                                      "---\n---"}) {
    for (const Format format : {Format::kText, Format::kMarkdown, Format::kHtml}) {
      const auto document = extract(format, text);
      ASSERT_TRUE(document.ok()) << text;
      EXPECT_EQ(broken_property(*document), "") << text << " as " << format_name(format);
    }
  }
}

}  // namespace
}  // namespace tome
