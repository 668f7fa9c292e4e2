// SPDX-License-Identifier: GPL-2.0-or-later
#include <future>

#include "store/database.h"
#include "store/files.h"
#include "store/segment.h"
#include "store/step.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Writes the records of all into the table of `out`, with one list of words.
Status merge_records(const fs::path& out, const std::vector<fs::path>& parts,
                     const std::vector<RecordTable>& tables) {
  std::vector<std::vector<WordCount>> lists;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Result<std::vector<WordCount>> words = read_words(tables[i], parts[i]);
    if (!words) return words.error();
    lists.push_back(std::move(words).value());
  }
  RecordMap words;
  write_words(words, add_words(lists));
  return write_records(out, words, tables,
                       [](std::string_view key) { return !key.starts_with(kWordsKey); });
}

}  // namespace

Result<SegmentInfo> merge_chunks(const fs::path& index, const std::string& id,
                                 const std::vector<fs::path>& chunks, unsigned threads) {
  const fs::path out = segment_path(index, id);
  try {
    std::vector<RecordTable> tables;
    for (const fs::path& chunk : chunks) {
      Result<RecordTable> table = RecordTable::open(chunk);
      if (!table) return table.error();
      tables.push_back(std::move(table).value());
    }
    std::error_code code;
    fs::create_directories(out, code);
    if (code) return system_error("make a folder", out, code.value());
    // Its destructor waits.
    std::future<Status> records =
        std::async(threads > 1 ? std::launch::async : std::launch::deferred,
                   [&] { return merge_records(out, chunks, tables); });
    std::uint64_t passages = 0;
    std::vector<std::uint64_t> counts;
    {
      Xapian::Database all;
      for (const fs::path& chunk : chunks) {
        const Xapian::Database database(chunk.string());
        counts.push_back(database.get_doccount());
        all.add_database(database);
      }
      passages = all.get_doccount();
      all.compact(out.string(), 0);  // in one pass: several merge by twos, and write all each time
    }
    step("segment merged");
    if (Status status = records.get(); !status) return status.error();
    step("records of the segment written");
    if (Status status = expect_contents(Xapian::Database(out.string()), counts, out); !status) {
      return status.error();
    }
    Result<SegmentInfo> segment = describe_segment(index, id, passages);
    if (!segment) return segment;
    if (Status status = sync_folder(out); !status) return status.error();
    step("segment synced");
    return segment;
  } catch (const Xapian::Error& error) {
    return write_failed(error, out);
  }
}

Result<SegmentInfo> merge_segments(const fs::path& index, const std::string& id,
                                   const std::vector<SegmentInfo>& segments) {
  std::vector<fs::path> parts;
  parts.reserve(segments.size());
  for (const SegmentInfo& segment : segments) parts.push_back(segment_path(index, segment.id));
  return merge_chunks(index, id, parts);
}

}  // namespace tome
