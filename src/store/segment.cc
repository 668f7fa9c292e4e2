// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/segment.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "store/files.h"
#include "store/metadata_keys.h"
#include "store/terms.h"
#include "store/word_list.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Small flushes keep Xapian's inverter in the processor's cache (decision 2).
constexpr std::uint64_t kPassagesPerFlush = 2000;
constexpr int kPrivate = Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS;

Error failed(const Xapian::Error& error, const fs::path& path) {
  const bool full =
      error.get_error_string() != nullptr &&
      std::string_view(error.get_error_string()).find("space") != std::string_view::npos;
  return Error{Code::kIo, "cannot write the index: " + error.get_description(),
               full ? "free some space on that disk and run it again" : "", path.string()};
}

std::vector<WordCount> sorted_words(const WordCounts& counts) {
  std::vector<WordCount> words;
  words.reserve(counts.size());
  for (const auto& [word, count] : counts) {
    if (count > 0) words.push_back({word, static_cast<std::uint64_t>(count)});
  }
  std::sort(words.begin(), words.end(),
            [](const WordCount& a, const WordCount& b) { return a.word < b.word; });
  return words;
}

Result<std::vector<WordCount>> read_words(const Xapian::Database& database, const fs::path& path) {
  std::vector<WordCount> words;
  const std::string prefix(kWordsKey);
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix);
       ++key) {
    if (!decode_words(database.get_metadata(*key), words)) {
      return Error{Code::kDamaged, "the index is damaged: its word list is not what was written",
                   "run: tome rebuild", path.string()};
    }
  }
  return words;
}

// Records of wholes of which the database no longer has a chapter: they would speak for the whole
// beside what its chapters, indexed anew elsewhere, say of it now.
void drop_empty_wholes(Xapian::WritableDatabase& database) {
  const std::string prefix = work_record_key("", "");
  std::vector<std::string> keys;
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix);
       ++key) {
    if (!database.term_exists(work_term((*key).substr(prefix.size())))) keys.push_back(*key);
  }
  for (const std::string& key : keys) database.set_metadata(key, "");
}

void write_words(Xapian::WritableDatabase& database, const std::vector<WordCount>& words) {
  const std::string prefix(kWordsKey);
  std::vector<std::string> old;
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix);
       ++key) {
    old.push_back(*key);
  }
  for (const std::string& key : old) database.set_metadata(key, "");
  const std::vector<std::string> blocks = encode_words(words);
  for (std::size_t i = 0; i < blocks.size(); ++i) database.set_metadata(words_key(i), blocks[i]);
}

// Merges databases into one segment and gives it the word list.
Result<SegmentInfo> merge(const fs::path& index, const std::string& id,
                          const std::vector<fs::path>& parts, const std::vector<WordCount>& words) {
  const fs::path out = segment_path(index, id);
  try {
    std::error_code code;
    fs::create_directories(out.parent_path(), code);
    std::uint64_t passages = 0;
    {
      Xapian::Database all;
      for (const fs::path& part : parts) all.add_database(Xapian::Database(part.string()));
      passages = all.get_doccount();
      all.compact(out.string(), parts.size() > 8 ? Xapian::DBCOMPACT_MULTIPASS : 0);
    }
    {
      Xapian::WritableDatabase database(out.string(), Xapian::DB_OPEN | kPrivate);
      write_words(database, words);
      database.commit();
    }
    Result<SegmentInfo> segment = describe_segment(index, id, passages);
    if (!segment) return segment;
    if (Status status = sync_folder(out); !status) return status.error();
    return segment;
  } catch (const Xapian::Error& error) {
    return failed(error, out);
  }
}

}  // namespace

struct ChunkWriter::Impl {
  fs::path folder;
  Xapian::WritableDatabase database;
  std::uint64_t passages = 0;
};

ChunkWriter::ChunkWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChunkWriter::ChunkWriter(ChunkWriter&&) noexcept = default;
ChunkWriter::~ChunkWriter() = default;

Result<ChunkWriter> ChunkWriter::create(const fs::path& folder) {
  try {
    auto impl = std::make_unique<Impl>();
    impl->folder = folder;
    std::error_code code;
    fs::create_directories(folder.parent_path(), code);
    impl->database = Xapian::WritableDatabase(
        folder.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | kPrivate);
    return ChunkWriter(std::move(impl));
  } catch (const Xapian::Error& error) {
    return failed(error, folder);
  }
}

Status ChunkWriter::add(const PassageRecord& passage, const std::vector<Posting>& postings) {
  try {
    Xapian::Document document;
    document.set_data(encode(passage));
    for (const Posting& posting : postings) {
      if (posting.wdf == 0) {
        document.add_boolean_term(posting.term);
      } else {
        document.add_term(posting.term, posting.wdf);
      }
    }
    document.add_boolean_term(passage_term(passage.id));
    document.add_boolean_term(source_term(passage.source));
    if (!passage.language.empty()) document.add_boolean_term(language_term(passage.language));
    for (const std::string& key : passage.works) document.add_boolean_term(work_term(key));
    impl_->database.add_document(document);
    if (++impl_->passages % kPassagesPerFlush == 0) impl_->database.commit();
    return Ok{};
  } catch (const Xapian::Error& error) {
    return failed(error, impl_->folder);
  }
}

Status ChunkWriter::add(const SourceRecord& source) {
  try {
    impl_->database.set_metadata(source_key(source.id), encode(source));
    return Ok{};
  } catch (const Xapian::Error& error) {
    return failed(error, impl_->folder);
  }
}

