// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/decode.h"

#include <gtest/gtest.h>

#include "blocks.h"

namespace tome {
namespace {

using std::string_view_literals::operator""sv;

TEST(Decode, TellsTheEncoding) {
  struct Case {
    std::string_view bytes;
    std::string_view declared;
    std::string_view text;
    std::string_view encoding;
    std::uint64_t replaced;
  };
  const Case cases[] = {
      {"", "", "", "UTF-8", 0},
      {"plain", "", "plain", "UTF-8", 0},
      {"\xEF\xBB\xBFna\xC3\xAFve", "", "na\xC3\xAFve", "UTF-8", 0},
      {"\xFF\xFEn\0\xE9\0"sv, "", "n\xC3\xA9", "UTF-16LE", 0},
      {"\xFE\xFF\0n\0\xE9"sv, "", "n\xC3\xA9", "UTF-16BE", 0},
      {"\xFF\xFE\x3D\xD8\x00\xDE"sv, "", "\xF0\x9F\x98\x80", "UTF-16LE", 0},
      {"\xFF\xFEn\0\x3D\xD8x\0"sv, "", "n\xEF\xBF\xBDx", "UTF-16LE", 1},
      {"caf\xE9 \x96 \x80", "iso-8859-1", "caf\xC3\xA9 \xE2\x80\x93 \xE2\x82\xAC", "WINDOWS-1252",
       0},
      {"\xC1\xE1", "koi8-r", "\xD0\xB0\xD0\x90", "KOI8-R", 0},
      {"\x93\xFA\x96{", "Shift_JIS", "\xE6\x97\xA5\xE6\x9C\xAC", "SHIFT_JIS", 0},
      {"caf\xC3\xA9", "iso-8859-1", "caf\xC3\xA9", "UTF-8", 0},  // bytes that are UTF-8 win
      {"\xE9t\xE9", "utf-8", "\xEF\xBF\xBDt\xEF\xBF\xBD", "UTF-8", 2},
      {"caf\xC3\xA9, na\xC3\xAFve and \xFF", "", "caf\xC3\xA9, na\xC3\xAFve and \xEF\xBF\xBD",
       "UTF-8", 1},
      {"na\xC3\xAFve cut \xE2\x82", "", "na\xC3\xAFve cut \xEF\xBF\xBD", "UTF-8", 1},
      {"a\0b"sv, "",
       "a\xEF\xBF\xBD"
       "b",
       "UTF-8", 1},
      {"a\r\nb\rc\n\r\nd\r", "", "a\nb\nc\n\nd\n", "UTF-8", 0},
  };
  for (const Case& c : cases) {
    const Decoded decoded = decode(c.bytes, c.declared);
    EXPECT_EQ(decoded.text, c.text) << c.bytes;
    EXPECT_EQ(decoded.encoding, c.encoding) << c.bytes;
    EXPECT_EQ(decoded.replaced, c.replaced) << c.bytes;
  }
}

TEST(Decode, GuessesLegacyEncodings) {
  // "Les livres étaient déjà là, près de la fenêtre; ..." in windows-1252.
  const std::string french =
      "Les livres \xE9taient d\xE9j\xE0 l\xE0, pr\xE8s de la fen\xEAtre, et la lumi\xE8re du soir "
      "tombait sur les pages. Apr\xE8s le d\xEEner, il lisait tr\xE8s tard, s\xFBr de lui.";
  const Decoded decoded = decode(french, "");
  EXPECT_NE(decoded.text.find("\xC3\xA9taient d\xC3\xA9j\xC3\xA0"), std::string::npos)
      << decoded.encoding;
  EXPECT_EQ(decoded.replaced, 0u);
  // Japanese in Shift_JIS: "kore wa hon desu" a few times, in hiragana and kanji.
  std::string japanese;
  for (int i = 0; i < 12; ++i) {
    japanese +=
        "\x82\xB1\x82\xEA\x82\xCD\x96{\x82\xC5\x82\xB7\x81"
        "B\x93\xFA\x96{\x8C\xEA\x81"
        "B\n";
  }
  EXPECT_EQ(decode(japanese, "").text.substr(0, 9), "\xE3\x81\x93\xE3\x82\x8C\xE3\x81\xAF");
}

TEST(Decode, KoreanInEucKr) {
  // "hanguk-eo munjang-eul chaja jumnida." a few times.
  std::string korean;
  for (int i = 0; i < 4; ++i) {
    korean +=
        "\xC7\xD1\xB1\xB9\xBE\xEE \xB9\xAE\xC0\xE5\xC0\xBB \xC3\xA3\xBE\xC6 "
        "\xC1\xDD\xB4\xCF\xB4\xD9.\n";
  }
  const Decoded decoded = decode(korean, "");
  EXPECT_EQ(decoded.replaced, 0u) << decoded.encoding;
  EXPECT_EQ(decoded.text.substr(0, 9), "\xED\x95\x9C\xEA\xB5\xAD\xEC\x96\xB4");
}

TEST(Decode, AShortDamagedTextStaysUtf8) {
  const Decoded decoded = decode("bad \xFF\xFE\x80 bytes beside a caf\xC3\xA9", "");
  EXPECT_EQ(decoded.encoding, "UTF-8");
  EXPECT_EQ(decoded.replaced, 3u);
  EXPECT_NE(decoded.text.find("caf\xC3\xA9"), std::string::npos) << decoded.text;
}

TEST(Decode, LinesStayThoseOfTheFile) {
  const Document document = read(Format::kText, "One line.\r\n\r\nAnother line.\rAnd more.\n");
  EXPECT_EQ(lines_of(document), "1 3 4");
}

TEST(Decode, InvalidBytesAreCountedInTheDocument) {
  const Document document = read(Format::kMarkdown, "\xC3\xA9t\xC3\xA9 \xFF and \xFE");
  EXPECT_EQ(document.replaced, 2u);
  EXPECT_EQ(document.encoding, "UTF-8");
  EXPECT_EQ(document.format, "markdown");
}

TEST(Decode, HtmlSaysItsCharset) {
  EXPECT_EQ(show_html("<meta charset='windows-1251'><p>\xCC\xE8\xF0"),
            "P \xD0\x9C\xD0\xB8\xD1\x80\n");
  EXPECT_EQ(
      show_html("<META http-equiv=Content-Type content=\"text/html; charset=koi8-r\"><p>\xED"),
      "P \xD0\x9C\n");
  EXPECT_EQ(show_html("<!-- <meta charset=koi8-r> --><meta charset=iso-8859-5><p>\xBC"),
            "P \xD0\x9C\n");
}

}  // namespace
}  // namespace tome
