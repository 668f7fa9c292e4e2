// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "ingest/check_generation.h"
#include "store/files.h"
#include "store/shelf_config.h"
#include "store/step.h"
#include "tome/check.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Puts what generation `number` says in force. Numbers rise, so that a reader sees that there is
// another generation.
Result<Manifest> put_in_force(const fs::path& index, std::uint64_t number) {
  Result<Manifest> manifest = read_manifest(index, number);
  if (!manifest) return manifest;
  const Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index);
  if (!numbers) return numbers.error();
  if (!current_generation(index) && numbers->front() == number) {  // only the pointer is damaged
    if (Status status = write_pointer(index, number); !status) return status.error();
    return manifest;
  }
  if (Status status = publish(index, *manifest); !status) return status.error();
  step("repair published");
  // The garbage collection keeps the one before: that must not be the damaged one.
  std::error_code code;
  for (const std::uint64_t other : *numbers) {
    if (other > number) fs::remove(manifest_path(index, other), code);
  }
  return manifest;
}

// Manifests of older generations that are damaged: to fall back to, and to be kept as the one
// before, they are worth nothing. A repair that was killed leaves one.
std::uint64_t drop_damaged_spares(const fs::path& index, std::uint64_t current,
                                  GenerationCheck& check) {
  std::uint64_t dropped = 0;
  const Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index);
  for (const std::uint64_t number : numbers.ok() ? *numbers : std::vector<std::uint64_t>()) {
    CheckReport found;
    std::error_code code;
    if (number >= current || check.whole(number, found)) continue;
    if (fs::remove(manifest_path(index, number), code)) ++dropped;
  }
  return dropped;
}

}  // namespace

Result<RepairReport> repair_index(const fs::path& index, const RepairOptions& options) {
  std::error_code code;
  if (!fs::exists(index / "generations", code) && !fs::exists(shelf_config_path(index), code)) {
    return no_index(index);
  }
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", options.patience);
  if (!lock) return lock.error();
  GenerationCheck check(index, options.check);
  const Result<std::uint64_t> current = current_generation(index);
  RepairReport report;
  CheckReport found;
  if (current) {
    if (*current == 0) {
      return Error{Code::kNotFound, "nothing is indexed yet", "run: tome index", index.string()};
    }
    report.damaged = *current;
    if (check.whole(*current, found)) {
      report.generation = report.taken = *current;
      report.passages = found.passages;
      report.dropped = drop_damaged_spares(index, *current, check);
      collect_garbage(index);
      return report;
    }
  } else {
    found.problems.push_back(current.error());
  }
  // What may not be read is not damaged, and an older generation would not mend it.
  // Neither is what another schema or analyser made.
  for (const Error& problem : found.problems) {
    if (problem.code == Code::kUnsupported) return problem;
    if (problem.code == Code::kIo && is_denial(error_named_in(problem.message))) return problem;
  }
  report.problems = found.problems;
  report.taken = check.newest_whole(current ? *current : UINT64_MAX, found);
  if (report.taken == 0) {
    const Error& worst = found.problems.front();
    return Error{Code::kDamaged, "no generation is whole, there is none to fall back to",
                 "run: tome rebuild", worst.path};
  }
  Result<Manifest> manifest = put_in_force(index, report.taken);
  if (!manifest) return manifest.error();
  collect_garbage(index);
  report.repaired = true;
  report.generation = manifest->generation;
  report.passages = manifest->passages;
  return report;
}

}  // namespace tome
