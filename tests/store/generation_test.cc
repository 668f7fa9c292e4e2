// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/generation.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "support/segments.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

fs::path manifest_file(const fs::path& index, const Manifest& manifest) {
  std::string digits = std::to_string(manifest.generation);
  digits.insert(0, 6 - digits.size(), '0');
  return index / "generations" / (digits + ".json");
}

TEST(Generation, NothingPublished) {
  const TestFolder index;
  EXPECT_EQ(*current_generation(index.path()), 0u);
  EXPECT_EQ(read_manifest(index.path())->generation, 0u);
  const Result<Reader> reader = Reader::open(index.path());
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::kNotFound);
  EXPECT_FALSE(reader.error().hint.empty());
  EXPECT_EQ(Reader::open(index / "nowhere").error().code, Code::kNotFound);
}

TEST(Generation, ManifestIsReadBack) {
  const TestFolder index;
  const Manifest written = publish_texts(index.path(), {{"a", {"one two", "three"}}});
  const Result<Manifest> read = read_manifest(index.path());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->generation, 1u);
  EXPECT_EQ(read->analyser, written.analyser);
  EXPECT_EQ(read->tome, written.tome);
  EXPECT_EQ(read->xapian, written.xapian);
  EXPECT_EQ(read->icu, written.icu);
  EXPECT_EQ(read->passages, 2u);
  ASSERT_EQ(read->segments.size(), 1u);
  EXPECT_EQ(read->segments[0].id, written.segments[0].id);
  EXPECT_EQ(read->segments[0].passages, 2u);
  std::uint64_t bytes = 0;
  for (const SegmentFile& file : read->segments[0].files) {
    bytes += file.size;
    EXPECT_EQ(file.digest.size(), 32u);
    EXPECT_NE(file.name, "flintlock");
  }
  EXPECT_EQ(read->segments[0].bytes, bytes);
  EXPECT_TRUE(verify_segments(index.path(), *read, UINT64_MAX).ok());
}

TEST(Generation, NumbersGoUpByOne) {
  const TestFolder index;
  for (std::uint64_t n = 1; n <= 3; ++n) {
    EXPECT_EQ(publish_segments(index.path(), {}).generation, n);
    EXPECT_EQ(*current_generation(index.path()), n);
  }
  // A crash between manifest and pointer leaves a manifest that was never in force: no number
  // stands for two things.
  index.write("generations/000004.json", "{}");
  EXPECT_EQ(publish_segments(index.path(), {}).generation, 5u);
  index.write("current", "rubbish");
  EXPECT_EQ(publish_segments(index.path(), {}).generation, 6u);
  EXPECT_EQ(*current_generation(index.path()), 6u);
}

TEST(Generation, ADamagedPointerIsDamage) {
  const TestFolder index;
  publish_texts(index.path(), {{"a", {"one"}}});
  for (const char* pointer : {"", "\n", "x\n", "1", "0\n", "-1\n", " 1\n", "1\n\n", "1x\n", "2\n",
                              "99999999999999999999999\n"}) {
    index.write("current", pointer);
    const Result<Reader> reader = Reader::open(index.path());
    ASSERT_FALSE(reader.ok()) << pointer;
    EXPECT_EQ(reader.error().code, Code::kDamaged) << pointer;
    EXPECT_EQ(reader.error().hint, kDamagedHint);
  }
  index.write("current", std::string(1000, '1'));
  EXPECT_FALSE(Reader::open(index.path()).ok());
  index.write("current", "1\n");
  EXPECT_TRUE(Reader::open(index.path()).ok());
}

// An index whose pointer was deleted said "there is no index yet".
TEST(Generation, AMissingPointerIsDamage) {
  const TestFolder index;
  publish_texts(index.path(), {{"a", {"one"}}});
  fs::remove(index / "current");
  const Result<Reader> reader = Reader::open(index.path());
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::kDamaged);
  EXPECT_EQ(reader.error().hint, kDamagedHint);
  index.write("current", "none\n");  // as a crash in the midst of the first publication leaves it
  EXPECT_EQ(Reader::open(index.path()).error().code, Code::kNotFound);
  EXPECT_EQ(publish_segments(index.path(), {}).generation, 2u);
  EXPECT_TRUE(Reader::open(index.path()).ok());
}