Status ChunkWriter::add(const WorkRecord& work) {
  try {
    impl_->database.set_metadata(work_record_key(work.source, work.key), encode(work));
    return Ok{};
  } catch (const Xapian::Error& error) {
    return failed(error, impl_->folder);
  }
}

Status ChunkWriter::finish(const WordCounts& words) {
  try {
    write_words(impl_->database, sorted_words(words));
    impl_->database.commit();
    impl_->database.close();
    return Ok{};
  } catch (const Xapian::Error& error) {
    return failed(error, impl_->folder);
  }
}

std::uint64_t ChunkWriter::passages() const { return impl_->passages; }

Result<SegmentInfo> merge_chunks(const fs::path& index, const std::string& id,
                                 const std::vector<fs::path>& chunks) {
  try {
    std::vector<std::vector<WordCount>> lists;
    for (const fs::path& chunk : chunks) {
      Result<std::vector<WordCount>> words = read_words(Xapian::Database(chunk.string()), chunk);
      if (!words) return words.error();
      lists.push_back(std::move(words).value());
    }
    return merge(index, id, chunks, add_words(lists));
  } catch (const Xapian::Error& error) {
    return failed(error, segment_path(index, id));
  }
}

Result<SegmentInfo> merge_segments(const fs::path& index, const std::string& id,
                                   const std::vector<SegmentInfo>& segments) {
  std::vector<fs::path> parts;
  for (const SegmentInfo& segment : segments) parts.push_back(segment_path(index, segment.id));
  return merge_chunks(index, id, parts);
}

struct SegmentEditor::Impl {
  fs::path index;
  std::string id;
  Xapian::WritableDatabase database;
};

SegmentEditor::SegmentEditor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SegmentEditor::SegmentEditor(SegmentEditor&&) noexcept = default;
SegmentEditor::~SegmentEditor() = default;

Result<SegmentEditor> SegmentEditor::copy(const fs::path& index, const std::string& from,
                                          const std::string& id) {
  const fs::path target = segment_path(index, id);
  std::error_code code;
  fs::copy(segment_path(index, from), target, code);
  if (code) {
    return Error{Code::kIo, "cannot copy a segment: " + code.message(), "", target.string()};
  }
  try {
    auto impl = std::make_unique<Impl>();
    impl->index = index;
    impl->id = id;
    impl->database = Xapian::WritableDatabase(target.string(), Xapian::DB_OPEN | kPrivate);
    return SegmentEditor(std::move(impl));
  } catch (const Xapian::Error& error) {
    return failed(error, target);
  }
}

Status SegmentEditor::each_passage(const std::string& source,
                                   const std::function<void(const PassageRecord&)>& visit) {
  const std::string term = source_term(source);
  try {
    for (auto it = impl_->database.postlist_begin(term); it != impl_->database.postlist_end(term);
         ++it) {
      PassageRecord record;
      if (!decode(impl_->database.get_document(*it).get_data(), record)) {
        return Error{Code::kDamaged, "the index is damaged: a passage is not what was written",
                     "run: tome rebuild", segment_path(impl_->index, impl_->id).string()};
      }
      visit(record);
    }
    return Ok{};
  } catch (const Xapian::Error& error) {
    return failed(error, segment_path(impl_->index, impl_->id));
  }
}

Status SegmentEditor::remove(const std::string& source) {
  try {
    impl_->database.delete_document(source_term(source));
    impl_->database.set_metadata(source_key(source), "");
    const std::string prefix = work_record_key(source, "");
    std::vector<std::string> keys;
    for (auto key = impl_->database.metadata_keys_begin(prefix);
         key != impl_->database.metadata_keys_end(prefix); ++key) {
      keys.push_back(*key);
    }
    for (const std::string& key : keys) impl_->database.set_metadata(key, "");
    return Ok{};
  } catch (const Xapian::Error& error) {
    return failed(error, segment_path(impl_->index, impl_->id));
  }
}

Status SegmentEditor::replace(const SourceRecord& source) {
  try {
    impl_->database.set_metadata(source_key(source.id), encode(source));
    return Ok{};
  } catch (const Xapian::Error& error) {
    return failed(error, segment_path(impl_->index, impl_->id));
  }
}

Result<SegmentInfo> SegmentEditor::finish(const WordCounts& gone) {
  const fs::path folder = segment_path(impl_->index, impl_->id);
  try {
    Result<std::vector<WordCount>> list = read_words(impl_->database, folder);
    if (!list) return list.error();
    std::vector<WordCount> words = std::move(list).value();
    for (WordCount& word : words) {
      const auto found = gone.find(word.word);
      if (found == gone.end()) continue;
      word.count -= std::min(word.count, static_cast<std::uint64_t>(found->second));
    }
    std::erase_if(words, [](const WordCount& word) { return word.count == 0; });
    write_words(impl_->database, words);
    drop_empty_wholes(impl_->database);
    impl_->database.commit();
    const std::uint64_t passages = impl_->database.get_doccount();
    const std::string prefix(kSourcePrefix);
    const bool empty = passages == 0 && impl_->database.metadata_keys_begin(prefix) ==
                                            impl_->database.metadata_keys_end(prefix);
    impl_->database.close();
    if (empty) {
      std::error_code code;
      fs::remove_all(folder, code);
      return SegmentInfo{};
    }
    Result<SegmentInfo> segment = describe_segment(impl_->index, impl_->id, passages);
    if (!segment) return segment;
    if (Status status = sync_folder(folder); !status) return status.error();
    return segment;
  } catch (const Xapian::Error& error) {
    return failed(error, folder);
  }
}

std::string new_segment_id() {
  static std::atomic<unsigned> serial{0};
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  return fmt::format("{:014x}-{:04x}", now, ++serial & 0xffffu);
}

}  // namespace tome
