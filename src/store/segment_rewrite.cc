// SPDX-License-Identifier: GPL-2.0-or-later
#include <xapian.h>

#include <set>

#include "store/database.h"
#include "store/files.h"
#include "store/metadata_keys.h"
#include "store/passage_reader.h"
#include "store/record_table.h"
#include "store/segment.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Visits the records under `prefix`; kDamaged when one is not what was written.
template <class Record, class Visit>
Status each_record(const RecordTable& table, std::string_view prefix, Visit visit) {
  Status done = Ok{};
  const Status status = table.visit(prefix, [&](std::string_view, std::string_view value) {
    Record record;
    if (!decode(value, record)) return false;
    if (done) done = visit(record);
    return true;
  });
  return status ? done : status;
}

struct Rewrite {
  const Xapian::Database& database;
  const RecordTable& table;
  const fs::path& path;
  std::set<std::string> removed;
  ChunkWriter& writer;
  std::set<std::string> works;  // of the passages that stay
  WordCounts words;
  std::uint64_t sources = 0;

  Status passages(const PostingsOf& postings) {
    PassageReader reader;
    PassageRecord record;
    for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
      if (!reader.read(database, *it, record)) {
        return damaged("the index is damaged: a passage is not what was written", path);
      }
      if (removed.contains(record.source)) continue;
      works.insert(record.works.begin(), record.works.end());
      if (Status status = writer.add(record, postings(record, words)); !status) return status;
    }
    return Ok{};
  }

  Status records(const std::vector<PackedSource>& replaced) {
    Status status = each_record<SourceRecord>(table, kSourcePrefix, [&](auto& record) {
      if (removed.contains(record.id)) return Status(Ok{});
      ++sources;
      return writer.add(record);
    });
    for (auto it = replaced.begin(); status && it != replaced.end(); ++it)
      status = writer.add(it->unpack());
    if (!status) return status;
    return each_record<WorkRecord>(table, kWorkPrefix, [&](auto& record) {
      const bool stays =
          record.source.empty() ? works.contains(record.key) : !removed.contains(record.source);
      return stays ? writer.add(record) : Status(Ok{});
    });
  }
};

}  // namespace

Result<SegmentInfo> rewrite_segment(const fs::path& index, const std::string& from,
                                    const std::string& id, const SegmentEdit& edit,
                                    const PostingsOf& postings) {
  const fs::path path = segment_path(index, from);
  const fs::path chunk = index / "tmp" / (id + "-rewritten");
  try {
    const Xapian::Database database(path.string());
    const Result<RecordTable> table = RecordTable::open(path);
    if (!table) return table.error();
    Result<ChunkWriter> writer = ChunkWriter::create(chunk);
    if (!writer) return writer.error();
    Rewrite rewrite{database, *table, path, {edit.removed.begin(), edit.removed.end()},
                    *writer,  {},     {},   0};
    Status status = rewrite.passages(postings);
    if (status) status = rewrite.records(edit.replaced);
    if (status) status = writer->finish(rewrite.words);
    const bool empty = writer->passages() == 0 && rewrite.sources == 0;
    Result<SegmentInfo> segment = SegmentInfo{};
    if (!status) {
      segment = status.error();
    } else if (!empty) {
      segment = merge_chunks(index, id, writer->folders());
    }
    for (const fs::path& folder : writer->folders()) {
      std::error_code code;
      fs::remove_all(folder, code);
    }
    return segment;
  } catch (const Xapian::Error& error) {
    return write_failed(error, path);
  }
}

}  // namespace tome
