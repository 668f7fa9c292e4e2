// SPDX-License-Identifier: GPL-2.0-or-later
// Records that are not what was written, in a segment whose files are what its manifest says: each
// reader of them says so.
#include <random>

#include "store/check.h"
#include "store/files.h"
#include "store/kept_works.h"
#include "store/metadata_keys.h"
#include "store/questions.h"
#include "store/record_writer.h"
#include "store/served.h"
#include "support/small_files.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

// Changes a byte after each place of `mark` in the file.
void spoil(const fs::path& file, std::string_view mark, std::size_t after) {
  std::string bytes = bytes_of(file);
  int places = 0;
  for (std::size_t at = bytes.find(mark); at != bytes.npos; at = bytes.find(mark, at + 1)) {
    ASSERT_LT(at + mark.size() + after, bytes.size());
    bytes[at + mark.size() + after] ^= 1;
    ++places;
  }
  ASSERT_GT(places, 0) << mark;
  write_bytes(file, bytes);
}

class Damage : public testing::Test {
 protected:
  void SetUp() override { segment_ = make_segment(folder_.path(), many()); }

  fs::path segment() const { return segment_path(folder_.path(), segment_.id); }

  // Writes the table of records with another value of the key.
  void write_value(const std::string& key, const std::string& value) {
    RecordMap records;
    ASSERT_TRUE(RecordTable::open(segment())
                    ->visit("",
                            [&](std::string_view name, std::string_view old) {
                              records.emplace(name, old);
                              return true;
                            })
                    .ok());
    ASSERT_TRUE(records.contains(key)) << key;
    records[key] = value;
    ASSERT_TRUE(write_records(segment(), records).ok());
  }

  // The record lacks its last byte, in a table whose checksums are right.
  void spoil_value(const std::string& key) {
    std::string value = RecordTable::open(segment())->get(key)->value_or("");
    value.pop_back();
    write_value(key, value);
  }

  // With the digests of what is there now.
  void publish_spoiled() {
    Result<SegmentInfo> now = describe_segment(folder_.path(), segment_.id, segment_.passages);
    ASSERT_TRUE(now.ok());
    segment_ = *now;
    publish_segments(folder_.path(), {segment_});
  }

  // Of each question that is refused, its name; each says that the index is damaged.
  std::string refused() {
    const Result<Reader> reader = Reader::open(folder_.path());
    EXPECT_TRUE(reader.ok());
    std::string names;
    for (const auto& [name, ask] : questions()) {
      const Status status = ask(*reader);
      if (status.ok()) continue;
      EXPECT_EQ(status.error().code, Code::kDamaged) << name;
      EXPECT_EQ(status.error().hint, kDamagedHint) << name;
      names += (names.empty() ? "" : " ") + std::string(name);
    }
    return names;
  }

  std::string problems() {
    std::string all;
    for (const SegmentProblem& problem : check_contents(segment()).problems) {
      all += problem.file + ": " + problem.message + "\n";
    }
    return all;
  }

  TestFolder folder_;
  SegmentInfo segment_;
};

TEST_F(Damage, NoneIsFoundInWhatIsWhole) {
  publish_spoiled();
  EXPECT_EQ(refused(), "");
  EXPECT_EQ(problems(), "");
}

TEST_F(Damage, OfAWordList) {
  segment_ = make_segment(folder_.path(), {{"s200", {"rare200003 every", "other"}}});
  spoil_value(word_block_key("every"));
  publish_spoiled();
  EXPECT_EQ(refused(), "read words acronyms");  // it has no passage 300
  EXPECT_EQ(problems(), "records: word list words/every is not what was written\n");
  EXPECT_EQ(keep_works(*Reader::open(folder_.path())).error().code, Code::kDamaged);
  const Result<SegmentInfo> merged =
      merge_segments(folder_.path(), new_segment_id(), {segment_, segment_});
  EXPECT_EQ(merged.error().code, Code::kDamaged);
  const Result<SegmentInfo> edited = edit_segment(folder_.path(), segment_.id, new_segment_id(),
                                                  {{source_id("root", "s200")}, {}}, word_postings);
  EXPECT_EQ(edited.error().code, Code::kDamaged);
}

TEST_F(Damage, OfASourceRecord) {
  spoil_value(source_key(source_id("root", "s200")));
  publish_spoiled();
  EXPECT_EQ(refused(), "sources source work_uses");
  EXPECT_NE(problems().find("is not what was written\n"), std::string::npos) << problems();
  EXPECT_NE(problems().find("2 passages are of a source, "), std::string::npos) << problems();
}

