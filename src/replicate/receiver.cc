// SPDX-License-Identifier: GPL-2.0-or-later
#include "replicate/receiver.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/analyser.h"
#include "store/check.h"
#include "store/generation.h"
#include "store/kept_works.h"
#include "store/reader.h"
#include "store/replica.h"
#include "store/shelf_config.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

enum class Nature { kNew, kReplica, kOther };

// What there is at `index`. A replica has the mark and no roots.
Result<Nature> nature_of(const fs::path& index) {
  std::error_code code;
  const Result<bool> replica = is_replica(index);
  if (!replica) return replica.error();
  if (*replica) return Nature::kReplica;
  if (fs::exists(shelf_config_path(index), code)) return Nature::kOther;
  const Result<std::vector<fs::path>> list = list_folder(index);
  if (!list && list.error().code != Code::kNotFound) return list.error();
  const bool empty = !list || std::all_of(list->begin(), list->end(), [](const fs::path& path) {
    return path.filename() == "lock";
  });
  return empty ? Nature::kNew : Nature::kOther;
}

Error no_replica(const fs::path& index) {
  std::error_code code;
  const bool shelf = fs::exists(shelf_config_path(index), code);
  return Error{Code::kRefused,
               shelf ? "nothing was copied: this index has a shelf of its own, it is no replica"
                     : "nothing was copied: the folder is not empty, and it is no index",
               shelf ? "name another folder, or replace what is indexed there: --force"
                     : "name another folder, or use it nevertheless: --force",
               index.string()};
}

Status make_folder(const fs::path& index) {
  std::error_code code;
  if (fs::is_directory(index, code)) return Ok{};
  fs::create_directories(index, code);
  if (!code) fs::permissions(index, fs::perms::owner_all, code);
  if (code) return system_error("make the folder", index, code.value());
  return Ok{};
}

// Whether all its files are there with the size that they should have.
bool has_sizes(const fs::path& index, const SegmentInfo& segment) {
  return std::all_of(segment.files.begin(), segment.files.end(), [&](const SegmentFile& file) {
    std::error_code code;
    return fs::file_size(segment_path(index, segment.id) / file.name, code) == file.size && !code;
  });
}

bool same_files(const SegmentInfo& one, const SegmentInfo& two) {
  return std::equal(one.files.begin(), one.files.end(), two.files.begin(), two.files.end(),
                    [](const SegmentFile& a, const SegmentFile& b) {
                      return a.name == b.name && a.size == b.size && a.digest == b.digest;
                    });
}

// What a transfer that was cut off left beside the files of a segment.
void remove_strays(const fs::path& index, const SegmentInfo& segment) {
  const Result<std::vector<fs::path>> list = list_folder(segment_path(index, segment.id));
  if (!list) return;
  for (const fs::path& path : *list) {
    const bool named = std::any_of(segment.files.begin(), segment.files.end(), [&](const auto& f) {
      return f.name == path.filename().string();
    });
    std::error_code code;
    if (!named) fs::remove_all(path, code);
  }
}

// Joins the works when they did not come along; a question would do so else.
void keep_works_of(const fs::path& index, const Manifest& manifest) {
  if (read_kept_counts(index, manifest)) return;
  const Result<Reader> reader = Reader::open(index);
  if (!reader) return;
  [[maybe_unused]] const Status status = keep_works(*reader);
}

}  // namespace

Result<Receiver> Receiver::open(const fs::path& index, const CopyOptions& options) {
  Result<Nature> nature = nature_of(index);
  if (!nature && !(options.force && nature.error().code == Code::kUsage)) return nature.error();
  const bool other = !nature || *nature == Nature::kOther;
  if (other && !options.force) return no_replica(index);
  if (Status status = make_folder(index); !status) return status.error();
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", options.patience);
  if (!lock) return lock.error();
  Receiver receiver(index, options, std::move(lock).value());
  receiver.take_over_ = other;
  if (nature && *nature == Nature::kNew) {
    const Status status = write_replica_config(index);
    if (!status) return status.error();
  }
  std::error_code code;
  fs::remove_all(receiver.incoming(), code);
  fs::create_directories(receiver.incoming() / "generations", code);
  fs::create_directories(index / "segments", code);
  if (code) return system_error("make the folder", index / "segments", code.value());
  return receiver;
}

