// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/front_matter.h"

#include <gtest/gtest.h>

#include "blocks.h"
#include "text/text.h"

namespace tome {
namespace {

using Strings = std::vector<std::string>;

TEST(FrontMatter, EveryKeyIsRead) {
  const Document document = read(Format::kMarkdown, R"(---
kind: Book
title: "Borrowed Rooms"
subtitle: Memory and Other Leases
authors: [Tobias Hallam, "Inès Varga"]
year: 2019
edition: 2nd
publisher: Lantern Press
isbn: 978-0-00-000000-0
topics: memory, ownership ,
features:
  - One floor plan
  - No code
language: en-GB
url: https://example.org/rooms
shelf: left
---
# Rooms
)");
  const WorkInfo& info = document.meta;
  EXPECT_EQ(info.kind, Kind::kBook);
  EXPECT_EQ(info.title, "Borrowed Rooms");
  EXPECT_EQ(info.subtitle, "Memory and Other Leases");
  EXPECT_EQ(info.authors, (Strings{"Tobias Hallam", "Inès Varga"}));
  EXPECT_EQ(info.year, 2019);
  EXPECT_EQ(info.edition, 2);
  EXPECT_EQ(info.publisher, "Lantern Press");
  EXPECT_EQ(info.isbn, "9780000000000");
  EXPECT_EQ(info.topics, (Strings{"memory", "ownership"}));
  EXPECT_EQ(info.features, (Strings{"One floor plan", "No code"}));
  EXPECT_EQ(info.language, "en");
  EXPECT_EQ(info.url, "https://example.org/rooms");
  EXPECT_EQ(show(document), "H1 @rooms Rooms\n");
  EXPECT_EQ(lines_of(document), "18");
  EXPECT_TRUE(document.warnings.empty());
}

// The names that pandoc and the generators of sites give them.
TEST(FrontMatter, DatesAndLanguagesOfOtherPrograms) {
  const Document document =
      read(Format::kMarkdown, "---\ntitle: T\ndate: 2021-03-04T10:00:00Z\nlang: de-AT\n---\nx\n");
  EXPECT_EQ(document.meta.year, 2021);
  EXPECT_EQ(document.meta.language, "de");
  const Document draft = read(Format::kMarkdown, "---\nyear: 2020\ndate: [x]\nlang: [y]\n---\nx\n");
  EXPECT_EQ(draft.meta.year, 2020);
  EXPECT_TRUE(draft.warnings.empty());
}

TEST(FrontMatter, AuthorsInOneText) {
  const std::pair<std::string_view, Strings> cases[] = {
      {"Ann Lee", {"Ann Lee"}},
      {"Ann Lee & Bob Ray", {"Ann Lee", "Bob Ray"}},
      {"Ann Lee; Bob Ray", {"Ann Lee", "Bob Ray"}},
      {"Ann Lee, Bob Ray and Cy Dee", {"Ann Lee", "Bob Ray", "Cy Dee"}},
      {"Ann Lee, Bob Ray, and Cy Dee", {"Ann Lee", "Bob Ray", "Cy Dee"}},
      {"Lee, Ann; Ray, Bob", {"Lee, Ann", "Ray, Bob"}},
      {"Anders Sandberg", {"Anders Sandberg"}},
      {" & ", {}},
      {"", {}},
  };
  for (const auto& [text, authors] : cases) EXPECT_EQ(split_authors(text), authors) << text;
  EXPECT_EQ(read(Format::kMarkdown, "---\nauthor: Ann Lee and Bob Ray\n---\n").meta.authors,
            (Strings{"Ann Lee", "Bob Ray"}));
}

TEST(FrontMatter, AWrongTypeCostsOnlyItsKey) {
  const Document document = read(
      Format::kMarkdown, "---\ntitle: [a, b]\nyear: soon\nauthors: {x: y}\nisbn: 12\n---\nText.\n");
  EXPECT_EQ(document.warnings.size(), 3u);
  EXPECT_EQ(document.warnings[0], "left out of the front matter: the key \"title\" must be text");
  EXPECT_EQ(document.meta.title, "");
  EXPECT_EQ(document.meta.isbn, "12");
  EXPECT_EQ(show(document), "P Text.\n");
}

TEST(FrontMatter, WhatIsNoYamlIsText) {
  const std::string_view cases[] = {
      "---\ntitle: [open\n---\nText.\n", "---\nOnly words here\n---\nText.\n",
      "---\n- a\n- b\n---\nText.\n",     "---\na: &x [*x, *y]\n---\nText.\n",
      "---\n\t: : {{\n---\nText.\n",     "---\n\"\\\u00e9\"\n---\nText.\n",
  };
  for (const std::string_view text : cases) {
    const Document document = read(Format::kMarkdown, text);
    EXPECT_EQ(document.warnings.size(), 1u) << text;
    EXPECT_NE(show(document).find("Text."), std::string::npos) << text;
    EXPECT_EQ(document.meta.title, "") << text;
    std::string copy = document.warnings.at(0);  // quotes what it does not understand
    EXPECT_EQ(repair_utf8(copy), 0u) << copy;
  }
}

TEST(FrontMatter, NoneAtAll) {
  for (const std::string_view text :
       {"", "---", "---\nno end", "text\n---\na: b\n---\n", " ---\na: b\n---"}) {
    const FrontMatter front = read_front_matter(text);
    EXPECT_EQ(front.end, 0u) << text;
    EXPECT_TRUE(front.warnings.empty()) << text;
  }
  EXPECT_EQ(read_front_matter("---\n---\nText.").end, 8u);
}

TEST(FrontMatter, DeepNestingIsAnErrorNotACrash) {
  const std::string deep = "---\na: " + std::string(100'000, '[') + "\n---\nText.\n";
  EXPECT_EQ(read(Format::kMarkdown, deep).warnings.size(), 1u);
}

TEST(WorkYaml, IsStrict) {
  const auto info = parse_work_yaml("kind: book\ntitle: Small Weather\n");
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->title, "Small Weather");
  EXPECT_TRUE(parse_work_yaml("").ok());
  EXPECT_FALSE(parse_work_yaml("- a").ok());
  EXPECT_FALSE(parse_work_yaml("title: [").ok());
  const auto wrong = parse_work_yaml("kind: leaflet");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message, "the key \"kind\" must be book or article");
}

}  // namespace
}  // namespace tome
