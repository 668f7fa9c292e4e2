// SPDX-License-Identifier: GPL-2.0-or-later
// What the store says when Xapian or the disk fails it in the midst of a call: an error that names
// the place, never an empty answer and never an exception.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "store/questions.h"
#include "support/small_files.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

class Torn : public testing::Test {
 protected:
  void SetUp() override { segment_ = publish_texts(folder_.path(), many()).segments.at(0); }

  TestFolder folder_;
  SegmentInfo segment_;
};

TEST_F(Torn, EachQuestionIsRefused) {
  const fs::path path = segment_path(folder_.path(), segment_.id);
  fs::copy(path, folder_ / "whole");
  for (const auto& [name, ask] : questions()) {
    const Result<Reader> reader = Reader::open(folder_.path(), 0);
    ASSERT_TRUE(reader.ok()) << name;
    empty_tables(path);
    const Status status = ask(*reader);
    ASSERT_FALSE(status.ok()) << name;
    EXPECT_EQ(status.error().code, Code::kDamaged) << name;
    EXPECT_TRUE(status.error().path.starts_with(folder_.path().string())) << name;
    EXPECT_EQ(status.error().hint, kDamagedHint) << name;
    fs::remove_all(path);
    fs::copy(folder_ / "whole", path);
    EXPECT_TRUE(ask(*Reader::open(folder_.path(), 0)).ok()) << name;
  }
}

TEST_F(Torn, AnEmptyTableIsNotOpened) {
  empty_tables(segment_path(folder_.path(), segment_.id));
  EXPECT_EQ(Reader::open(folder_.path(), 0).error().code, Code::kDamaged);
}

TEST_F(Torn, EachEditIsRefused) {
  SourceRecord record;
  record.id = source_id("root", "s200");
  const std::vector<std::pair<const char*, SegmentEdit>> edits = {
      {"remove", {{record.id}, {}}}, {"replace", {{}, {PackedSource(record)}}}};
  const fs::path path = segment_path(folder_.path(), segment_.id);
  fs::copy(path, folder_ / "whole");
  for (const auto& [name, edit] : edits) {
    for (const auto& [how, apply] : kEdits) {
      SCOPED_TRACE(std::string(name) + " " + how);
      EXPECT_TRUE(apply(folder_.path(), segment_.id, new_segment_id(), edit, word_postings).ok());
      empty_tables(path);
      const Result<SegmentInfo> torn =
          apply(folder_.path(), segment_.id, new_segment_id(), edit, word_postings);
      ASSERT_FALSE(torn.ok());
      EXPECT_EQ(torn.error().code, Code::kIo);
      EXPECT_EQ(torn.error().hint, "run: tome check");
      EXPECT_TRUE(torn.error().path.starts_with(folder_.path().string()));
      fs::remove_all(path);
      fs::copy(folder_ / "whole", path);
    }
  }
  EXPECT_TRUE(verify_segments(folder_.path(), *read_manifest(folder_.path()), UINT64_MAX).ok());
}

TEST_F(Torn, NothingIsMadeOfIt) {
  empty_tables(segment_path(folder_.path(), segment_.id));
  const Result<SegmentInfo> merged =
      merge_segments(folder_.path(), new_segment_id(), {segment_, segment_});
  EXPECT_EQ(merged.error().code, Code::kDamaged);
}

// What is added is kept in memory and written now and then, by Xapian or at the end: the error may
// come at any call.
TEST(Failure, AChunkThatFindsNoRoomSaysSo) {
  enum Kind { kPassages, kSources, kWorks };
  for (const ChunkForm form : {ChunkForm::kFastest, ChunkForm::kByXapian}) {
    for (const Kind kind : {kPassages, kSources, kWorks}) {
      SCOPED_TRACE(fmt::format("form {}, kind {}", static_cast<int>(form), static_cast<int>(kind)));
      const TestFolder folder;
      Result<ChunkWriter> chunk = ChunkWriter::create(folder / "chunk", kChunkMemory, form);
      ASSERT_TRUE(chunk.ok());
      const SmallFiles small(64u << 10);
      std::mt19937 random(7);
      Status status = Ok{};
      int added = 0;
      const int most = kind == kPassages ? 20'000 : 2'000;
      for (; status.ok() && added < most; ++added) {
        const std::string path = fmt::format("s{}", added);
        SourceRecord source;
        source.id = source_id("root", path);
        for (int i = 0; i < 60; ++i) source.reason += fmt::format("{:x} ", random());
        WorkRecord work;
        work.key = path;
        work.info.title = source.reason;
        switch (kind) {
          case kPassages:
            status = chunk->add(passage_of(path, 0, source.reason), {{path, 1}, {"every", 1}});
            break;
          case kSources:
            status = chunk->add(source);
            break;
          case kWorks:
            status = chunk->add(work);
            break;
        }
      }
      EXPECT_GT(added, 1);
      const Status finished = chunk->finish({{"every", 1}});
      ASSERT_FALSE(finished.ok());
      if (status.ok()) status = finished;
      EXPECT_EQ(status.error().code, Code::kIo);
      EXPECT_NE(status.error().message.find("File too large"), std::string::npos)
          << status.error().message;
      EXPECT_NE(status.error().hint.find("ulimit -f"), std::string::npos) << status.error().hint;
    }
  }
}

TEST(Failure, AMergeAndAnEditThatFindNoRoomSaySo) {
  const TestFolder index;
  const SegmentInfo one = make_segment(index.path(), many());
  const SegmentInfo two = make_segment(index.path(), {{"b", {"every b"}}});
  const SegmentEdit edit{{source_id("root", "b")}, {}};
  const SmallFiles small(4096);
  for (const Status& status :
       {status_of(merge_segments(index.path(), new_segment_id(), {one, two})),
        status_of(edit_segment(index.path(), two.id, "edited", edit, word_postings)),
        status_of(rewrite_segment(index.path(), one.id, "rewritten", {}, word_postings)),
        status_of(edit_segment(index.path(), one.id, "copy", {}, word_postings))}) {
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, Code::kIo);
    EXPECT_NE(status.error().hint.find("ulimit -f"), std::string::npos) << status.error().message;
  }
}

}  // namespace
}  // namespace tome
