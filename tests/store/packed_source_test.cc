// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/packed_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace tome {
namespace {

SourceRecord record_of(const std::string& root, const std::string& path) {
  SourceRecord record;
  record.id = source_id(root, path);
  record.root = root;
  record.path = path;
  return record;
}

std::string paths(KnownSources sources) {
  std::string out;
  for (const PackedSource& source : sources) out += std::string(source.path()) + " ";
  return out;
}

TEST(PackedSource, UnpackedItIsTheRecord) {
  SourceRecord record = record_of("root", "a/b.html");
  record.size = 1'000'000'007;
  record.mtime = -5;
  record.digest = std::string(32, 'd');
  record.state = SourceState::kFailed;
  record.reason = "reason";
  record.format = "html";
  record.language = "en";
  record.passages = 12;
  record.text_bytes = 345;
  record.replaced = 6;
  record.whole = "whole";
  record.hint_title = "title";
  record.hint_home = "home";
  record.hint_home_title = "home title";
  record.hint_site = "site";
  record.warnings = {"one", "two"};
  record.line = 17;
  const PackedSource packed(record);
  EXPECT_EQ(packed.bytes(), encode(record));
  EXPECT_EQ(encode(packed.unpack()), encode(record));
  EXPECT_EQ(packed.id(), record.id);
  EXPECT_EQ(packed.root(), record.root);
  EXPECT_EQ(packed.path(), record.path);
  const SourceFields fields = packed.fields();
  EXPECT_EQ(fields.id, record.id);
  EXPECT_EQ(fields.root, record.root);
  EXPECT_EQ(fields.path, record.path);
  EXPECT_EQ(fields.size, record.size);
  EXPECT_EQ(fields.mtime, record.mtime);
  EXPECT_EQ(fields.digest, record.digest);
  EXPECT_EQ(fields.state, record.state);
  EXPECT_EQ(fields.reason, record.reason);
  EXPECT_EQ(fields.format, record.format);
  EXPECT_EQ(fields.language, record.language);
  EXPECT_EQ(fields.passages, record.passages);
  EXPECT_EQ(fields.text_bytes, record.text_bytes);
  EXPECT_EQ(fields.replaced, record.replaced);
  EXPECT_EQ(fields.whole, record.whole);
  EXPECT_EQ(fields.hint_title, record.hint_title);
  EXPECT_EQ(fields.hint_home, record.hint_home);
  EXPECT_EQ(fields.hint_home_title, record.hint_home_title);
  EXPECT_EQ(fields.hint_site, record.hint_site);
  EXPECT_EQ(fields.line, record.line);
}

TEST(PackedSource, TakesOnlyARecord) {
  const std::string bytes = encode(record_of("root", "a"));
  PackedSource source;
  EXPECT_TRUE(source.empty());
  EXPECT_FALSE(PackedSource::take(bytes.substr(1), source));
  EXPECT_FALSE(PackedSource::take(bytes + "x", source));
  EXPECT_FALSE(PackedSource::take("", source));
  EXPECT_TRUE(source.empty());
  ASSERT_TRUE(PackedSource::take(bytes, source));
  EXPECT_EQ(source.bytes(), bytes);
  EXPECT_EQ(encode(PackedSource().unpack()), encode(SourceRecord()));
}

TEST(PackedSource, AreFoundByRootAndPath) {
  std::vector<PackedSource> sources;
  for (const char* root : {"b", "a", "ab"}) {
    for (const char* path : {"x/y", "x", "x.csv#1", "x.csv", "x.csv#2"}) {
      sources.emplace_back(record_of(root, path));
    }
  }
  std::sort(sources.begin(), sources.end(), comes_before);
  EXPECT_EQ(sources.front().root(), "a");
  EXPECT_EQ(sources.back().root(), "b");
  const KnownSources of_ab = of_root(sources, "ab");
  EXPECT_EQ(paths(of_ab), "x x.csv x.csv#1 x.csv#2 x/y ");
  for (const PackedSource& source : of_ab) EXPECT_EQ(source.root(), "ab");
  EXPECT_TRUE(of_root(sources, "aa").empty());
  EXPECT_TRUE(of_root({}, "a").empty());
  EXPECT_EQ(paths(from_path(of_ab, "x.csv#")), "x.csv#1 x.csv#2 x/y ");
  EXPECT_EQ(paths(from_path(of_ab, "y")), "");
  const PackedSource* found = find_path(of_ab, "x.csv");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id(), source_id("ab", "x.csv"));
  EXPECT_EQ(find_path(of_ab, "x.cs"), nullptr);
  EXPECT_EQ(find_path(of_ab, "z"), nullptr);
}

}  // namespace
}  // namespace tome
