// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/segment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/check.h"
#include "support/segments.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

TEST(Segment, ChunksMergeIntoOneThatAnswers) {
  const TestFolder index;
  write_chunk(index / "tmp/one", {{"a", {"apple pear apple", "plum"}}});
  write_chunk(index / "tmp/two", {{"b", {"apple fig"}}, {"c", {}}});
  Result<SegmentInfo> segment =
      merge_chunks(index.path(), new_segment_id(), {index / "tmp/one", index / "tmp/two"});
  ASSERT_TRUE(segment.ok()) << segment.error().message;
  EXPECT_EQ(segment->passages, 3u);
  publish_segments(index.path(), {*segment});
  const Result<Reader> reader = Reader::open(index.path());
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->passages(), 3u);
  EXPECT_EQ(found(*reader, match_term("apple")), "a#0 b#0");
  EXPECT_EQ(words_of(*reader), "apple:3 fig:1 pear:1 plum:1");
  EXPECT_EQ(reader->sources()->size(), 3u);
  ASSERT_EQ((*reader->catalogue())->works().size(), 2u);  // c has no passage
  const Result<PassageRecord> passage = reader->find(passage_id("root", "a", 1));
  ASSERT_TRUE(passage.ok());
  EXPECT_EQ(passage->text, "plum");
  EXPECT_EQ(reader->passages_of(source_id("root", "a"))->size(), 2u);
}

TEST(Segment, OrderOfChunksIsOrderOfPassages) {
  const TestFolder index;
  for (const char* name : {"a", "b", "c"}) {
    write_chunk(index / (std::string("tmp/") + name), {{name, {"word"}}});
  }
  Result<SegmentInfo> segment = merge_chunks(index.path(), new_segment_id(),
                                             {index / "tmp/c", index / "tmp/a", index / "tmp/b"});
  ASSERT_TRUE(segment.ok());
  publish_segments(index.path(), {*segment});
  EXPECT_EQ(found(*Reader::open(index.path()), match_term("word")), "c#0 a#0 b#0");
}

TEST(Segment, MoreThanEightPartsMerge) {
  const TestFolder index;
  std::vector<SegmentInfo> segments;
  for (int i = 0; i < 11; ++i) {
    segments.push_back(make_segment(
        index.path(),
        {{"s" + std::to_string(10 + i), {"word only" + std::to_string(10 + i), "word word"}}}));
  }
  Result<SegmentInfo> merged = merge_segments(index.path(), new_segment_id(), segments);
  ASSERT_TRUE(merged.ok()) << merged.error().message;
  EXPECT_EQ(merged->passages, 22u);
  publish_segments(index.path(), {*merged});
  const Result<Reader> one = Reader::open(index.path());
  const std::string words = words_of(*one);
  const std::string order = found(*one, match_term("word"));
  publish_segments(index.path(), segments);
  const Result<Reader> eleven = Reader::open(index.path());
  EXPECT_EQ(words_of(*eleven), words);
  EXPECT_EQ(*eleven->frequency("word"), 22u);
  EXPECT_EQ(*one->frequency("word"), 22u);
  EXPECT_EQ(eleven->average_length(), one->average_length());
  // One-and-the-same weights; in a merged segment equals stand in the order of the parts.
  EXPECT_EQ(order.size(), found(*eleven, match_term("word")).size());
}