// Every question is answered rightly or refused, and the damage is found.
TEST_F(Damage, OfAnyPartOfTheTable) {
  publish_spoiled();
  const fs::path file = segment() / kRecordsFile;
  const std::string whole = bytes_of(file);
  ASSERT_GT(RecordTable::open(segment())->size(), 800u);
  int refusals = 0;
  for (std::size_t at = whole.size() - 1; at < whole.size(); at -= 1009) {
    flip_byte(file, at);
    SCOPED_TRACE(at);
    EXPECT_TRUE(problems().starts_with("records: ")) << problems();
    const Result<Reader> reader = Reader::open(folder_.path(), 0);
    if (!reader) {
      EXPECT_EQ(reader.error().code, Code::kDamaged);
      EXPECT_GE(at, whole.size() - kFooterBytes);
    }
    for (const auto& [name, ask] : questions()) {
      const Status status = reader ? ask(*reader) : Status(Ok{});
      if (status) continue;
      ++refusals;
      EXPECT_EQ(status.error().code, Code::kDamaged) << name;
      EXPECT_EQ(status.error().message, kDamagedRecord) << name;
      EXPECT_EQ(status.error().hint, kDamagedHint) << name;
      EXPECT_EQ(status.error().path, segment().string()) << name;
    }
    write_bytes(file, whole);
  }
  EXPECT_GT(refusals, 50);
}

TEST_F(Damage, OfATableThatIsGone) {
  publish_spoiled();
  fs::remove(segment() / kRecordsFile);
  EXPECT_EQ(problems(), "records: the index is damaged: a file is missing\n");
  EXPECT_EQ(Reader::open(folder_.path(), 0).error().code, Code::kDamaged);
  for (const auto& [how, edit] : kEdits) {
    EXPECT_EQ(edit(folder_.path(), segment_.id, new_segment_id(), {{source_id("root", "s200")}, {}},
                   word_postings)
                  .error()
                  .code,
              Code::kDamaged)
        << how;
  }
  EXPECT_EQ(merge_segments(folder_.path(), new_segment_id(), {segment_}).error().code,
            Code::kDamaged);
}

TEST_F(Damage, OfAWorkRecord) {
  spoil_value(work_record_key(source_id("root", "s200"), "key-s200"));
  publish_spoiled();
  EXPECT_EQ(refused(), "work_records catalogue work_uses");
  EXPECT_TRUE(problems().starts_with("records: work record ")) << problems();
  EXPECT_EQ(make_served(folder_.path()).error().code, Code::kDamaged);
  EXPECT_EQ(keep_works(*Reader::open(folder_.path())).error().code, Code::kDamaged);
}

// From the second question on tables made for the last document were written behind their end.
TEST_F(Damage, OfPostingsThatNameUnknownDocuments) {
  const fs::path file = segment() / "postlist.glass";
  const std::string whole = bytes_of(file);
  const Match lengths = match_term("none");
  std::vector<Match> each(12, match_term("other"));
  const Match any = match_of(Match::Op::kSynonym, each);
  const Match set =
      match_of(Match::Op::kFilter, {match_term("every"), match_of(Match::Op::kOr, each)});
  int refused = 0;
  // The keys of the postings of a word, and of the lengths of all documents.
  for (const std::string& key : {std::string("other"), std::string("\0\xe0", 2)}) {
    for (std::size_t at = whole.find(key); at != whole.npos; at = whole.find(key, at + 1)) {
      for (std::size_t after = 0; after < 16; ++after) {
        std::string bytes = whole;
        bytes.at(at + key.size() + after) = '\x60';
        write_bytes(file, bytes);
        publish_spoiled();
        const Result<Reader> reader = Reader::open(folder_.path());
        if (!reader) continue;
        if (!reader->match(match_term("every"), 0, 9)) continue;
        for (const Match& match : {lengths, any, set}) {
          const Result<Candidates> found = reader->match(match, 0, 9);
          if (found) continue;
          ++refused;
          EXPECT_EQ(found.error().code, Code::kDamaged);
        }
      }
    }
  }
  EXPECT_GT(refused, 0);
}

