// SPDX-License-Identifier: GPL-2.0-or-later
// Sources -> segments: extraction, structure, analysis and private databases in worker threads,
// merged in a fixed order (decision 2). Knows neither folders nor generations.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extract/document.h"
#include "ingest/wholes.h"
#include "sandbox/extractor.h"
#include "store/generation.h"
#include "store/packed_source.h"
#include "store/records.h"
#include "tome/index.h"
#include "tome/result.h"

namespace tome {

// What an index holds of a source.
struct Carried {
  std::vector<PassageRecord> passages;
  std::vector<WorkRecord> works;
};

// One source to be indexed.
struct SourceJob {
  // id, root, path, size, mtime and whole are given, the rest is found out.
  PackedSource record;
  // Reads and extracts it, with the extractor of the thread that calls it; called once, in any
  // thread; sets record.digest and record.format. An error makes the source failed (remembered with
  // its reason), not the run.
  std::function<Result<Document>(SourceRecord& record, Extractor& extractor)> load;
  std::uint64_t bytes = 0;             // of input; 0: record.size
  bool nameless = false;               // a work without a title is not called like its file
  std::shared_ptr<const Whole> whole;  // the work it is a chapter of; null: it is none
  // Tried before `load`, if set: what the index holds of the same bytes under another name, as the
  // record says it then; nothing when they must be read anew. Called once, in any thread.
  std::function<std::optional<Carried>(SourceRecord& record)> recall;
  // Instead of `load`: what an older index held of a file that is no longer there.
  std::unique_ptr<Carried> carried;
};

struct PipelineProgress {
  std::uint64_t sources = 0;  // done so far
  std::uint64_t total = 0;
  std::uint64_t bytes = 0;  // of input, done so far
  std::uint64_t passages = 0;
  std::string path;  // one that was just read
};

struct PipelineOptions {
  unsigned workers = 0;  // 0: as many as the machine has cores
  // Bytes that reading and postings may take, beside about 0.6 kB a source; a single source that
  // is too large for it is read alone. Decides no more than how long it takes.
  std::uint64_t memory = kDefaultMemory;
  // Called from one thread at a time, for each source and between merges; return false to stop (the
  // result is then kRefused).
  std::function<bool(const PipelineProgress&)> progress;
};

struct PipelineOutput {
  std::vector<SegmentInfo> segments;  // synced, not yet named by a generation
  std::vector<SourceRecord> told;  // sources that failed or have warnings, in the order of the jobs
  std::uint64_t sources = 0;
  std::uint64_t passages = 0;
  std::uint64_t bytes = 0;     // of input
  std::uint64_t replaced = 0;  // invalid sequences in all sources
};

// REQUIRES: the writer lock is held; jobs are in path order (it decides the order of passages).
// The same jobs give the same answers with any number of workers.
Result<PipelineOutput> build_segments(const std::filesystem::path& index,
                                      std::vector<SourceJob> jobs, const PipelineOptions& options);

}  // namespace tome
