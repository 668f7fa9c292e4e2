// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "store/database.h"
#include "store/metadata_keys.h"
#include "store/passage_block.h"
#include "store/passage_document.h"
#include "store/segment.h"
#include "store/step.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Small flushes keep Xapian's inverter in the processor's cache (decision 2).
constexpr std::uint64_t kPassagesPerFlush = 2000;

constexpr std::uint64_t kPostingBytes = 64;  // about what Xapian takes for one that is pending

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

}  // namespace

struct ChunkWriter::Impl {
  fs::path folder;
  Xapian::WritableDatabase database;
  std::uint64_t passages = 0;
  std::uint64_t flushed = 0;  // of these
  std::uint64_t flush_bytes = UINT64_MAX;
  std::uint64_t pending = 0;  // bytes

  // Of a block that is not full yet.
  std::vector<Xapian::Document> documents;
  std::vector<std::string> records;
  std::size_t bytes = 0;

  void end_block() {
    if (records.empty()) return;
    std::vector<std::string> data = write_block(records);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      documents[i].set_data(data[i]);
      database.add_document(documents[i]);
    }
    documents.clear();
    records.clear();
    bytes = 0;
    if (passages - flushed >= kPassagesPerFlush || pending >= flush_bytes) {
      database.commit();
      flushed = passages;
      pending = 0;
    }
  }
};

ChunkWriter::ChunkWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChunkWriter::ChunkWriter(ChunkWriter&&) noexcept = default;
ChunkWriter::~ChunkWriter() = default;

Result<ChunkWriter> ChunkWriter::create(const fs::path& folder, std::uint64_t flush_bytes) {
  try {
    auto impl = std::make_unique<Impl>();
    impl->folder = folder;
    impl->flush_bytes = flush_bytes;
    std::error_code code;
    fs::create_directories(folder.parent_path(), code);
    impl->database = Xapian::WritableDatabase(
        folder.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | kPrivate);
    step("chunk begun");
    return ChunkWriter(std::move(impl));
  } catch (const Xapian::Error& error) {
    return write_failed(error, folder);
  }
}

Status ChunkWriter::add(const PassageRecord& passage, const std::vector<Posting>& postings) {
  try {
    std::string record = write_passage(passage);
    if (impl_->bytes + record.size() > kBlockBytes) impl_->end_block();
    impl_->documents.push_back(passage_document(passage, postings));
    impl_->bytes += record.size();
    impl_->records.push_back(std::move(record));
    ++impl_->passages;
    impl_->pending += postings.size() * kPostingBytes;
    step("passage added");
    return Ok{};
  } catch (const Xapian::Error& error) {
    return write_failed(error, impl_->folder);
  }
}

Status ChunkWriter::add(const SourceRecord& source) {
  try {
    impl_->database.set_metadata(source_key(source.id), encode(source));
    return Ok{};
  } catch (const Xapian::Error& error) {
    return write_failed(error, impl_->folder);
  }
}

Status ChunkWriter::add(const WorkRecord& work) {
  try {
    impl_->database.set_metadata(work_record_key(work.source, work.key), encode(work));
    return Ok{};
  } catch (const Xapian::Error& error) {
    return write_failed(error, impl_->folder);
  }
}

Status ChunkWriter::finish(const WordCounts& words) {
  try {
    impl_->end_block();
    write_words(impl_->database, sorted_words(words));
    impl_->database.commit();
    impl_->database.close();
    step("chunk written");
    return Ok{};
  } catch (const Xapian::Error& error) {
    return write_failed(error, impl_->folder);
  }
}

std::uint64_t ChunkWriter::passages() const { return impl_->passages; }

}  // namespace tome
