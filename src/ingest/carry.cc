// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/carry.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "ingest/scopes.h"

namespace tome {
namespace {

std::set<std::string> planned_in(const UpdatePlan& plan) {
  std::set<std::string> planned;
  for (const SourceJob& job : plan.jobs) planned.emplace(job.record.id());
  return planned;
}

// The records of the wholes that these passages are of.
void add_wholes(const std::vector<WorkRecord>& wholes, const std::vector<PassageRecord>& passages,
                std::vector<WorkRecord>& works) {
  std::set<std::string> keys;
  for (const PassageRecord& passage : passages) {
    keys.insert(passage.works.begin(), passage.works.end());
  }
  for (const WorkRecord& whole : wholes) {
    if (keys.contains(whole.key)) works.push_back(whole);
  }
}

}  // namespace

void carry_over(const Reader& old, KnownSources sources, const ShelfConfig& config,
                UpdatePlan& plan) {
  const std::set<std::string> planned = planned_in(plan);
  const Result<std::vector<WorkRecord>> wholes = old.work_records("");
  for (const PackedSource& packed : sources) {
    const Root* root = find_root(config, packed.root());
    if (root == nullptr || !root->keep_missing) continue;
    const SourceRecord source = packed.unpack();
    if (planned.contains(source.id)) continue;
    // Not missing: its file is there and has it no more.
    if (plan.found.contains(source.root + "/" + std::string(file_of_source(source.path)))) continue;
    Result<std::vector<PassageRecord>> passages = old.passages_of(source.id);
    Result<std::vector<WorkRecord>> works = old.work_records(source.id);
    if (!passages || !works || !wholes || passages->size() != source.passages) {
      plan.report.failures.push_back({Code::kDamaged, "was kept, but cannot be carried over", "",
                                      source.root + "/" + source.path});
      continue;
    }
    SourceJob job;
    job.record = packed;
    job.bytes = source.text_bytes;
    add_wholes(*wholes, *passages, *works);
    job.carried =
        std::make_unique<Carried>(Carried{std::move(passages).value(), std::move(works).value()});
    plan.jobs.push_back(std::move(job));
    ++plan.report.kept;
  }
}

void note_losses(KnownSources sources, const ShelfConfig& config, UpdatePlan& plan) {
  const std::set<std::string> planned = planned_in(plan);
  std::map<std::string, bool> left;  // root -> whether anything of it stays
  for (const PackedSource& source : sources) {
    if (find_root(config, source.root()) == nullptr) continue;
    const bool stays = planned.contains(std::string(source.id()));
    bool& any = left[std::string(source.root())];
    any = any || stays;
    if (!stays) ++plan.report.removed;
  }
  for (const auto& root : left) {
    const bool fresh = std::any_of(plan.jobs.begin(), plan.jobs.end(), [&](const SourceJob& job) {
      return job.record.root() == root.first;
    });
    if (!root.second && !fresh && plan.empty_roots.empty()) {
      plan.empty_roots.push_back(fmt::format("{} (nothing is in it any more)", root.first));
    }
  }
}

void note_unknown(const std::filesystem::path& index, const ShelfConfig& config, UpdatePlan& plan) {
  for (const Root& root : config.roots) {
    if (!root.keep_missing) continue;
    plan.report.failures.push_back(
        {Code::kDamaged, "what was kept of missing files is lost: the old index cannot be read", "",
         root.name});
    std::error_code code;
    if (!std::filesystem::exists(root_path(index, root), code)) {
      plan.empty_roots.push_back(root.name + " (missing)");
    }
  }
}

}  // namespace tome
