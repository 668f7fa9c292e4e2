// SPDX-License-Identifier: GPL-2.0-or-later
// Writing segments: private chunk databases, their merge, and edited copies (decisions 1 and 2).
//
// A ChunkWriter and a SegmentEditor own a Xapian database that nobody else reads; use each from one
// thread. Failures of Xapian become kIo with the database's path.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/generation.h"
#include "store/records.h"
#include "tome/result.h"

namespace tome {

struct Posting {
  std::string term;
  std::uint32_t wdf = 1;  // 0: a filter, counts for nothing
};

// Surface form -> occurrences.
using WordCounts = std::unordered_map<std::string, std::int64_t>;

class ChunkWriter {
 public:
  static Result<ChunkWriter> create(const std::filesystem::path& folder);
  ChunkWriter(ChunkWriter&&) noexcept;
  ~ChunkWriter();

  Status add(const PassageRecord& passage, const std::vector<Posting>& postings);
  Status add(const SourceRecord& source);
  Status add(const WorkRecord& work);

  // Flushes what is pending; the words go into a file beside the database.
  Status finish(const WordCounts& words);
  std::uint64_t passages() const;

 private:
  struct Impl;
  explicit ChunkWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Merges finished chunks, in the order given, into the segment `id`, and syncs it.
Result<SegmentInfo> merge_chunks(const std::filesystem::path& index, const std::string& id,
                                 const std::vector<std::filesystem::path>& chunks);

// Merges segments, in the order given, into the new segment `id`, and syncs it.
Result<SegmentInfo> merge_segments(const std::filesystem::path& index, const std::string& id,
                                   const std::vector<SegmentInfo>& segments);

// A private copy of a segment from which sources are taken out.
class SegmentEditor {
 public:
  // Copies segment `from` to the new segment `id`.
  static Result<SegmentEditor> copy(const std::filesystem::path& index, const std::string& from,
                                    const std::string& id);
  SegmentEditor(SegmentEditor&&) noexcept;
  ~SegmentEditor();

  // The passages of a source, in no particular order.
  Status each_passage(const std::string& source,
                      const std::function<void(const PassageRecord&)>& visit);

  // Removes a source's passages, source record and work records.
  Status remove(const std::string& source);

  // Replaces a source record (its passages stay).
  Status replace(const SourceRecord& source);

  // Takes `gone` off the word list, commits, syncs. Passages 0: nothing is left in it.
  Result<SegmentInfo> finish(const WordCounts& gone);

 private:
  struct Impl;
  explicit SegmentEditor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A new segment ID: sorts by time of making, unique on this machine.
std::string new_segment_id();

}  // namespace tome