TEST(Generation, ADamagedManifestIsDamage) {
  const TestFolder index;
  const Manifest manifest = publish_texts(index.path(), {{"a", {"one"}}});
  const fs::path path = manifest_file(index.path(), manifest);
  const std::string good = bytes_of(path);
  for (std::size_t i = 0; i < good.size(); ++i) {  // one flipped bit anywhere that says something
    if (good[i] == ' ' || good[i] == '\n') continue;
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    write_bytes(path, bad);
    const Result<Manifest> read = read_manifest(index.path());
    ASSERT_FALSE(read.ok()) << "byte " << i << ": " << good.substr(i, 20);
    EXPECT_TRUE(read.error().code == Code::kDamaged || good.find("\"schema\"") < i) << i;
  }
  for (const std::size_t size : {std::size_t{0}, good.size() / 2, good.size() - 3}) {
    write_bytes(path, good.substr(0, size));
    EXPECT_EQ(Reader::open(index.path()).error().code, Code::kDamaged) << size;
  }
  fs::remove(path);
  EXPECT_EQ(Reader::open(index.path()).error().code, Code::kDamaged);
  write_bytes(path, good);
  EXPECT_TRUE(Reader::open(index.path()).ok());
  fs::rename(path, index / "generations" / "000002.json");  // another generation's manifest
  index.write("current", "2\n");
  EXPECT_EQ(Reader::open(index.path()).error().code, Code::kDamaged);
}

TEST(Generation, AnotherSchemaIsUnsupported) {
  const TestFolder index;
  const fs::path path = manifest_file(index.path(), publish_segments(index.path(), {}));
  std::string text = bytes_of(path);
  const std::string now = "\"schema\": " + std::to_string(kSchemaVersion);
  const std::size_t at = text.find(now);
  ASSERT_NE(at, std::string::npos);
  for (const auto& [schema, hint] :
       {std::pair<int, const char*>{kSchemaVersion + 1, "newer tome"}, {0, "rebuild"}}) {
    std::string other = text;
    other.replace(at, now.size(), "\"schema\": " + std::to_string(schema));
    write_bytes(path, other);
    const Result<Reader> reader = Reader::open(index.path());
    ASSERT_FALSE(reader.ok());
    EXPECT_EQ(reader.error().code, Code::kUnsupported);
    EXPECT_NE(reader.error().hint.find(hint), std::string::npos) << reader.error().hint;
  }
}

TEST(Generation, DamagedSegmentFilesAreDamage) {
  const TestFolder index;
  const Manifest manifest = publish_texts(index.path(), {{"a", {"one two"}}, {"b", {"three"}}});
  for (const SegmentFile& file : manifest.segments[0].files) {
    const fs::path path = segment_path(index.path(), manifest.segments[0].id) / file.name;
    const std::string good = bytes_of(path);
    const auto expect_damage = [&](const char* what) {
      const Result<Reader> reader = Reader::open(index.path());
      ASSERT_FALSE(reader.ok()) << file.name << " " << what;
      EXPECT_EQ(reader.error().code, Code::kDamaged) << file.name << " " << what;
      EXPECT_EQ(reader.error().path, path.string()) << what;
      EXPECT_EQ(verify_segments(index.path(), manifest, UINT64_MAX).error().code, Code::kDamaged);
    };
    for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
      flip_byte(path, at);
      expect_damage("flipped");
      write_bytes(path, good);
    }
    write_bytes(path, good.substr(0, good.size() - 1));
    expect_damage("cut");
    write_bytes(path, good + '\0');
    expect_damage("grown");
    write_bytes(path, std::string(good.size(), '\0'));
    expect_damage("zeroed");
    fs::remove(path);
    expect_damage("missing");
    fs::create_directory(path);
    expect_damage("a folder");
    fs::remove(path);
    write_bytes(path, good);
    EXPECT_TRUE(Reader::open(index.path()).ok());
  }
  fs::remove_all(segment_path(index.path(), manifest.segments[0].id));
  EXPECT_EQ(Reader::open(index.path()).error().code, Code::kDamaged);
}

