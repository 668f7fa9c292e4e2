// SPDX-License-Identifier: GPL-2.0-or-later
// Writing segments: private chunk databases, their merge, and edited copies (decisions 1 and 2).
//
// A ChunkWriter owns a Xapian database that nobody else reads; use it from one thread. Failures of
// Xapian become kIo with the database's path.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/generation.h"
#include "store/packed_source.h"
#include "store/records.h"
#include "text/word_table.h"
#include "tome/result.h"

namespace tome {

struct Posting {
  std::string_view term;   // of whoever made it (PostingMaker: until it makes the next)
  std::uint32_t wdf = 1;   // 0: a filter, counts for nothing
  std::uint32_t hash = 0;  // word_hash() of the term; 0: not known
};

inline constexpr std::uint64_t kChunkMemory = 256u << 20;  // bytes

// Surface form -> occurrences.
using WordCounts = WordTable<std::int64_t>;

// What writes a chunk: tome itself where it knows the format of Xapian's files, else Xapian.
enum class ChunkForm { kFastest, kByXapian };

class ChunkWriter {
 public:
  // What is pending in memory is written to disk when it takes about `memory` bytes.
  static Result<ChunkWriter> create(const std::filesystem::path& folder,
                                    std::uint64_t memory = kChunkMemory,
                                    ChunkForm form = ChunkForm::kFastest);
  ChunkWriter(ChunkWriter&&) noexcept;
  ~ChunkWriter();

  Status add(const PassageRecord& passage, const std::vector<Posting>& postings);
  Status add(const SourceRecord& source);
  Status add(const WorkRecord& work);

  // Writes what is pending; records and words go into a table beside the database.
  Status finish(const WordCounts& words);
  std::uint64_t passages() const;
  // The databases to be merged, in this order: the folder that was given, and more beside it when
  // there was more than fits in `memory`.
  const std::vector<std::filesystem::path>& folders() const;

 private:
  struct Impl;
  explicit ChunkWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Merges finished chunks, in the order given, into the segment `id`, and syncs it. With more than
// one thread records are merged beside the rest.
Result<SegmentInfo> merge_chunks(const std::filesystem::path& index, const std::string& id,
                                 const std::vector<std::filesystem::path>& chunks,
                                 unsigned threads = 1);

// Merges segments, in the order given, into the new segment `id`, and syncs it.
Result<SegmentInfo> merge_segments(const std::filesystem::path& index, const std::string& id,
                                   const std::vector<SegmentInfo>& segments);

// The postings of a passage, as they were when it was indexed, valid until the next call; counts
// its words in `words`.
using PostingsOf =
    std::function<std::vector<Posting>(const PassageRecord& passage, WordCounts& words)>;

// What is to be changed in a segment.
struct SegmentEdit {
  std::vector<std::string> removed;    // sources that go, with their passages and works
  std::vector<PackedSource> replaced;  // source records in the place of those of the same ID
};

// A copy of the segment `from` under the new ID `id`, with these changes, synced. Without ID when
// nothing is left in it. `from` is not touched.
Result<SegmentInfo> edit_segment(const std::filesystem::path& index, const std::string& from,
                                 const std::string& id, const SegmentEdit& edit,
                                 const PostingsOf& postings);

// The same from the passages that stay, which takes as long as indexing them: for a Xapian of
// which edit_segment() does not know the files.
Result<SegmentInfo> rewrite_segment(const std::filesystem::path& index, const std::string& from,
                                    const std::string& id, const SegmentEdit& edit,
                                    const PostingsOf& postings);

// A new segment ID: sorts by time of making, unique on this machine.
std::string new_segment_id();

}  // namespace tome