TEST(Segment, EditTakesASourceOutWithItsWords) {
  for (const auto& [how, edit] : kEdits) {
    SCOPED_TRACE(how);
    const TestFolder index;
    const SegmentInfo segment = make_segment(
        index.path(), {{"a", {"apple pear", "apple"}}, {"b", {"apple fig"}}, {"c", {"plum"}}});
    SourceRecord changed;
    changed.id = source_id("root", "c");
    changed.root = "root";
    changed.path = "c";
    changed.reason = "replaced";
    const SegmentEdit change{{source_id("root", "a"), source_id("root", "never there")},
                             {PackedSource(changed)}};
    const Result<SegmentInfo> edited =
        edit(index.path(), segment.id, new_segment_id(), change, word_postings);
    ASSERT_TRUE(edited.ok()) << edited.error().message;
    EXPECT_EQ(edited->passages, 2u);
    EXPECT_NE(edited->id, segment.id);
    for (const SegmentFile& file : edited->files) EXPECT_NE(file.name, "termlist.glass");
    for (const auto& entry : fs::directory_iterator(index / "tmp")) {
      EXPECT_TRUE(entry.path().filename().string().starts_with("chunk")) << entry.path();
    }

    publish_segments(index.path(), {*edited});
    const Result<Reader> after = Reader::open(index.path());
    ASSERT_TRUE(after.ok());
    EXPECT_EQ(words_of(*after), "apple:1 fig:1 plum:1");
    EXPECT_EQ(found(*after, match_term("apple")), "b#0");
    EXPECT_EQ(*after->frequency("pear"), 0u);
    EXPECT_EQ(after->find(passage_id("root", "a", 0)).error().code, Code::kNotFound);
    EXPECT_TRUE(after->passages_of(source_id("root", "a"))->empty());
    const Result<std::vector<SourceRecord>> sources = after->sources();
    ASSERT_EQ(sources->size(), 2u);
    EXPECT_EQ((*sources)[1].reason, "replaced");
    EXPECT_TRUE(after->work_records(source_id("root", "a"))->empty());
    EXPECT_EQ((*after->catalogue())->works().size(), 2u);
    // The segment it was copied from is as it was.
    Manifest old;
    old.segments = {segment};
    EXPECT_TRUE(verify_segments(index.path(), old, UINT64_MAX).ok());
  }
}

// Documents are taken out by a table of terms that is lent for it: again and again, whole blocks of
// passages, from a segment that was merged, and the statistics are those of what is left.
TEST(Segment, ManyEditsLeaveWhatWasNeverTakenOut) {
  const TestFolder index;
  Texts all;
  Texts left;
  std::vector<std::string> gone;
  for (int i = 0; i < 300; ++i) {
    const std::string path = "s" + std::to_string(1000 + i);
    for (int j = 0; j < 1 + i % 7; ++j) {
      all[path].push_back("word w" + std::to_string(i % 11) + " v" + std::to_string(i * j));
    }
    if (i % 3 == 0) {
      gone.push_back(source_id("root", path));
    } else {
      left[path] = all[path];
    }
  }
  Result<SegmentInfo> segment = make_segment(index.path(), all);
  for (std::size_t i = 0; i < gone.size(); i += 10) {
    const SegmentEdit edit{{gone.begin() + static_cast<std::ptrdiff_t>(i),
                            gone.begin() + static_cast<std::ptrdiff_t>(i + 10)},
                           {}};
    segment = edit_segment(index.path(), segment->id, new_segment_id(), edit, word_postings);
    ASSERT_TRUE(segment.ok()) << segment.error().message;
  }
  const SegmentInfo fresh = make_segment(index.path(), left);
  ASSERT_EQ(segment->passages, fresh.passages);
  const SegmentContents contents = check_contents(segment_path(index.path(), segment->id));
  EXPECT_TRUE(contents.problems.empty()) << contents.problems.front().message;
  publish_segments(index.path(), {*segment});
  const Result<Reader> edited = Reader::open(index.path());
  publish_segments(index.path(), {fresh});
  const Result<Reader> made = Reader::open(index.path());
  EXPECT_EQ(words_of(*edited), words_of(*made));
  EXPECT_EQ(edited->average_length(), made->average_length());
  for (const char* term : {"word", "w0", "w3", "w10", "v0", "v4"}) {
    EXPECT_EQ(*edited->frequency(term), *made->frequency(term)) << term;
    EXPECT_EQ(found(*edited, match_term(term)), found(*made, match_term(term))) << term;
  }
}

TEST(Segment, NothingLeftIsNoSegment) {
  for (const auto& [how, edit] : kEdits) {
    SCOPED_TRACE(how);
    const TestFolder index;
    const SegmentInfo segment = make_segment(index.path(), {{"a", {"apple"}}});
    const std::string id = new_segment_id();
    const Result<SegmentInfo> edited =
        edit(index.path(), segment.id, id, {{source_id("root", "a")}, {}}, word_postings);
    ASSERT_TRUE(edited.ok());
    EXPECT_TRUE(edited->id.empty());
    EXPECT_FALSE(fs::exists(segment_path(index.path(), id)));
  }
}

