// SPDX-License-Identifier: GPL-2.0-or-later
#include "tome/check.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "ingest/check_generation.h"
#include "store/files.h"
#include "store/shelf_config.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// What a generation names below the index directory, and what lies there besides: of a run that is
// under way, or of one that was killed.
std::uint64_t leftovers(const fs::path& index) {
  std::set<std::string> named;
  const Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index);
  if (!numbers) return 0;
  for (const std::uint64_t number : *numbers) {
    const Result<Manifest> manifest = read_manifest(index, number);
    if (!manifest) return 0;  // cannot tell
    for (const SegmentInfo& segment : manifest->segments) named.insert(segment.id);
  }
  std::uint64_t count = 0;
  const auto count_in = [&](const char* folder, const auto& stray) {
    const Result<std::vector<fs::path>> list = list_folder(index / folder);
    if (list) count += static_cast<std::uint64_t>(std::count_if(list->begin(), list->end(), stray));
  };
  count_in("segments",
           [&](const fs::path& path) { return !named.contains(path.filename().string()); });
  count_in("generations", [](const fs::path& path) { return path.extension() != ".json"; });
  count_in("tmp", [](const fs::path&) { return true; });
  return count;
}

void check_config(const fs::path& index, CheckReport& report) {
  const Result<ShelfConfig> config = read_shelf_config(index);
  if (!config) {
    Error problem = config.error();
    if (problem.code == Code::kNotFound) {
      problem = {Code::kDamaged, "what the index is made from is not known: shelf.toml is missing",
                 "name the folders again: tome index FOLDER", shelf_config_path(index).string()};
    }
    report.problems.push_back(std::move(problem));
    return;
  }
  std::error_code code;
  for (const Root& root : config->roots) {
    const fs::path path = root_path(index, root);
    if (fs::exists(path, code)) continue;
    report.notices.push_back({Code::kNotFound, fmt::format("the root {} is not there", root.name),
                              "is the disk mounted? What was indexed of it still answers",
                              path.string()});
  }
}

// The generation whose damage the report is of: the one in force, else the newest.
void check_generations(const fs::path& index, const CheckOptions& options, CheckReport& report) {
  GenerationCheck check(index, options);
  const Result<std::uint64_t> current = current_generation(index);
  bool whole = false;
  std::uint64_t before = UINT64_MAX;  // with a damaged pointer the newest may be taken
  if (current) {
    before = report.generation = *current;
    whole = check.whole(*current, report);
  } else {
    report.problems.push_back(current.error());
  }
  const Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index);
  if (!numbers) report.problems.push_back(numbers.error());
  for (const std::uint64_t number : numbers.ok() ? *numbers : std::vector<std::uint64_t>()) {
    if (!current || number <= *current) continue;
    report.notices.push_back({Code::kIo,
                              fmt::format("generation {} was never put in force", number),
                              "run: tome index", manifest_path(index, number).string()});
  }
  report.fallback = check.newest_whole(before, report);
  if (whole) return;
  const std::string hint =
      report.fallback == 0
          ? "run: tome rebuild"
          : fmt::format("run: tome repair (generation {} is whole)", report.fallback);
  for (Error& problem : report.problems) {
    if (problem.code == Code::kDamaged) problem.hint = hint;
  }
}

}  // namespace

Result<CheckReport> check_index(const fs::path& index, const CheckOptions& options) {
  std::error_code code;
  for (int attempt = 0;; ++attempt) {
    const Result<std::uint64_t> before = current_generation(index);
    if (before && *before == 0) {
      const bool made = fs::exists(shelf_config_path(index), code);
      return Error{Code::kNotFound, made ? "nothing is indexed yet" : "there is no index yet",
                   made ? "run: tome index" : "make one: tome index FOLDER", index.string()};
    }
    // Not damaged: made otherwise, and what is in it nobody here can tell.
    if (const Result<Manifest> manifest = read_manifest(index);
        !manifest && manifest.error().code == Code::kUnsupported) {
      return manifest.error();
    }
    CheckReport report;
    check_generations(index, options, report);
    check_config(index, report);
    if (const std::uint64_t count = leftovers(index); count > 0) {
      report.notices.push_back({Code::kIo, fmt::format("files that no generation names: {}", count),
                                "they are of a run under way, or the next tome index removes them",
                                index.string()});
    }
    // A publication meanwhile may have removed what was being read: then that is checked instead.
    const Result<std::uint64_t> after = current_generation(index);
    const bool moved = before && after && *before != *after;
    if (!moved || attempt == 3) return report;
  }
}

bool check_segment_into(const fs::path& folder, int out) {
  const std::string bytes = encode(check_contents(folder));
  std::string_view left = bytes;
  while (!left.empty()) {
    const ssize_t n = ::write(out, left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace tome
