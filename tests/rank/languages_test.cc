// SPDX-License-Identifier: GPL-2.0-or-later
// One shelf, several languages: each passage is found in its own.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rank/small_shelf.h"

namespace tome::test {
namespace {

TEST(Languages, OnOneShelf) {
  SmallShelf small;
  small.add({"de",
             "Die alten Häuser am Hafen haben rote Dächer. Ein Kabel liegt im Keller.",
             {},
             {},
             "de"});
  small.add(
      {"en", "The old houses at the harbour have red roofs. A cable lies in the cellar.", {}, {}});
  small.add({"fr", "Les vieilles maisons du port ont des toits rouges.", {}, {}, "fr"});
  small.add({"ru", "Старые дома в гавани с красными крышами.", {}, {}, "ru"});
  small.add({"zh", "港口的老房子有红色的屋顶。数据库存储文件。", {}, {}, "zh"});
  small.add({"ja", "港の古い家には赤い屋根があります。東京都に住んでいます。", {}, {}, "ja"});
  small.add({"ko", "항구의 오래된 집은 지붕이 빨갛다. 학교에서 공부한다.", {}, {}, "ko"});
  small.add({"th", "บ้านเก่าที่ท่าเรือมีหลังคาสีแดง", {}, {}, "th"});
  Shelf shelf = small.open();
  const std::vector<std::pair<std::string, std::string>> table{
      {"Haus Dach", "de"},  // stems and umlauts: Häuser, Dächer
      {"Häuser", "de"},
      {"hauser", "de"},
      {"house roof", "en"},
      {"what is a cellar?", "en"},
      {"maison", "fr"},
      {"крыша", "ru"},
      {"数据库", "zh"},
      {"\"数据库\"", "zh"},
      {"\"库数据\"", ""},
      {"東京", "ja"},
      {"\"赤い屋根\"", "ja"},
      {"학교", "ko"},  // the text has it with a particle
      {"지붕", "ko"},
      {"หลังคา", "th"},
      {"harbour Hafen", "de en"},
      {"harbour OR Hafen OR port", "de en fr"},
      {"+Hafen roofs", "de"},
      {"\"rote Dächer\"", "de"},
      {"\"red roofs\"", "en"},
      {"lang:ko", "ko"},
  };
  for (const auto& [question, paths] : table) {
    EXPECT_EQ(found(shelf, question), paths) << question;
  }
  EXPECT_TRUE(ranked(shelf, "港口 屋顶").starts_with("zh"));
  EXPECT_TRUE(ranked(shelf, "赤い屋根").starts_with("ja"));
  EXPECT_TRUE(ranked(shelf, "wo liegt das Kabel").starts_with("de"));
  EXPECT_TRUE(ranked(shelf, "where does the cable lie").starts_with("en"));
}

// A stop word of one language is a word of another.
TEST(Languages, StopWordsAreThoseOfTheQuestion) {
  SmallShelf small;
  small.add({"de", "Die Würfel sind gefallen, sagt der Feldherr.", {}, {}, "de"});
  small.add({"en", "Many cells die each day in the body.", {}, {}});
  small.add({"en2", "Numbers fall and dice roll on the table.", {}, {}});
  Shelf shelf = small.open();
  EXPECT_TRUE(ranked(shelf, "when do cells die").starts_with("en"));
  EXPECT_TRUE(ranked(shelf, "sind die Würfel gefallen").starts_with("de"));
}

// "item" is "it" to the Indonesian stemmer: what a language makes of a word counts in its own
// texts.
TEST(Languages, AStemCountsInTextsOfTheLanguageThatMakesIt) {
  SmallShelf small;
  small.add({"id", "Tanda itu ada di setiap item, dan itu cukup.", {}, {}, "id"});
  for (int i = 0; i < 30; ++i) {
    small.add(
        {fmt::format("en{}", i), fmt::format("It was said that it rains in town {}.", i), {}, {}});
  }
  small.add({"list", "Each item of the list has a number.", {}, {}});
  Shelf shelf = small.open();
  EXPECT_EQ(found(shelf, "item"), "id list");
  EXPECT_EQ(found(shelf, "+item"), "id list");
  EXPECT_EQ(found(shelf, "item*"), "id list");
  const Answer<PassageHit> answer = must(shelf.search("item number"));
  for (const PassageHit& hit : answer.hits) {
    for (const Span& span : hit.snippet.highlights) {
      EXPECT_NE(hit.snippet.text.substr(span.begin, span.end - span.begin), "it");
    }
  }
}

}  // namespace
}  // namespace tome::test
