// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/absorb.h"

#include <algorithm>
#include <set>

#include "ingest/ignore.h"
#include "ingest/scopes.h"
#include "ingest/walk.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

void add_exclude(Root& root, const std::string& pattern) {
  if (std::find(root.excludes.begin(), root.excludes.end(), pattern) == root.excludes.end()) {
    root.excludes.push_back(pattern);
  }
}

}  // namespace

std::vector<Absorbed> absorb_inner_roots(const fs::path& index, const std::string& outer,
                                         bool keep_missing, ShelfConfig& config) {
  std::vector<Absorbed> absorbed;
  const Root* found = find_root(config, outer);
  if (found == nullptr) return absorbed;
  Root root = *found;
  const fs::path path = root_path(index, root);
  const Ignore ignore(root.excludes);
  std::vector<Root> left;
  for (Root& inner : config.roots) {
    const fs::path inner_path = root_path(index, inner);
    const auto place = relative_to(inner_path, path);
    if (inner.name == root.name || !place || place->empty()) {
      left.push_back(std::move(inner));
      continue;
    }
    std::error_code code;
    if (inner.keep_missing || keep_missing || !fs::exists(inner_path, code)) {
      add_exclude(root, Ignore::pattern_for(*place));
      left.push_back(std::move(inner));
    } else if (!comes_to(path, *place, ignore)) {
      left.push_back(std::move(inner));
    } else {
      for (const std::string& pattern : inner.excludes) {
        const std::string moved = Ignore::moved(pattern, *place);
        if (!moved.empty()) add_exclude(root, moved);
      }
      absorbed.push_back({inner.name, root.name, *place, fs::is_regular_file(inner_path, code)});
    }
  }
  config.roots = std::move(left);
  const auto self = std::find_if(config.roots.begin(), config.roots.end(),
                                 [&](const Root& other) { return other.name == root.name; });
  *self = std::move(root);
  return absorbed;
}

std::string absorbed_id(const Absorbed& root, std::string_view path) {
  std::string now = root.place;
  if (root.file) {
    now += path.substr(file_of_source(path).size());  // the row of a catalogue
  } else {
    now.append("/").append(path);
  }
  return source_id(root.into, now);
}

void replace_absorbed(const std::vector<Absorbed>& absorbed, KnownSources before,
                      UpdatePlan& plan) {
  if (absorbed.empty()) return;
  std::set<std::string> has;  // IDs of what will be on the shelf
  for (const PackedSource& source : before) {
    std::string id(source.id());
    if (!plan.removed.contains(id)) has.insert(std::move(id));
  }
  std::set<std::string> added;
  for (const SourceJob& job : plan.jobs) {
    const std::string id(job.record.id());
    if (!plan.removed.contains(id)) added.insert(id);
    has.insert(id);
  }
  for (const Absorbed& root : absorbed) {
    bool left = false;
    bool had = false;
    for (const PackedSource& source : of_root(before, root.root)) {
      plan.removed.emplace(source.id());
      const std::string now = absorbed_id(root, source.path());
      had = true;
      if (!has.contains(now)) {
        ++plan.report.removed;
        continue;
      }
      left = true;
      if (added.erase(now) == 0) continue;  // was on the shelf twice
      --plan.report.added;
      ++plan.report.changed;
    }
    if (had && !left) plan.empty_roots.push_back(root.root + " (nothing is in it any more)");
  }
}

}  // namespace tome
