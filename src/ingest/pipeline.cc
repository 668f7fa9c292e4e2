// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "ingest/byte_gate.h"
#include "ingest/threads.h"
#include "ingest/worker.h"
#include "store/files.h"
#include "store/segment.h"
#include "store/step.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Fixed bounds, so that chunks never depend on the workers: about 8 MB of input or 4,000 sources
// (of small ones: rows of a catalogue).
constexpr std::uint64_t kChunkBytes = 8u << 20;
constexpr std::size_t kChunkSources = 4000;
constexpr std::uint64_t kSegmentBytes = 250u << 20;
constexpr std::size_t kSegmentChunks = 200;  // all are open while they are merged, three files each
constexpr unsigned kRemovers = 8;            // threads

constexpr std::uint64_t kWorkerMemory = 32u << 20;  // less is not worth a thread
// A source takes up to so many times its bytes while it is read: its text, its structure, its
// passages (61.6 MB of plain text with 170,818 passages took 593 MB).
constexpr std::uint64_t kMemoryOfAByte = 10;
constexpr std::uint64_t kSmallSource = 256u << 10;  // bytes; not worth counting

std::uint64_t bytes_of(const SourceJob& job) {
  return job.bytes ? job.bytes : job.record.fields().size;
}

struct Chunk {
  std::size_t begin = 0;  // jobs [begin, end)
  std::size_t end = 0;
  fs::path folder;
  std::vector<fs::path> folders;  // once written: this one, and more when it was large
  std::uint64_t bytes = 0;        // of them on disk
};

std::vector<Chunk> cut(const std::vector<SourceJob>& jobs, const fs::path& folder) {
  std::vector<Chunk> chunks;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (chunks.empty() || bytes >= kChunkBytes || i - chunks.back().begin >= kChunkSources) {
      chunks.push_back({i, i, folder / fmt::format("chunk{:06}", chunks.size()), {}, 0});
      bytes = 0;
    }
    chunks.back().end = i + 1;
    bytes += bytes_of(jobs[i]);
  }
  return chunks;
}

std::uint64_t folder_bytes(const fs::path& folder) {
  std::uint64_t bytes = 0;
  const Result<std::vector<fs::path>> files = list_folder(folder);
  if (!files) return 0;  // it decides no more than where segments are cut
  for (const fs::path& file : *files) {
    std::error_code code;
    const std::uint64_t size = fs::file_size(file, code);
    if (!code) bytes += size;
  }
  return bytes;
}

// Shared by the workers of one build.
struct Build {
  std::vector<SourceJob>& jobs;
  std::vector<Chunk>& chunks;
  const PipelineOptions& options;
  ByteGate& reading;           // memory of the sources that are being read
  std::uint64_t chunk_memory;  // of each worker's postings
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;  // guards what follows
  PipelineProgress progress;
  std::uint64_t replaced = 0;
  std::optional<Error> error;

  void fail(Error reason) {
    const std::lock_guard<std::mutex> guard(mutex);
    if (!error) error = std::move(reason);
    stop = true;
  }

  // Whether it is still wanted and nothing has failed.
  bool go_on() {
    const std::lock_guard<std::mutex> guard(mutex);
    ask();
    return !stop;
  }

  // REQUIRES: the mutex is held.
  void ask() {
    if (options.progress && !stop && !options.progress(progress)) {
      if (!error) error = Error{Code::kRefused, "stopped; nothing was published", "", ""};
      stop = true;
    }
  }

  // Of the job nothing stays but what is to be told of its source.
  void done(SourceJob& job, const SourceRecord& source) {
    const std::lock_guard<std::mutex> guard(mutex);
    replaced += source.replaced;
    ++progress.sources;
    progress.bytes += bytes_of(job);
    progress.passages += source.passages;
    progress.path = source.path;
    ask();
    job = SourceJob();
    const bool told = source.state == SourceState::kFailed || !source.warnings.empty();
    if (told) job.record = PackedSource(source);
  }
};

Status write_chunk(Build& build, Worker& worker, Chunk& chunk) {
  Result<ChunkWriter> writer = ChunkWriter::create(chunk.folder, build.chunk_memory);
  if (!writer) return writer.error();
  WordCounts words;
  for (std::size_t i = chunk.begin; i < chunk.end && !build.stop; ++i) {
    SourceJob& job = build.jobs[i];
    const std::uint64_t bytes = bytes_of(job);
    const ByteGate::Pass pass(build.reading, bytes < kSmallSource ? 0 : bytes * kMemoryOfAByte);
    SourceRecord source = job.record.unpack();
    if (Status status = worker.index(job, source, *writer, words); !status) return status;
    build.done(job, source);
  }
  if (Status status = writer->finish(words); !status) return status;
  chunk.folders = writer->folders();
  for (const fs::path& folder : chunk.folders) chunk.bytes += folder_bytes(folder);
  return Ok{};
}

