// SPDX-License-Identifier: GPL-2.0-or-later
// One file of a root, held against what the index has of it.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <string>

#include "extract/extract.h"
#include "ingest/walk.h"
#include "sandbox/extractor.h"
#include "store/packed_source.h"
#include "store/records.h"
#include "tome/result.h"

namespace tome {

enum class State { kNew, kChanged, kTouched, kSame };  // kTouched: another time, the same bytes

struct File {
  Format format = Format::kUnknown;    // of one that a filter reads: always kUnknown
  const Filter* filter = nullptr;      // what reads it instead; of the filters given
  const PackedSource* same = nullptr;  // what the index has of it, where nothing changed
  PackedSource fresh;                  // else what is to be recorded, its time as found
  State state = State::kSame;
  std::string unread;  // of kUnknown: what it is instead, as in "unknown format: .png"

  // Of a source that is more than its bytes (a row of a catalogue, a book with metadata beside it):
  bool apart = false;       // never a chapter of a whole
  std::string fingerprint;  // of what else it depends on; kept in record.whole
  std::function<Result<Document>(SourceRecord&, Extractor&)> load;  // instead of load_file
  std::uint64_t bytes = 0;  // of input, when not record.size
  bool moved = false;       // kTouched: its record must be written, not only its time

  const PackedSource& record() const { return same != nullptr ? *same : fresh; }
  bool known() const { return state != State::kNew; }
  bool to_read() const { return state == State::kNew || state == State::kChanged; }
  bool readable() const { return filter != nullptr || format != Format::kUnknown; }
};

using Files = std::deque<File>;  // there may be a million: it grows without being copied

// `old` is what the index has of it, which outlives the file; null: nothing. A file of another time
// and the same size is read to compare digests, a new or changed one is peeked into. `options`:
// filters, and whether one that failed is read again. `alone`: the root is this file, so it is not
// left out for others beside it.
File inspect(const std::filesystem::path& base, const std::string& root, const FoundFile& found,
             const PackedSource* old, const IndexOptions& options, bool alone = false);

// The same source as of another time, in nanoseconds since the epoch.
PackedSource at_time(const PackedSource& source, std::int64_t mtime);

// What the index has, `record`, of a file that is not looked at.
File as_indexed(const PackedSource& record, const IndexOptions& options);

// Reads and extracts it, with `filter` unless that is null; sets digest and format of `record`.
Result<Document> load_file(const std::filesystem::path& path, Format format, const Filter* filter,
                           SourceRecord& record, Extractor& extractor);

}  // namespace tome
