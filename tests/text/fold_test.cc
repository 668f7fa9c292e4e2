// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "text/text.h"

namespace tome {
namespace {

TEST(Fold, Table) {
  const struct {
    const char* text;
    const char* folded;
    const char* exact;
  } cases[] = {
      {"", "", ""},
      {"Plain ASCII", "plain ascii", "plain ascii"},
      {"Na\u00EFve", "naive", "na\u00EFve"},
      {"nai\u0308ve", "naive", "na\u00EFve"},
      {"\u00DCber", "uber", "\u00FCber"},
      {"Ae\u0301B e\u0301", "aeb e", "a\u00E9b \u00E9"},  // a mark belongs to the letter before it
      {"A\u2014B\u2014\u00C9C", "a\u2014b\u2014ec", "a\u2014b\u2014\u00E9c"},
      {"\u0301A", "\u0301a", "\u0301a"},
      {"Stra\u00DFe", "strasse", "strasse"},
      {"so\u00ADft", "soft", "soft"},
      {"ze\u200Bro\u200D\uFEFF", "zero", "zero"},
      {"O\u2019Reilly", "o'reilly", "o'reilly"},
      {"\uFB01ne", "fine", "fine"},
      {"\uFF21\uFF22\uFF11", "ab1", "ab1"},
      {"\u039F\u03B4\u03CC\u03C2", "\u03BF\u03B4\u03BF\u03C3", "\u03BF\u03B4\u03CC\u03C3"},
      {"\u0419\u0451", "\u0438\u0435", "\u0439\u0451"},
      {"\u0130", "i", "i\u0307"},
      {"\u304C", "\u304C", "\u304C"},                    // kana keep their voicing
      {"\u0915\u093F", "\u0915\u093F", "\u0915\u093F"},  // and Devanagari its marks
      {"\uD55C", "\uD55C", "\uD55C"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(fold(c.text), c.folded) << c.text;
    EXPECT_EQ(fold_keep_accents(c.text), c.exact) << c.text;
  }
}

TEST(Fold, IsIdempotent) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      const auto c = static_cast<std::uint32_t>(random() % (round % 2 ? 0x3000 : 0x600));
      if (c < 0x80) {
        text += static_cast<char>(c);
      } else if (c < 0x800) {
        text += static_cast<char>(0xC0 | c >> 6);
        text += static_cast<char>(0x80 | (c & 0x3F));
      } else {
        text += static_cast<char>(0xE0 | c >> 12);
        text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
      }
    }
    const std::string once = fold(text);
    ASSERT_EQ(fold(once), once) << text;
  }
}

}  // namespace
}  // namespace tome
