// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "store/chunk_database.h"
#include "store/database.h"
#include "store/metadata_keys.h"
#include "store/passage_block.h"
#include "store/record_writer.h"
#include "store/segment.h"
#include "store/step.h"
#include "store/word_list.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

std::vector<WordCount> sorted_words(const WordCounts& counts) {
  std::vector<WordCount> words;
  words.reserve(counts.size());
  for (const std::uint32_t number : counts.sorted()) {
    const auto& [word, hash, count] = counts.entry(number);
    if (count > 0) words.push_back({std::string(word), static_cast<std::uint64_t>(count)});
  }
  return words;
}

}  // namespace

struct ChunkWriter::Impl {
  std::vector<fs::path> folders;  // the last is being written
  ChunkForm form = ChunkForm::kFastest;
  std::uint64_t memory = kChunkMemory;
  std::unique_ptr<ChunkDatabase> database;
  RecordMap table;  // sources and works
  std::uint64_t table_bytes = 0;
  std::uint64_t passages = 0;

  // Of a block that is not full yet.
  std::vector<std::string> records;
  std::size_t bytes = 0;

  Status begin(fs::path folder) {
    Result<std::unique_ptr<ChunkDatabase>> created = create_chunk_database(folder, form);
    if (!created) return created.error();
    database = std::move(created).value();
    folders.push_back(std::move(folder));
    return Ok{};
  }

  Status end_block() {
    if (records.empty()) return Ok{};
    const std::vector<std::string> data = write_block(records);
    records.clear();
    bytes = 0;
    return database->add_data(data);
  }

  void add_record(std::string key, std::string value) {
    table_bytes += key.size() + value.size();
    table.insert_or_assign(std::move(key), std::move(value));
  }

  // Of the last folder.
  Status end() {
    if (Status status = database->finish(); !status) return status;
    if (Status status = write_records(folders.back(), table); !status) return status;
    database.reset();
    table.clear();
    table_bytes = 0;
    return Ok{};
  }

  // REQUIRES: no block is begun.
  Status free_memory() {
    if (database->pending() + table_bytes < memory) return Ok{};
    const Result<bool> flushed = database->flush();
    if (!flushed) return flushed.error();
    if (*flushed && table_bytes <= memory) return Ok{};
    if (Status status = end(); !status) return status;
    return begin(fmt::format("{}-{}", folders.front().string(), folders.size() + 1));
  }
};

ChunkWriter::ChunkWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ChunkWriter::ChunkWriter(ChunkWriter&&) noexcept = default;
ChunkWriter::~ChunkWriter() = default;

Result<ChunkWriter> ChunkWriter::create(const fs::path& folder, std::uint64_t memory,
                                        ChunkForm form) {
  auto impl = std::make_unique<Impl>();
  impl->form = form;
  impl->memory = memory;
  if (Status status = impl->begin(folder); !status) return status.error();
  step("chunk begun");
  return ChunkWriter(std::move(impl));
}

Status ChunkWriter::add(const PassageRecord& passage, const std::vector<Posting>& postings) {
  std::string record = write_passage(passage);
  if (impl_->bytes + record.size() > kBlockBytes) {
    Status status = impl_->end_block();
    if (status) status = impl_->free_memory();
    if (!status) return status;
  }
  impl_->bytes += record.size();
  impl_->records.push_back(std::move(record));
  ++impl_->passages;
  Status status = impl_->database->add(passage, postings);
  step("passage added");
  return status;
}

Status ChunkWriter::add(const SourceRecord& source) {
  impl_->add_record(source_key(source.id), encode(source));
  return Ok{};
}

Status ChunkWriter::add(const WorkRecord& work) {
  impl_->add_record(work_record_key(work.source, work.key), encode(work));
  return Ok{};
}

Status ChunkWriter::finish(const WordCounts& words) {
  if (Status status = impl_->end_block(); !status) return status;
  write_words(impl_->table, sorted_words(words));
  if (Status status = impl_->end(); !status) return status;
  step("chunk written");
  return Ok{};
}

std::uint64_t ChunkWriter::passages() const { return impl_->passages; }

const std::vector<fs::path>& ChunkWriter::folders() const { return impl_->folders; }

}  // namespace tome
