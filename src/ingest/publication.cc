// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/publication.h"

#include <fmt/format.h>

#include "ingest/edit.h"
#include "ingest/pipeline.h"
#include "store/kept_works.h"
#include "store/reader.h"
#include "store/versions.h"

namespace tome {
namespace fs = std::filesystem;

Result<Before> open_before(const fs::path& index) {
  Before before;
  Result<Manifest> manifest = read_manifest(index);
  if (!manifest) return manifest.error();
  before.manifest = *manifest;
  if (manifest->generation == 0) return before;
  Result<Reader> reader = Reader::open(index);
  if (!reader) return reader.error();
  Result<std::vector<PackedSource>> sources = reader->packed_sources();
  if (!sources) return sources.error();
  before.reader.emplace(std::move(reader).value());
  before.sources = std::move(sources).value();
  return before;
}

namespace {

Result<IndexReport> carry_out_plan(const fs::path& index, UpdatePlan plan, const Before& before,
                                   const IndexOptions& options) {
  IndexReport report = std::move(plan.report);
  report.generation = before.manifest.generation;
  const std::uint64_t sources = before.sources.size() - plan.removed.size() + plan.jobs.size();
  std::uint64_t passages = before.manifest.passages;
  const bool nothing = plan.jobs.empty() && plan.removed.empty() && !worth_a_copy(plan);
  if (!nothing || before.manifest.generation == 0) {
    PipelineOptions pipeline;
    pipeline.workers = options.workers;
    pipeline.memory = options.memory;
    if (options.progress) {
      pipeline.progress = [&](const PipelineProgress& done) {
        return options.progress({done.sources, done.total, done.bytes, done.passages, done.path});
      };
    }
    Result<PipelineOutput> built = build_segments(index, std::move(plan.jobs), pipeline);
    if (!built) return built.error();
    Manifest manifest = this_version();
    if (before.reader) {
      Result<std::vector<SegmentInfo>> edited = edit_segments(index, *before.reader, plan);
      if (!edited) return edited.error();
      manifest.segments = std::move(edited).value();
    }
    for (SegmentInfo& segment : built->segments) manifest.segments.push_back(std::move(segment));
    if (Status status = merge_small(index, manifest.segments); !status) return status.error();
    if (Status status = publish(index, manifest); !status) return status.error();
    report.published = true;
    report.generation = manifest.generation;
    report.input_bytes = built->bytes;
    passages = manifest.passages;
    report.replaced += built->replaced;
    for (const SourceRecord& source : built->told) {
      const std::string path = source.root + "/" + source.path;
      if (source.state == SourceState::kFailed) {
        report.failures.push_back({Code::kIo, source.reason, "", path});
      }
      for (const std::string& warning : source.warnings) {
        report.warnings.push_back({Code::kUsage, warning, "", path});
      }
    }
  }
  report.sources = sources;
  report.passages = passages;
  return report;
}

}  // namespace

namespace {

// How many works and books there are; joins and keeps them unless an earlier run did.
Result<WorkCounts> works_on_shelf(const fs::path& index) {
  const Result<Manifest> manifest = read_manifest(index);
  if (!manifest) return manifest.error();
  if (const std::optional<WorkCounts> kept = read_kept_counts(index, *manifest)) return *kept;
  const Result<Reader> reader = Reader::open(index);
  if (!reader) return reader.error();
  const Result<const Catalogue*> catalogue = reader->catalogue();
  if (!catalogue) return catalogue.error();
  // What cannot be kept is joined again.
  [[maybe_unused]] const Status status = keep_works(*reader);
  return WorkCounts{(*catalogue)->size(), (*catalogue)->books()};
}

}  // namespace

Result<IndexReport> carry_out(const fs::path& index, UpdatePlan plan, const Before& before,
                              const IndexOptions& options) {
  Result<IndexReport> report = carry_out_plan(index, std::move(plan), before, options);
  collect_garbage(index);
  if (!report) return report;
  const Result<WorkCounts> works = works_on_shelf(index);
  if (!works) return works.error();
  report->works = works->works;
  report->books = works->books;
  return report;
}

}  // namespace tome