TEST(Generation, GarbageIsAllButThisAndThePrevious) {
  const TestFolder index;
  std::vector<Manifest> made;
  for (int i = 0; i < 4; ++i) made.push_back(publish_texts(index.path(), {{"a", {"one"}}}));
  index.write("segments/stray/iamglass", "x");
  index.write("tmp/left/over", "x");
  index.write("generations/000009.json", "{}");      // never in force
  index.write("generations/000003.json.new", "{}");  // killed while writing
  index.write("shelf.toml", "");
  collect_garbage(index.path());
  EXPECT_EQ(names_in(index / "segments"),
            (std::set<std::string>{made[2].segments[0].id, made[3].segments[0].id}));
  EXPECT_EQ(names_in(index / "generations"), (std::set<std::string>{"000003.json", "000004.json"}));
  EXPECT_FALSE(fs::exists(index / "tmp"));
  EXPECT_TRUE(fs::exists(index / "shelf.toml"));
  EXPECT_TRUE(Reader::open(index.path()).ok());
}

TEST(Generation, GarbageIsLeftAloneWhenNobodyKnowsWhatIsInUse) {
  const TestFolder index;
  const Manifest manifest = publish_texts(index.path(), {{"a", {"one"}}});
  const fs::path path = manifest_file(index.path(), manifest);
  const std::string good = bytes_of(path);
  write_bytes(path, "{");
  collect_garbage(index.path());
  write_bytes(path, good);
  index.write("current", "x");
  collect_garbage(index.path());
  index.write("current", "1\n");
  EXPECT_TRUE(Reader::open(index.path()).ok());
}

// Each step of a publication that cannot be taken leaves what was in force.
TEST(Generation, WhatCannotBePublishedChangesNothing) {
  for (const char* in_the_way : {"current.new/folder", "generations/000002.json.new/folder"}) {
    const TestFolder index;
    const Manifest old = publish_texts(index.path(), {{"a", {"one"}}});
    index.write(in_the_way, "");
    Manifest manifest = this_version();
    const Status status = publish(index.path(), manifest);
    ASSERT_FALSE(status.ok()) << in_the_way;
    EXPECT_EQ(status.error().code, Code::kIo) << in_the_way;
    EXPECT_TRUE(status.error().path.starts_with(index.path().string())) << status.error().path;
    EXPECT_EQ(Reader::open(index.path())->manifest().segments[0].id, old.segments[0].id);
    EXPECT_EQ(found(*Reader::open(index.path()), match_term("one")), "a#0");
  }
  for (const char* folder : {"generations", "segments", "current/x"}) {
    const TestFolder index;
    index.write(folder, "");
    Manifest manifest = this_version();
    EXPECT_FALSE(publish(index.path(), manifest).ok()) << folder;
    EXPECT_FALSE(Reader::open(index.path()).ok()) << folder;
    collect_garbage(index.path());
    EXPECT_TRUE(fs::exists(index / folder)) << folder;
  }
}

// A reader that was kept waiting between the pointer and its manifest called the index damaged.
TEST(Generation, IsReadWhileOthersArePublished) {
  const TestFolder index;
  publish_segments(index.path(), {});
  std::atomic<bool> done{false};
  std::atomic<int> damaged{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 6; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        if (!read_manifest(index.path()).ok()) ++damaged;
      }
    });
  }
  for (int i = 0; i < 1500; ++i) {
    publish_segments(index.path(), {});
    collect_garbage(index.path());
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(damaged, 0);
}

TEST(Generation, AListOfGenerationsThatCannotBeReadIsAnError) {
  const TestFolder index;
  index.write("generations", "a file");
  EXPECT_EQ(generations_on_disk(index.path()).error().code, Code::kIo);
  EXPECT_EQ(current_generation(index.path()).error().code, Code::kIo);
  EXPECT_EQ(read_manifest(index.path()).error().code, Code::kIo);
  EXPECT_EQ(read_manifest(index.path(), 1).error().code, Code::kIo);
}

}  // namespace
}  // namespace tome
