// SPDX-License-Identifier: GPL-2.0-or-later
// The catalogue that is kept beside the index: it saves time, and nothing depends on it.
#include "store/kept_works.h"

#include <gtest/gtest.h>

#include "support/segments.h"
#include "support/small_files.h"

namespace tome {
namespace {

// Paths of which the keys of works have the length of real ones.
const Texts kTexts = {{"a-path-of-12", {"apple pear"}}, {"b-path-of-12", {"apple"}}};

std::string titles(const std::filesystem::path& index) {
  const Result<Reader> reader = Reader::open(index);
  std::string all;
  for (const Work& work : (*reader->catalogue())->works()) all += work.info.title + ";";
  EXPECT_TRUE((*reader->acronyms())->readings("none").empty());
  return all;
}

TEST(KeptWorks, WhatIsDamagedOrOfAnotherGenerationIsMadeAnew) {
  const TestFolder index;
  const Manifest manifest = publish_texts(index.path(), kTexts);
  const std::string right = titles(index.path());
  EXPECT_EQ(right, "Title of a-path-of-12;Title of b-path-of-12;");
  EXPECT_FALSE(read_kept_works(index.path(), manifest).has_value());
  EXPECT_FALSE(read_kept_counts(index.path(), manifest).has_value());
  ASSERT_TRUE(keep_works(*Reader::open(index.path())).ok());
  ASSERT_TRUE(read_kept_works(index.path(), manifest).has_value());
  ASSERT_TRUE(read_kept_acronyms(index.path(), manifest).has_value());
  ASSERT_EQ(read_kept_counts(index.path(), manifest)->works, 2u);
  EXPECT_EQ(titles(index.path()), right);
  const std::string bytes = bytes_of(index / "works");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string bad = bytes;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    for (const std::string& text : {bad, bytes.substr(0, i)}) {
      index.write("works", text);
      const auto counts = read_kept_counts(index.path(), manifest);
      EXPECT_TRUE(!counts || counts->works == 2) << i;
      EXPECT_FALSE(read_kept_works(index.path(), manifest) &&
                   read_kept_acronyms(index.path(), manifest))
          << i;
      EXPECT_EQ(titles(index.path()), right) << i;
    }
  }
  index.write("works", bytes);
  publish_texts(index.path(), {{"c-path-of-12", {"fig"}}});
  EXPECT_EQ(titles(index.path()), "Title of c-path-of-12;");
}

TEST(KeptWorks, WithoutRoomNothingIsKeptAndTheOldStays) {
  const TestFolder index;
  const Manifest manifest = publish_texts(index.path(), kTexts);
  const Result<Reader> reader = Reader::open(index.path());
  ASSERT_TRUE(keep_works(*reader).ok());
  const SmallFiles small(16);
  EXPECT_EQ(keep_works(*reader).error().code, Code::kIo);
  EXPECT_TRUE(read_kept_works(index.path(), manifest).has_value());
}

}  // namespace
}  // namespace tome
