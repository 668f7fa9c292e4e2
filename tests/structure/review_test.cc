// SPDX-License-Identifier: GPL-2.0-or-later
// One review of three books as plain text, Markdown and HTML: from bytes to the same works and the
// same passages.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "documents.h"
#include "extract/extract.h"

namespace tome {
namespace {

Document read(const std::string& name) {
  std::ifstream in(std::string(TOME_TEST_DATA) + "/" + name, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  Result<Document> document = extract(detect_format(name, bytes), bytes);
  EXPECT_TRUE(document.ok()) << name;
  return document.ok() ? *std::move(document) : Document{};
}

class ReviewFileTest : public testing::TestWithParam<const char*> {};

TEST_P(ReviewFileTest, Works) {
  const Structured made = structure(read(GetParam()), named(GetParam()));
  const struct {
    const char* title;
    const char* subtitle;
    const char* authors;
    const char* features;
  } expected[] = {
      {"Three Books About Clocks: A Short Shelf for Menders", "", "", ""},
      {"The Quiet Pendulum", "Timekeeping from Galileo to Quartz", "Ida Brandt-Moser",
       "Drawings of eleven escapements, each shown in four positions/"
       "A chapter on temperature: mercury jars, gridirons and invar"},
      {"Bench Notes", "", "Tom\u00E1s de la Vega/Ruth Okafor Jr.",
       "Faults sorted by what one hears/Cures that need no lathe/Prices of parts, now out of date"},
      {"Wheels Within Wheels", "Gear Trains, Worked by Hand", "Pim van 't Hoff",
       "Two hundred worked ratios/Tooth forms: cycloid against involute"},
  };
  ASSERT_EQ(made.works.size(), std::size(expected)) << titles(made);
  for (std::size_t i = 0; i < made.works.size(); ++i) {
    EXPECT_EQ(made.works[i].title, expected[i].title);
    EXPECT_EQ(made.works[i].subtitle, expected[i].subtitle);
    EXPECT_EQ(joined(made.works[i].authors, "/"), expected[i].authors);
    EXPECT_EQ(joined(made.works[i].features, "/"), expected[i].features);
    EXPECT_EQ(made.works[i].kind, i == 0 ? Kind::kArticle : Kind::kBook);
  }
}

// How each passage begins and ends, where it stands and to which works it belongs.
TEST_P(ReviewFileTest, Passages) {
  const Document document = read(GetParam());
  const Structured made = structure(document, named(GetParam()));
  const struct {
    const char* begins;
    const char* ends;
    const char* place;
  } expected[] = {
      {"Three Books About Clocks", "beside the bench.", "0: "},
      {"What a Mender Needs to Know", "care for both.", "0: What a Mender Needs to Know"},
      {"The Quiet Pendulum: Time", "reasons before recipes.", "1,0: The Quiet Pendulum"},
      {"Bench Notes", "owns a clock.", "2,0: Bench Notes"},
      {"Wheels Within Wheels: Gear", "rather than mend.", "3,0: Wheels Within Wheels"},
      {"Which One First", "until a tooth breaks.", "0: Which One First"},
  };
  ASSERT_EQ(made.passages.size(), std::size(expected));
  for (std::size_t i = 0; i < made.passages.size(); ++i) {
    std::string_view text = text_of(document, made.passages[i]);
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    const std::string_view ends = expected[i].ends;
    EXPECT_EQ(text.rfind(expected[i].begins, 0), 0u) << text;
    ASSERT_GE(text.size(), ends.size());
    EXPECT_EQ(text.substr(text.size() - ends.size()), ends);
    EXPECT_EQ(place_of(document, made, text), expected[i].place);
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, ReviewFileTest,
                         testing::Values("review.txt", "review.md", "review.html"));

// The extractor's own files: the same article in four forms, one of them wrapped text.
class GardensTest : public testing::TestWithParam<const char*> {};

TEST_P(GardensTest, WorksAndPlaces) {
  const Document document = read(std::string("../../extract/data/") + GetParam());
  const Structured made = structure(document, named(GetParam()));
  EXPECT_EQ(titles(made),
            "Gardens in the Machine: Three Books on Growing Software / The Patient Compiler / "
            "Borrowed Rooms / Small Weather");
  ASSERT_EQ(made.works.size(), 4u);
  EXPECT_EQ(made.works[2].subtitle, "Memory, Ownership, and Other Leases");
  EXPECT_EQ(joined(made.works[1].authors, "/"), "Mirabel Quint");
  EXPECT_EQ(joined(made.works[2].authors, "/"), "Tobias Hallam/In\u00E8s Varga");
  EXPECT_EQ(joined(made.works[3].authors, "/"), "Odile Brandt/Samuel Okoro/Wen Li");
  EXPECT_EQ(made.works[1].features.size(), 3u);
  EXPECT_EQ(made.works[2].features.size(), 2u);
  EXPECT_EQ(made.works[3].features.at(0), "Little's law, derived at a bus stop");
  EXPECT_EQ(place_of(document, made, "Nobody plants an orchard"), "0: ");
  EXPECT_EQ(place_of(document, made, "Prices and page"), "0: How to Read This Review");
  EXPECT_EQ(place_of(document, made, "twelve-year-old laptop"), "1,0: The Patient Compiler");
  EXPECT_EQ(place_of(document, made, "begins with a landlord"), "2,0: Borrowed Rooms");
  EXPECT_EQ(place_of(document, made, "People who are woken"), "3,0: Small Weather");
  EXPECT_EQ(place_of(document, made, "plant something"), "0: Where to Start");
}

INSTANTIATE_TEST_SUITE_P(Files, GardensTest,
                         testing::Values("review.txt", "review.wrapped.txt", "review.md",
                                         "review.html"));

}  // namespace
}  // namespace tome
