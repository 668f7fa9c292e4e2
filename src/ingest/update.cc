// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "analysis/analyser.h"
#include "ingest/carry.h"
#include "ingest/ignore.h"
#include "ingest/plan.h"
#include "ingest/postings.h"
#include "ingest/scopes.h"
#include "store/files.h"
#include "store/reader.h"
#include "store/segment.h"
#include "store/shelf_config.h"
#include "store/versions.h"
#include "tome/index.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kSmallSegment = 64u << 20;  // bytes on disk
constexpr std::size_t kMostSmallSegments = 8;

Status make_index_folder(const fs::path& index) {
  std::error_code code;
  if (!fs::exists(index, code)) {
    fs::create_directories(index, code);
    if (code) {
      return Error{Code::kIo, "cannot make the index folder: " + code.message(),
                   "name another one: --index FOLDER", index.string()};
    }
    fs::permissions(index, fs::perms::owner_all, code);
  }
  for (const char* name : {"segments", "generations"}) {
    fs::create_directories(index / name, code);
    if (code)
      return Error{Code::kIo, "cannot make a folder: " + code.message(), "", index.string()};
  }
  return Ok{};
}

// What the index holds now; nothing for a rebuild or a new index.
struct Before {
  Manifest manifest;
  std::optional<Reader> reader;
  std::vector<SourceRecord> sources;
};

Result<Before> open_before(const fs::path& index) {
  Before before;
  Result<Manifest> manifest = read_manifest(index);
  if (!manifest) return manifest.error();
  before.manifest = *manifest;
  if (manifest->generation == 0) return before;
  if (manifest->analyser != kAnalyserVersion) {
    return Error{Code::kUnsupported, "the index was made by another version of the analyser",
                 "run: tome rebuild", index.string()};
  }
  Result<Reader> reader = Reader::open(index);
  if (!reader) return reader.error();
  Result<std::vector<SourceRecord>> sources = reader->sources();
  if (!sources) return sources.error();
  before.reader.emplace(std::move(reader).value());
  before.sources = std::move(sources).value();
  return before;
}

// Segments of the old generation without the removed sources: edited copies where something went.
Result<std::vector<SegmentInfo>> without(const fs::path& index, const Before& before,
                                         const std::set<std::string>& removed) {
  std::vector<SegmentInfo> kept;
  if (!before.reader) return kept;
  Result<std::map<std::string, std::size_t>> where = before.reader->source_segments();
  if (!where) return where.error();
  std::map<std::size_t, std::vector<std::string>> by_segment;
  for (const std::string& source : removed) {
    const auto found = where->find(source);
    if (found != where->end()) by_segment[found->second].push_back(source);
  }
  std::map<std::string, Analyser> analysers;
  for (std::size_t i = 0; i < before.manifest.segments.size(); ++i) {
    const SegmentInfo& segment = before.manifest.segments[i];
    const auto touched = by_segment.find(i);
    if (touched == by_segment.end()) {
      kept.push_back(segment);
      continue;
    }
    Result<SegmentEditor> editor = SegmentEditor::copy(index, segment.id, new_segment_id());
    if (!editor) return editor.error();
    WordCounts gone;
    for (const std::string& source : touched->second) {
      Status status = editor->each_passage(source, [&](const PassageRecord& passage) {
        auto analyser = analysers.find(passage.language);
        if (analyser == analysers.end()) {
          analyser = analysers.emplace(passage.language, Analyser(passage.language)).first;
        }
        make_postings(analyser->second, passage, gone);
      });
      if (!status) return status.error();
      if (status = editor->remove(source); !status) return status.error();
    }
    Result<SegmentInfo> edited = editor->finish(gone);
    if (!edited) return edited.error();
    if (!edited->id.empty()) kept.push_back(std::move(edited).value());
  }
  return kept;
}

// More than eight small segments become one.
Status merge_small(const fs::path& index, std::vector<SegmentInfo>& segments) {
  std::vector<SegmentInfo> small;
  std::vector<SegmentInfo> large;
  for (SegmentInfo& segment : segments) {
    (segment.bytes < kSmallSegment ? small : large).push_back(segment);
  }
  if (small.size() <= kMostSmallSegments) return Ok{};
  Result<SegmentInfo> merged = merge_segments(index, new_segment_id(), small);
  if (!merged) return merged.error();
  large.push_back(std::move(merged).value());
  segments = std::move(large);
  return Ok{};
}