void work(Build& build) {
  Worker worker;
  while (!build.stop) {
    const std::size_t i = build.next++;
    if (i >= build.chunks.size()) return;
    try {
      if (Status status = write_chunk(build, worker, build.chunks[i]); !status) {
        build.fail(status.error());
      }
    } catch (const std::exception& exception) {  // out of memory: end the run, not the process
      build.fail(Error{Code::kLimit, fmt::format("indexing failed: {}", exception.what()), "", ""});
    }
  }
}

// Which chunks become one segment: parts of about the same size, no larger than kSegmentBytes.
std::vector<std::vector<fs::path>> group(const std::vector<Chunk>& chunks) {
  std::uint64_t total = 0;
  for (const Chunk& chunk : chunks) total += chunk.bytes;
  const std::uint64_t parts = total / kSegmentBytes + 1;
  std::vector<std::vector<fs::path>> groups;
  std::uint64_t before = 0;  // bytes of the chunks that came before
  std::uint64_t begin = 0;   // of the group
  for (const Chunk& chunk : chunks) {
    const bool full = !groups.empty() && (before + chunk.bytes / 2 >= begin + total / parts ||
                                          groups.back().size() >= kSegmentChunks);
    if (groups.empty() || full) {
      groups.emplace_back();
      begin = before;
    }
    groups.back().insert(groups.back().end(), chunk.folders.begin(), chunk.folders.end());
    before += chunk.bytes;
  }
  return groups;
}

// The chunks as segments, in their order.
Result<std::vector<SegmentInfo>> merge_all(const fs::path& index, Build& build, unsigned workers) {
  const std::vector<std::vector<fs::path>> groups = group(build.chunks);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < groups.size(); ++i) ids.push_back(new_segment_id());
  std::vector<SegmentInfo> segments(groups.size());
  in_threads(workers, groups.size(), 1, [&](std::size_t i, std::size_t) {
    if (!build.go_on()) return;
    const unsigned threads = workers > groups.size() ? 2 : 1;
    Result<SegmentInfo> segment = merge_chunks(index, ids[i], groups[i], threads);
    if (segment.ok()) {
      segments[i] = std::move(segment).value();
    } else {
      build.fail(segment.error());
    }
  });
  build.go_on();
  if (build.error) return *build.error;
  return segments;
}

}  // namespace

Result<PipelineOutput> build_segments(const fs::path& index, std::vector<SourceJob> jobs,
                                      const PipelineOptions& options) {
  PipelineOutput output;
  if (jobs.empty()) return output;
  const fs::path folder = index / "tmp" / new_segment_id();
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) return system_error("make a folder", folder, code.value());
  step("folder of chunks made");
  std::vector<Chunk> chunks = cut(jobs, folder);
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t workers =
      std::min({std::size_t{options.workers ? options.workers : cores}, chunks.size(),
                std::max<std::size_t>(1, options.memory / kWorkerMemory)});
  ByteGate reading(options.memory / 2);
  Build build{jobs, chunks, options, reading, options.memory / 4 / workers, {}, {}, {}, {}, 0, {}};
  build.progress.total = jobs.size();
  in_threads(static_cast<unsigned>(workers), workers, 1,
             [&](std::size_t, std::size_t) { work(build); });
  const auto clean = [&] {
    // A disk may take its time for each file: several are waited for at once.
    in_threads(kRemovers, chunks.size(), 1, [&](std::size_t i, std::size_t) {
      std::error_code any;
      for (const fs::path& one : chunks[i].folders) fs::remove_all(one, any);
    });
    fs::remove_all(folder, code);
  };
  if (build.error) {
    clean();
    return *build.error;
  }
  step("chunks done");
  Result<std::vector<SegmentInfo>> merged = merge_all(index, build, static_cast<unsigned>(workers));
  if (!merged) {
    clean();
    return merged.error();
  }
  output.segments = std::move(merged).value();
  clean();
  step("folder of chunks removed");
  output.sources = build.progress.sources;
  output.passages = build.progress.passages;
  output.bytes = build.progress.bytes;
  output.replaced = build.replaced;
  for (SourceJob& job : jobs) {
    if (!job.record.empty()) output.told.push_back(job.record.unpack());
  }
  return output;
}

}  // namespace tome