Result<CopyStep> Receiver::offer(std::uint64_t generation, const std::string& manifest) {
  const Status written = write_file_atomically(manifest_path(incoming(), generation), manifest);
  if (!written) return written.error();
  Result<Manifest> offered = read_manifest(incoming(), generation);
  if (!offered) return offered.error();
  if (offered->analyser != kAnalyserVersion) {
    return Error{Code::kUnsupported, "that index was made by another version of the analyser",
                 "use the same tome on both machines", index_.string()};
  }
  offered_ = std::move(offered).value();
  // A replica that is damaged is mended: what it has counts as nothing, its numbers stay taken.
  Result<Manifest> mine = tome::read_manifest(index_);
  if (!mine && mine.error().code == Code::kIo) return mine.error();
  if (!mine) mine = Manifest{};
  const Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index_);
  if (!numbers) return numbers.error();
  const std::uint64_t taken =
      mine->generation != 0 || numbers->empty() ? mine->generation : numbers->front();
  in_force_ = mine->generation != 0 && encode_manifest(*mine) == encode_manifest(offered_);
  new_number_ = mine->generation != 0 && !in_force_ && generation <= taken;
  if (mine->generation == 0 && generation < taken) new_number_ = true;
  if (new_number_ && !options_.force) {
    return Error{Code::kRefused,
                 fmt::format("nothing was copied: the replica has generation {}, this would be "
                             "another {}",
                             taken, generation),
                 "if the index was made anew, or to go back: --force", index_.string()};
  }
  CopyStep step;
  for (const SegmentInfo& segment : offered_.segments) {
    const bool had = std::any_of(
        mine->segments.begin(), mine->segments.end(),
        [&](const SegmentInfo& old) { return old.id == segment.id && same_files(old, segment); });
    const bool wanted = !had || !has_sizes(index_, segment);
    if (wanted) step.wanted.push_back(segment.id);
    if (wanted || options_.all) checked_.push_back(segment.id);
  }
  if (checked_.empty()) return finish();
  return step;
}

std::vector<SegmentInfo> Receiver::damaged_among(const std::vector<std::string>& ids,
                                                 std::string* problem) const {
  const std::set<std::string> wanted(ids.begin(), ids.end());
  std::vector<SegmentInfo> damaged;
  for (const SegmentInfo& segment : offered_.segments) {
    if (!wanted.contains(segment.id)) continue;
    remove_strays(index_, segment);
    const std::vector<SegmentProblem> problems = check_files(index_, segment);
    if (problems.empty()) continue;
    if (problem->empty()) {
      *problem = segment.id + "/" + problems.front().file + ": " + problems.front().message;
    }
    damaged.push_back(segment);
  }
  return damaged;
}

Result<CopyStep> Receiver::copied() {
  std::string problem;
  const std::vector<SegmentInfo> damaged = damaged_among(checked_, &problem);
  if (damaged.empty()) return finish();
  CopyStep step;
  step.compare = true;
  checked_.clear();
  for (const SegmentInfo& segment : damaged) step.wanted.push_back(segment.id);
  checked_ = step.wanted;
  if (!std::exchange(again_, true)) return step;
  // What no generation here names goes; what one names is left to `tome check` and `tome repair`.
  const Result<Manifest> mine = tome::read_manifest(index_);
  for (const SegmentInfo& segment : damaged) {
    const bool named = mine.ok() && std::any_of(mine->segments.begin(), mine->segments.end(),
                                                [&](const auto& s) { return s.id == segment.id; });
    std::error_code code;
    if (mine.ok() && !named) fs::remove_all(segment_path(index_, segment.id), code);
  }
  return Error{Code::kDamaged, "what was copied is not what its manifest says: " + problem,
               "look at the index that it comes from: tome check", index_.string()};
}

Result<CopyStep> Receiver::finish() {
  CopyStep step;
  step.done = true;
  step.report.segments = offered_.segments.size();
  if (!in_force_) {
    std::error_code code;
    if (take_over_) {
      const fs::path file = shelf_config_path(index_);
      fs::rename(file, fs::path(file) += ".old", code);
      const Status status = write_replica_config(index_);
      if (!status) return status.error();
    }
    // Whole or of no use: its first line names the generation.
    if (!new_number_ && read_kept_counts(incoming(), offered_)) {
      fs::rename(incoming() / "works", index_ / "works", code);
    }
    const Status status = new_number_ ? publish(index_, offered_) : install(index_, offered_);
    if (!status) return status.error();
    step.report.switched = true;
  }
  collect_garbage(index_);
  keep_works_of(index_, offered_);
  step.report.generation = offered_.generation;
  step.report.passages = offered_.passages;
  return step;
}

}  // namespace tome