TEST_F(Damage, OfEachPassage) {
  // Of nothing that Xapian could compress.
  std::mt19937 random(7);
  Texts texts;
  for (int i = 0; i < 200; ++i) {
    std::string& text = texts[fmt::format("s{}", 100 + i)].emplace_back();
    for (int k = 0; k < 30; ++k) text += fmt::format("{:x} ", random());
    texts[fmt::format("s{}", 100 + i)].push_back(text);
  }
  segment_ = make_segment(folder_.path(), texts);
  spoil(segment() / "docdata.glass", "\x28\xb5\x2f\xfd", 12);  // how a block of them begins
  publish_spoiled();
  EXPECT_EQ(refused(), "read find passages_of each_passage");
  EXPECT_EQ(check_contents(segment()).problems.size(), 51u);  // and the rest in number
  for (const auto& [how, edit] : kEdits) {
    const auto postings = [](const PassageRecord&, WordCounts&) -> std::vector<Posting> {
      ADD_FAILURE() << "a damaged passage was read";
      return {};
    };
    EXPECT_EQ(edit(folder_.path(), segment_.id, new_segment_id(), {{source_id("root", "s200")}, {}},
                   postings)
                  .error()
                  .code,
              Code::kDamaged)
        << how;
  }
}

TEST_F(Damage, APassageThatIsNotThere) {
  publish_spoiled();
  const Result<Reader> reader = Reader::open(folder_.path());
  for (const std::uint32_t document : {0u, 801u, 100'000u}) {
    EXPECT_EQ(reader->read(document).error().code, Code::kDamaged) << document;
  }
}

// A segment that holds what cannot be a file of Xapian's, or a file that cannot be read.
TEST_F(Damage, WhatIsNoFile) {
  publish_spoiled();
  const Manifest manifest = *read_manifest(folder_.path());
  fs::create_directory(segment() / "folder");
  EXPECT_EQ(describe_segment(folder_.path(), segment_.id, 1).error().code, Code::kIo);
  EXPECT_EQ(edit_segment(folder_.path(), segment_.id, "copy", {}, word_postings).error().code,
            Code::kIo);
  EXPECT_EQ(edit_segment(folder_.path(), segment_.id, "none/copy", {}, word_postings).error().code,
            Code::kNotFound);
  EXPECT_EQ(describe_segment(folder_.path(), "none", 1).error().code, Code::kNotFound);
  const fs::path table = segment() / "postlist.glass";
  fs::remove(table);
  fs::create_symlink(table, table);
  const Status loop = verify_segments(folder_.path(), manifest);
  EXPECT_EQ(loop.error().code, Code::kIo);
  EXPECT_NE(loop.error().message.find("symbolic links"), std::string::npos) << loop.error().message;
}

TEST_F(Damage, WhatCannotBeServed) {
  EXPECT_EQ(make_served(folder_.path()).error().code, Code::kNotFound);  // nothing is in force
  publish_spoiled();
  folder_.write("current", "x\n");
  EXPECT_EQ(make_served(folder_.path()).error().code, Code::kDamaged);
  folder_.write("current", "1\n");
  folder_.write("served", "a file\n");
  EXPECT_EQ(make_served(folder_.path()).error().code, Code::kIo);
  EXPECT_FALSE(drop_served(folder_.path(), {}));
  fs::remove(folder_ / "served");
  fs::create_directories(folder_ / "served" / "shelf" / "in the way");
  EXPECT_EQ(make_served(folder_.path()).error().code, Code::kIo);
  EXPECT_FALSE(drop_served(folder_.path(), {}));
  fs::remove_all(folder_ / "served");
  flip_byte(segment() / "iamglass", 40);
  EXPECT_EQ(make_served(folder_.path()).error().code, Code::kDamaged);
  flip_byte(segment() / "iamglass", 40);
  EXPECT_TRUE(make_served(folder_.path()).ok());
}

TEST_F(Damage, ADiskThatIsFullWhileItIsMadeReadyToBeServed) {
  publish_spoiled();
  int refused = 0;
  for (rlim_t bytes = 0; bytes < 1'000'000; bytes += 8192) {
    const SmallFiles small(bytes);
    const Result<Served> served = make_served(folder_.path());
    if (served.ok()) break;
    EXPECT_EQ(served.error().code, Code::kIo) << bytes;
    EXPECT_NE(served.error().hint.find("ulimit -f"), std::string::npos)
        << bytes << ": " << served.error().message;
    EXPECT_FALSE(fs::exists(folder_ / std::string(kServedStub))) << bytes;
    ++refused;
  }
  EXPECT_GT(refused, 10);
  const Result<Served> served = make_served(folder_.path());
  ASSERT_TRUE(served.ok()) << served.error().message;
  EXPECT_EQ(check_contents(served->database).passages, 800u);
}

TEST_F(Damage, AGenerationOfNothingIsServed) {
  publish_segments(folder_.path(), {});
  {
    const SmallFiles none(0);
    EXPECT_EQ(make_served(folder_.path()).error().code, Code::kIo);
  }
  const Result<Served> served = make_served(folder_.path());
  ASSERT_TRUE(served.ok()) << served.error().message;
  EXPECT_EQ(check_contents(served->database).passages, 0u);
}

// Records that are what was written, and contradict each other.
TEST_F(Damage, WhatDoesNotFitTogether) {
  Result<ChunkWriter> chunk = ChunkWriter::create(folder_ / "chunk");
  ASSERT_TRUE(chunk.ok());
  PassageRecord twice = passage_of("a", 0, "one");
  PassageRecord stray = passage_of("b", 0, "two");
  PassageRecord other = passage_of("a", 1, "three");
  other.id = passage_id("root", "a", 7);
  for (const PassageRecord& passage : {twice, twice, other, stray}) {
    ASSERT_TRUE(chunk->add(passage, {{"word", 1}}).ok());
  }
  SourceRecord source;
  source.id = source_id("root", "a");
  source.root = "root";
  source.path = "a";
  source.passages = 5;
  ASSERT_TRUE(chunk->add(source).ok());
  ASSERT_TRUE(chunk->finish({}).ok());
  std::string all;
  for (const SegmentProblem& problem : check_contents(folder_ / "chunk").problems) {
    all += problem.file + ": " + problem.message + "\n";
  }
  EXPECT_EQ(all,
            "postlist.glass: passage 0 of root/a is not found by its ID\n"
            "docdata.glass: passage 1 of root/a has the ID of another\n"
            "records: root/a has 3 passages, not 5\n"
            "records: 1 passages are of a source, " +
                source_id("root", "b") +
                ", that has no record\n"
                "records: there is no word list\n");
}

TEST_F(Damage, OfTheOrderOfWords) {
  segment_ = make_segment(folder_.path(), {{"s", {"a b"}}});
  write_value(word_block_key("a"), encode_words({{"a", 1}, {"c", 1}, {"b", 1}}).at(0));
  EXPECT_EQ(problems(), "records: the word list is not in order\n");
}

TEST_F(Damage, OfAnAcronym) {
  Result<ChunkWriter> chunk = ChunkWriter::create(folder_ / "chunk");
  ASSERT_TRUE(chunk.ok());
  ASSERT_TRUE(chunk->add(passage_of("a", 0, "one"), {{"one", 1}}).ok());
  EXPECT_EQ(chunk->passages(), 1u);
  ASSERT_TRUE(chunk->finish({{"one", 1}, {kAcronymMark + std::string("abc"), 1}}).ok());
  publish_segments(folder_.path(),
                   {*merge_chunks(folder_.path(), new_segment_id(), {folder_ / "chunk"})});
  const Result<Reader> reader = Reader::open(folder_.path());
  EXPECT_EQ(reader->acronyms().error().code, Code::kDamaged);
  EXPECT_EQ(words_of(*reader), "one:1");
}

// A name of any length is cut, between two characters.
TEST_F(Damage, IsToldInBoundedWords) {
  Result<ChunkWriter> chunk = ChunkWriter::create(folder_ / "chunk");
  ASSERT_TRUE(chunk.ok());
  std::string path = "x";
  while (path.size() < 2000) path += "\u00e9";
  PassageRecord passage = passage_of("a", 0, "one");
  passage.path = path;  // its ID is that of another
  ASSERT_TRUE(chunk->add(passage, {{"one", 1}}).ok());
  ASSERT_TRUE(chunk->finish({{"one", 1}}).ok());
  const SegmentContents contents = check_contents(folder_ / "chunk");
  ASSERT_GE(contents.problems.size(), 1u);
  const std::string& told = contents.problems[0].message;
  EXPECT_GE(told.size(), 499u);
  EXPECT_LE(told.size(), 502u);
  EXPECT_TRUE(told.starts_with("passage 0 of root/x\u00e9")) << told;
}

TEST_F(Damage, WhatIsNoDatabase) {
  folder_.write("none/iamglass", "x");
  for (const char* name : {"none", "nowhere"}) {
    const SegmentContents contents = check_contents(folder_ / name);
    ASSERT_EQ(contents.problems.size(), 2u) << name;
    EXPECT_TRUE(contents.problems[0].message.starts_with("Xapian finds it damaged: ")) << name;
    EXPECT_TRUE(contents.problems[1].message.starts_with("Xapian cannot read it: ")) << name;
  }
}

TEST_F(Damage, OfAnEncodedReport) {
  SegmentContents contents;
  contents.passages = 5;
  contents.problems = {{"file", "message"}};
  const std::string bytes = encode(contents);
  SegmentContents back;
  ASSERT_TRUE(decode(bytes, back));
  EXPECT_EQ(back.problems.at(0).message, "message");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string bad = bytes;
    bad[i] ^= 1;
    SegmentContents none;
    EXPECT_FALSE(decode(bad, none)) << i;
  }
}

}  // namespace
}  // namespace tome