Status refuse_losses(const UpdatePlan& plan, const Before& before, const IndexOptions& options) {
  if (options.force) return Ok{};
  if (!plan.empty_roots.empty()) {
    std::string list;
    for (const std::string& root : plan.empty_roots) list += (list.empty() ? "" : ", ") + root;
    return Error{Code::kRefused, "nothing was changed: a root is missing or empty: " + list,
                 "is the disk mounted? To drop what was there: --force; to keep it: --keep-missing",
                 ""};
  }
  if (plan.report.removed * 2 > before.sources.size()) {
    return Error{Code::kRefused,
                 fmt::format("nothing was changed: {} of {} sources would be dropped",
                             plan.report.removed, before.sources.size()),
                 "to drop them: --force; to keep them: --keep-missing", ""};
  }
  return Ok{};
}

// Builds what the plan says and publishes it.
Result<IndexReport> carry_out(const fs::path& index, UpdatePlan plan, const Before& before,
                              const IndexOptions& options) {
  IndexReport report = std::move(plan.report);
  report.generation = before.manifest.generation;
  const bool nothing = plan.jobs.empty() && plan.removed.empty();
  if (!nothing || before.manifest.generation == 0) {
    PipelineOptions pipeline;
    pipeline.workers = options.workers;
    if (options.progress) {
      pipeline.progress = [&](const PipelineProgress& done) {
        return options.progress({done.sources, done.total, done.bytes, done.passages, done.path});
      };
    }
    Result<PipelineOutput> built = build_segments(index, std::move(plan.jobs), pipeline);
    if (!built) return built.error();
    Result<std::vector<SegmentInfo>> segments = without(index, before, plan.removed);
    if (!segments) return segments.error();
    for (SegmentInfo& segment : built->segments) segments->push_back(std::move(segment));
    if (Status status = merge_small(index, *segments); !status) return status.error();
    Manifest manifest = this_version();
    manifest.segments = std::move(segments).value();
    if (Status status = publish(index, manifest); !status) return status.error();
    report.published = true;
    report.generation = manifest.generation;
    for (const SourceRecord& source : built->sources) {
      report.input_bytes += source.size;
      report.replaced += source.replaced;
      const std::string path = source.root + "/" + source.path;
      if (source.state == SourceState::kFailed) {
        report.failures.push_back({Code::kIo, source.reason, "", path});
      }
      for (const std::string& warning : source.warnings) {
        report.warnings.push_back({Code::kUsage, warning, "", path});
      }
    }
  }
  collect_garbage(index);
  Result<Reader> reader = Reader::open(index);
  if (!reader) return reader.error();
  Result<std::vector<SourceRecord>> sources = reader->sources();
  if (!sources) return sources.error();
  Result<const Catalogue*> catalogue = reader->catalogue();
  if (!catalogue) return catalogue.error();
  report.sources = sources->size();
  report.passages = reader->passages();
  report.works = (*catalogue)->works().size();
  for (const Work& work : (*catalogue)->works()) report.books += work.info.kind == Kind::kBook;
  return report;
}

// Sources of roots that shelf.toml no longer has (it may be edited by hand) go.
void remove_orphans(const std::vector<SourceRecord>& sources, const ShelfConfig& config,
                    UpdatePlan& plan) {
  for (const SourceRecord& source : sources) {
    if (find_root(config, source.root) != nullptr) continue;
    plan.removed.insert(source.id);
    ++plan.report.removed;
  }
}

}  // namespace

bool is_index(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(shelf_config_path(folder), code);
}

