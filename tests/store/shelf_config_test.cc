// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/shelf_config.h"

#include <gtest/gtest.h>

#include "support/folder.h"

namespace tome {
namespace {

TEST(ShelfConfig, OddNamesAreReadBack) {
  const TestFolder index;
  ShelfConfig config;
  config.roots = {
      {"docs", "../docs", {}, false},
      {"with \"quotes\" and \\back\\slashes", "/tmp/it's \"odd\"", {"*.tmp", "!keep.tmp"}, true},
      {"new\nline\ttab", "/a\nb", {"/path with space\\ ", "'''", "\"\"\""}, false},
      {"bücher 日本語", "/tmp/bücher", {"#no comment", ""}, false},
      {"[[root]]", "-dash", {"]", "\x01\x7f"}, true},
  };
  const Status status = write_shelf_config(index.path(), config);
  ASSERT_TRUE(status.ok()) << status.error().message;
  const Result<ShelfConfig> back = read_shelf_config(index.path());
  ASSERT_TRUE(back.ok()) << back.error().message << "\n" << bytes_of(index / "shelf.toml");
  ASSERT_EQ(back->roots.size(), config.roots.size());
  for (std::size_t i = 0; i < config.roots.size(); ++i) {
    EXPECT_EQ(back->roots[i].name, config.roots[i].name);
    EXPECT_EQ(back->roots[i].path, config.roots[i].path);
    EXPECT_EQ(back->roots[i].excludes, config.roots[i].excludes);
    EXPECT_EQ(back->roots[i].keep_missing, config.roots[i].keep_missing);
  }
}

TEST(ShelfConfig, MapsAreReadBack) {
  const TestFolder index;
  ShelfConfig config;
  config.roots = {
      {"docs", "../docs", {}, false, {{"title", "The 'Name'"}, {"authors", "x = \"y\""}}}};
  ASSERT_TRUE(write_shelf_config(index.path(), config).ok());
  const Result<ShelfConfig> back = read_shelf_config(index.path());
  ASSERT_TRUE(back.ok()) << back.error().message << "\n" << bytes_of(index / "shelf.toml");
  EXPECT_EQ(back->roots.at(0).maps, config.roots[0].maps);
  for (const char* maps : {"maps = 'x'", "maps = { title = 1 }"}) {
    index.write("shelf.toml", "[[root]]\nname = 'a'\npath = 'b'\n" + std::string(maps) + "\n");
    EXPECT_EQ(read_shelf_config(index.path()).error().code, Code::kUsage) << maps;
  }
  config.roots[0].maps["title"] = "bad\xff";
  EXPECT_FALSE(write_shelf_config(index.path(), config).ok());
}

TEST(ShelfConfig, NoRootsAndNoFile) {
  const TestFolder index;
  EXPECT_EQ(read_shelf_config(index.path()).error().code, Code::kNotFound);
  ASSERT_TRUE(write_shelf_config(index.path(), {}).ok());
  EXPECT_TRUE(read_shelf_config(index.path())->roots.empty());
  index.write("shelf.toml", "");
  EXPECT_TRUE(read_shelf_config(index.path())->roots.empty());
}

// TOML is UTF-8: written down, such a name made the whole file unreadable.
TEST(ShelfConfig, NamesThatAreNotUtf8AreRefusedAndTheOldFileStays) {
  const TestFolder index;
  ASSERT_TRUE(write_shelf_config(index.path(), {{{"good", "/good", {}, false}}}).ok());
  const std::vector<Root> bad = {
      {"bad\xff", "/x", {}, false}, {"x", "/bad\xff", {}, false}, {"x", "/x", {"bad\xff"}, false}};
  for (const Root& root : bad) {
    const Status status = write_shelf_config(index.path(), {{root}});
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, Code::kUsage);
    EXPECT_EQ(read_shelf_config(index.path())->roots.at(0).name, "good");
  }
}

TEST(ShelfConfig, WhatIsNotUnderstoodNamesItsLine) {
  const std::pair<const char*, const char*> table[] = {
      {"# fine\n[[root]\nname = 'a'\n", "line 2"},
      {"[[root]]\nname = \"a\npath = 'b'\n", "line 2"},
      {"[[root]]\nname = 'a'\npath = 'b'\n\n\nkeep_missing = maybe\n", "line 6"},
      {"\n[[root]]\nname = 'a'\n", "line 2"},
      {"[[root]]\npath = 'a'\n", "line 1"},
      {"[[root]]\nname = 7\npath = 'a'\n", "line 1"},
      {"[[root]]\nname='a'\npath='b'\n[[root]]\nname='a'\npath='c'\n", "line 4"},
      {"[root]\nname = 'a'\npath = 'b'\n", "line 1"},
      {"root = 'x'\n", "line 1"},
      {"[[root]]\nname='a'\npath='b'\nexclude = '*.tmp'\n", "line 1"},
      {"[[root]]\nname='a'\npath='b'\nexclude = [1]\n", "line 1"},
      {"[[root]]\nname='a'\npath='b'\nkeep_missing = 'yes'\n", "line 1"},
  };
  for (const auto& [text, line] : table) {
    const TestFolder index;
    index.write("shelf.toml", text);
    const Result<ShelfConfig> config = read_shelf_config(index.path());
    ASSERT_FALSE(config.ok()) << text;
    EXPECT_EQ(config.error().code, Code::kUsage) << text;
    EXPECT_NE(config.error().message.find(line), std::string::npos)
        << text << config.error().message;
    EXPECT_EQ(config.error().path, (index / "shelf.toml").string());
    EXPECT_FALSE(config.error().hint.empty());
  }
}

TEST(ShelfConfig, HasABoundOnShards) {
  const TestFolder index;
  std::string text = "shards = [";
  for (int i = 0; i < 5000; ++i) text += "'shards/" + std::to_string(i) + "',";
  index.write("shelf.toml", text + "]\n");
  const Result<ShelfConfig> config = read_shelf_config(index.path());
  ASSERT_FALSE(config.ok());
  EXPECT_NE(config.error().message.find("there are more than"), std::string::npos)
      << config.error().message;
}

TEST(ShelfConfig, RootsAreSeenFromTheIndex) {
  const TestFolder folder;
  std::filesystem::create_directories(folder / "index");
  std::filesystem::create_directories(folder / "docs");
  EXPECT_EQ(root_path(folder / "index", {"d", "../docs", {}, false}), folder / "docs");
  EXPECT_EQ(root_path(folder / "index", {"d", (folder / "docs").string(), {}, false}),
            folder / "docs");
  EXPECT_EQ(root_path(folder / "index", {"d", "../gone/x", {}, false}), folder / "gone/x");
}

}  // namespace
}  // namespace tome
