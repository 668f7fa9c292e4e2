// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/database.h"
#include "store/files.h"
#include "store/segment.h"
#include "store/step.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Merges databases into one segment, and their records with the word list into its table.
Result<SegmentInfo> merge(const fs::path& index, const std::string& id,
                          const std::vector<fs::path>& parts,
                          const std::vector<RecordTable>& tables, const RecordMap& words) {
  const fs::path out = segment_path(index, id);
  try {
    std::error_code code;
    fs::create_directories(out.parent_path(), code);
    std::uint64_t passages = 0;
    std::vector<std::uint64_t> counts;
    {
      Xapian::Database all;
      for (const fs::path& part : parts) {
        const Xapian::Database database(part.string());
        counts.push_back(database.get_doccount());
        all.add_database(database);
      }
      passages = all.get_doccount();
      all.compact(out.string(), 0);  // in one pass: several merge by twos, and write all each time
    }
    step("segment merged");
    const auto no_words = [](std::string_view key) { return !key.starts_with(kWordsKey); };
    if (Status status = write_records(out, words, tables, no_words); !status) {
      return status.error();
    }
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

}  // namespace

Result<SegmentInfo> merge_chunks(const fs::path& index, const std::string& id,
                                 const std::vector<fs::path>& chunks) {
  std::vector<RecordTable> tables;
  std::vector<std::vector<WordCount>> lists;
  for (const fs::path& chunk : chunks) {
    Result<RecordTable> table = RecordTable::open(chunk);
    if (!table) return table.error();
    Result<std::vector<WordCount>> words = read_words(*table, chunk);
    if (!words) return words.error();
    tables.push_back(std::move(table).value());
    lists.push_back(std::move(words).value());
  }
  RecordMap words;
  write_words(words, add_words(lists));
  return merge(index, id, chunks, tables, words);
}

Result<SegmentInfo> merge_segments(const fs::path& index, const std::string& id,
                                   const std::vector<SegmentInfo>& segments) {
  std::vector<fs::path> parts;
  parts.reserve(segments.size());
  for (const SegmentInfo& segment : segments) parts.push_back(segment_path(index, segment.id));
  return merge_chunks(index, id, parts);
}

}  // namespace tome