Result<IndexReport> update_index(const fs::path& index, const std::vector<fs::path>& paths,
                                 const IndexOptions& options) {
  if (paths.empty() && !is_index(index)) {
    return Error{Code::kNotFound, "there is no index yet", "make one: tome index FOLDER",
                 index.string()};
  }
  if (Status status = make_index_folder(index); !status) return status.error();
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", options.patience);
  if (!lock) return lock.error();
  ShelfConfig config;
  if (is_index(index)) {
    Result<ShelfConfig> read = read_shelf_config(index);
    if (!read) return read.error();
    config = *read;
  }
  Result<Before> before = open_before(index);
  if (!before) return before.error();
  Result<std::vector<Scope>> scopes = scopes_of(index, paths, options, config);
  if (!scopes) return scopes.error();
  Result<UpdatePlan> plan = plan_update(index, *scopes, before->sources, options);
  if (!plan) return plan.error();
  if (paths.empty()) remove_orphans(before->sources, config, *plan);
  if (Status status = refuse_losses(*plan, *before, options); !status) return status.error();
  if (Status status = write_shelf_config(index, config); !status) return status.error();
  return carry_out(index, std::move(plan).value(), *before, options);
}

Result<IndexReport> rebuild_index(const fs::path& index, const IndexOptions& options) {
  Result<ShelfConfig> config = read_shelf_config(index);
  if (!config) {
    if (config.error().code != Code::kNotFound) return config.error();
    return Error{Code::kNotFound, "there is no index to rebuild (no shelf.toml)",
                 "make one: tome index FOLDER", index.string()};
  }
  if (Status status = make_index_folder(index); !status) return status.error();
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", options.patience);
  if (!lock) return lock.error();
  if (config = read_shelf_config(index); !config) return config.error();  // may have changed
  std::vector<Scope> scopes;
  for (const Root& root : config->roots) scopes.push_back({root, {}});
  Result<UpdatePlan> plan = plan_update(index, scopes, {}, options);
  if (!plan) return plan.error();
  Before losses;  // what the old index can still tell of what it held
  Result<Reader> old = Reader::open(index);
  Result<std::vector<SourceRecord>> sources = old.ok() ? old->sources() : old.error();
  if (sources.ok()) {
    carry_over(*old, *sources, *config, *plan);
    note_losses(*sources, *config, *plan);
    losses.sources = std::move(sources).value();
  } else if (sources.error().code != Code::kNotFound) {
    note_unknown(index, *config, *plan);
  }
  if (Status status = refuse_losses(*plan, losses, options); !status) return status.error();
  plan->report.removed = 0;  // everything is new
  return carry_out(index, std::move(plan).value(), Before{}, options);
}

Result<IndexReport> remove_from_index(const fs::path& index, const fs::path& path,
                                      const IndexOptions& options) {
  if (!is_index(index)) {
    return Error{Code::kNotFound, "there is no index yet", "make one: tome index FOLDER",
                 index.string()};
  }
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", options.patience);
  if (!lock) return lock.error();
  Result<ShelfConfig> config = read_shelf_config(index);
  if (!config) return config.error();
  Result<Before> before = open_before(index);
  if (!before) return before.error();
  const fs::path target = clean_path(path);
  UpdatePlan plan;
  bool found = false;
  for (auto root = config->roots.begin(); root != config->roots.end();) {
    const auto part = relative_to(target, root_path(index, *root));
    if (!part) {
      ++root;
      continue;
    }
    for (const SourceRecord& source : before->sources) {
      const bool inside =
          part->empty() || source.path == *part || source.path.starts_with(*part + "/");
      if (source.root == root->name && inside) plan.removed.insert(source.id);
    }
    std::error_code code;
    if (part->empty()) {
      found = true;
      root = config->roots.erase(root);
    } else {
      if (fs::exists(target, code)) root->excludes.push_back(Ignore::pattern_for(*part));
      found = found || fs::exists(target, code);
      ++root;
    }
  }
  if (!found && plan.removed.empty()) {
    return Error{Code::kNotFound, "nothing on the shelf comes from there",
                 "see what does: tome list --sources", path.string()};
  }
  plan.report.removed = plan.removed.size();
  plan.report.unchanged = before->sources.size() - plan.removed.size();
  if (Status status = write_shelf_config(index, *config); !status) return status.error();
  return carry_out(index, std::move(plan), *before, options);
}

}  // namespace tome