// With no memory at all each block of passages has a database of its own, where tome writes them.
TEST(Segment, AChunkThatDoesNotFitInMemoryIsTheSame) {
  for (const ChunkForm form : {ChunkForm::kFastest, ChunkForm::kByXapian}) {
    const TestFolder index;
    Result<ChunkWriter> writer = ChunkWriter::create(index / "tmp/chunk", 0, form);
    ASSERT_TRUE(writer.ok());
    WordCounts words;
    for (std::uint32_t i = 0; i < 40; ++i) {
      const PassageRecord passage =
          passage_of("path", i, fmt::format("every w{} {:>2000}", i, "x"));
      const Status added = writer->add(passage, word_postings(passage, words));
      ASSERT_TRUE(added.ok()) << added.error().message;
    }
    SourceRecord source;
    source.id = source_id("root", "path");
    ASSERT_TRUE(writer->add(source).ok());
    ASSERT_TRUE(writer->finish(words).ok());
    if (form == ChunkForm::kByXapian) {
      EXPECT_EQ(writer->folders().size(), 1u);
    }
    Result<SegmentInfo> segment = merge_chunks(index.path(), new_segment_id(), writer->folders());
    ASSERT_TRUE(segment.ok()) << segment.error().message;
    EXPECT_EQ(segment->passages, 40u);
    publish_segments(index.path(), {*segment});
    const Result<Reader> reader = Reader::open(index.path());
    ASSERT_TRUE(reader.ok());
    EXPECT_EQ(reader->frequency("every").value(), 40u);
    EXPECT_EQ(reader->sources()->size(), 1u);
    for (std::uint32_t i = 0; i < 40; ++i) {
      const Result<PassageRecord> passage = reader->find(passage_id("root", "path", i));
      ASSERT_TRUE(passage.ok()) << i << passage.error().message;
      EXPECT_TRUE(passage->text.starts_with(fmt::format("every w{} ", i)));
    }
  }
}

// An old state of a whole spoke on beside the new one when other sources shared its segment.
TEST(Segment, TheRecordOfAWholeGoesWithItsLastChapter) {
  const TestFolder index;
  const fs::path chunk = index / "tmp/chunk";
  {
    Result<ChunkWriter> writer = ChunkWriter::create(chunk);
    ASSERT_TRUE(writer.ok());
    for (const char* path : {"one", "two", "other"}) {
      PassageRecord passage = passage_of(path, 0, "word");
      passage.works = {path == std::string("other") ? "other" : "whole"};
      ASSERT_TRUE(writer->add(passage, {{"word", 1}}).ok());
      SourceRecord source;
      source.id = passage.source;
      ASSERT_TRUE(writer->add(source).ok());
    }
    WorkRecord whole;
    whole.key = "whole";
    whole.place = "root/folder";
    ASSERT_TRUE(writer->add(whole).ok());
    ASSERT_TRUE(writer->finish({{"word", 3}}).ok());
  }
  Result<SegmentInfo> segment = merge_chunks(index.path(), new_segment_id(), {chunk});
  ASSERT_TRUE(segment.ok());
  for (const auto& [how, edit] : kEdits) {
    Result<SegmentInfo> now = segment;
    for (const auto& [path, records] :
         {std::pair<const char*, std::size_t>{"one", 1}, {"two", 0}}) {
      now = edit(index.path(), now->id, new_segment_id(), {{source_id("root", path)}, {}},
                 word_postings);
      ASSERT_TRUE(now.ok());
      publish_segments(index.path(), {*now});
      EXPECT_EQ(Reader::open(index.path())->work_records("")->size(), records) << how << path;
    }
  }
}

TEST(Segment, FailuresAreErrors) {
  const TestFolder index;
  index.write("file", "x");
  EXPECT_EQ(ChunkWriter::create(index / "file" / "chunk").error().code, Code::kIo);
  EXPECT_FALSE(merge_chunks(index.path(), new_segment_id(), {index / "none"}).ok());
  for (const auto& [how, edit] : kEdits) {
    EXPECT_FALSE(edit(index.path(), "none", new_segment_id(), {}, word_postings).ok()) << how;
    const SegmentEdit some{{source_id("root", "a")}, {}};
    EXPECT_FALSE(edit(index.path(), "none", new_segment_id(), some, word_postings).ok()) << how;
  }
}

TEST(Segment, IdsDifferAndSort) {
  std::string last;
  for (int i = 0; i < 100; ++i) {
    const std::string id = new_segment_id();
    EXPECT_LT(last.substr(0, 14), id);
    EXPECT_NE(last, id);
    last = id;
  }
}

}  // namespace
}  // namespace tome
