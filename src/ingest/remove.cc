// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/ignore.h"
#include "ingest/plan.h"
#include "ingest/publication.h"
#include "ingest/scopes.h"
#include "ingest/spread.h"
#include "store/files.h"
#include "store/generation.h"
#include "store/shelf_config.h"
#include "tome/index.h"

namespace tome {
namespace fs = std::filesystem;

Result<IndexReport> remove_from_index(const fs::path& index, const fs::path& path,
                                      const IndexOptions& options) {
  if (!is_index(index)) {
    return no_index(index);
  }
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", options.patience);
  if (!lock) return lock.error();
  Result<ShelfConfig> config = read_shelf_config(index);
  if (!config) return config.error();
  if (Status status = refuse_part(index, *config); !status) return status.error();
  const bool spread = config->spread > 0;
  Result<SpreadBefore> shards = SpreadBefore{};
  if (spread) shards = open_spread(index, *config, options);
  if (!shards) return shards.error();
  Result<Before> before = spread ? std::move(shards->all) : open_before(index);
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
    for (const PackedSource& source : of_root(before->sources, root->name)) {
      const std::string_view source_path = source.path();
      const bool inside = part->empty() || file_of_source(source_path) == *part ||
                          source_path.starts_with(*part + "/");
      if (inside) plan.removed.emplace(source.id());
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
    collect_garbage(index);  // what an earlier run that was cut off left goes in any case
    return Error{Code::kNotFound, "nothing on the shelf comes from there",
                 "see what does: tome list --sources", path.string()};
  }
  plan.report.removed = plan.removed.size();
  plan.report.unchanged = before->sources.size() - plan.removed.size();
  // The index first: a root that shelf.toml no longer has could not be named again, should taking
  // its sources out fail.
  Result<IndexReport> report =
      spread ? carry_out_spread(index, *config, std::move(plan), shards->parts, options)
             : carry_out(index, std::move(plan), *before, options);
  if (!report) return report;
  if (Status status = write_shelf_config(index, *config); !status) return status.error();
  return report;
}

}  // namespace tome
