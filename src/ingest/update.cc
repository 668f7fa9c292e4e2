// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/update.h"

#include <fmt/format.h>

#include "ingest/carry.h"
#include "ingest/moves.h"
#include "ingest/plan.h"
#include "ingest/publication.h"
#include "ingest/scopes.h"
#include "ingest/spread.h"
#include "store/files.h"
#include "store/replica.h"
#include "store/shelf_config.h"
#include "store/step.h"
#include "tome/index.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

Status make_index_folder(const fs::path& index) {
  std::error_code code;
  if (!fs::exists(index, code)) {
    fs::create_directories(index, code);
    if (code) {
      Error error = system_error("make the index folder", index, code.value());
      if (error.hint.empty()) error.hint = "name another one: --index FOLDER";
      return error;
    }
    fs::permissions(index, fs::perms::owner_all, code);
  }
  for (const char* name : {"segments", "generations"}) {
    fs::create_directories(index / name, code);
    if (code) return system_error("make a folder", index / name, code.value());
  }
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

// The index when every file of it is what was written: Xapian may crash on one that is not.
Result<Reader> open_whole(const fs::path& index) {
  const Result<Manifest> manifest = read_manifest(index);
  if (!manifest) return manifest.error();
  if (Status status = verify_segments(index, *manifest, UINT64_MAX); !status) return status.error();
  return Reader::open(index);
}

// The same of the shards of a spread index.
Result<Reader> open_whole_spread(const fs::path& index, const ShelfConfig& config) {
  ReaderOptions options;
  options.most = UINT64_MAX;
  options.shards.require_all = true;
  for (unsigned i = 0; i < config.spread; ++i) {
    options.shards.shards.push_back(shard_folder(index, i).string());
  }
  return Reader::open_shelf(index, std::move(options));
}

// Sources of roots that shelf.toml no longer has (it may be edited by hand) go.
void remove_orphans(KnownSources sources, const ShelfConfig& config, UpdatePlan& plan) {
  for (const PackedSource& source : sources) {
    if (find_root(config, source.root()) != nullptr) continue;
    plan.removed.emplace(source.id());
    ++plan.report.removed;
  }
}

// A replica has no roots: to index into it would drop all that was copied.
Status refuse_replica(const fs::path& index, const IndexOptions& options) {
  const Result<bool> replica = is_replica(index);
  if (options.force || !replica || !*replica) return Ok{};
  return Error{
      Code::kRefused, "nothing was changed: this index is a replica, copied from elsewhere",
      "index there, then: tome push or tome pull; to drop what is here: --force", index.string()};
}

// Brings the index up to date with scopes_in(config), under the lock. `all`: with all roots.
Result<IndexReport> update_locked(
    const fs::path& index, const IndexOptions& options, bool all,
    const std::function<Result<Scopes>(ShelfConfig& config)>& scopes_in) {
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", options.patience);
  if (!lock) return lock.error();
  const Result<ShelfConfig> read = read_shelf_config(index);
  if (Status status = refuse_replica(index, options); !status) return status.error();
  const bool known = read.ok();
  if (!known && read.error().code != Code::kNotFound) return read.error();
  ShelfConfig config = known ? *read : ShelfConfig{};
  step("lock taken");
  const ShelfConfig old_config = config;
  if (Status status = set_spread(index, options, !known, config); !status) return status.error();
  const bool spread = config.spread > 0;
  Result<SpreadBefore> shards = SpreadBefore{};
  if (spread && known) shards = open_spread(index, config, options);
  if (!shards) return shards.error();
  Result<Before> before = spread ? std::move(shards->all) : open_before(index);
  if (!before) return before.error();
  Result<Scopes> scopes = scopes_in(config);
  if (!scopes) return scopes.error();
  Result<UpdatePlan> plan = plan_update(index, scopes->list, before->sources, options);
  if (!plan) return plan.error();
  replace_absorbed(scopes->absorbed, before->sources, *plan);
  if (all) remove_orphans(before->sources, config, *plan);
  find_moves(index, config, scopes->absorbed, *before, *plan);
  if (Status status = refuse_losses(*plan, *before, options); !status) return status.error();
  if (!known || config != old_config) {
    if (Status status = write_shelf_config(index, config); !status) return status.error();
  }
  if (!spread) return carry_out(index, std::move(plan).value(), *before, options);
  if (shards->parts.empty() || config != old_config) {  // their roots are those of the whole
    shards->locks.clear();
    shards->parts.clear();
    shards = open_spread(index, config, options);
    if (!shards) return shards.error();
  }
  return carry_out_spread(index, config, std::move(plan).value(), shards->parts, options);
}

}  // namespace

Result<IndexReport> update_index(const fs::path& index, const std::vector<fs::path>& paths,
                                 const IndexOptions& options) {
  if (paths.empty() && !is_index(index)) {
    return no_index(index);
  }
  if (!is_index(index)) {  // a slip of the pen must not leave an empty index behind
    std::error_code code;
    for (const fs::path& path : paths) {
      if (!fs::exists(path, code)) return no_such_path(path);
    }
  }
  if (Status status = make_index_folder(index); !status) return status.error();
  return update_locked(index, options, paths.empty(), [&](ShelfConfig& config) {
    return scopes_of(index, paths, options, config);
  });
}

Result<IndexReport> update_parts(const fs::path& index, const Parts& parts,
                                 const IndexOptions& options) {
  return update_locked(index, options, false, [&](ShelfConfig& config) -> Result<Scopes> {
    Scopes scopes;
    for (const Root& root : config.roots) {
      const auto named = parts.find(root.name);
      if (named != parts.end()) scopes.list.push_back({root, outermost(named->second)});
    }
    return scopes;
  });
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
  if (Status status = refuse_replica(index, options); !status) return status.error();
  if (Status status = refuse_part(index, *config); !status) return status.error();
  std::vector<Scope> scopes;
  for (const Root& root : config->roots) scopes.push_back({root, {}});
  Result<UpdatePlan> plan = plan_update(index, scopes, {}, options);
  if (!plan) return plan.error();
  Before losses;  // what the old index can still tell of what it held
  Result<Reader> old = config->spread == 0 ? open_whole(index) : open_whole_spread(index, *config);
  Result<std::vector<PackedSource>> sources = old.ok() ? old->packed_sources() : old.error();
  if (sources.ok()) {
    carry_over(*old, *sources, *config, *plan);
    note_losses(*sources, *config, *plan);
    losses.sources = std::move(sources).value();
  } else if (sources.error().code != Code::kNotFound) {
    if (sources.error().hint == kNewerHint && !options.force) {
      Error error = sources.error();
      error.hint += "; to build it anew with this one all the same: --force";
      return error;
    }
    note_unknown(index, *config, *plan);
  }
  if (!refuse_losses(*plan, losses, options).ok() && plan->report.removed > 0) {
    plan->report.removed -= count_moves(index, *config, losses.sources, *plan);
  }
  if (Status status = refuse_losses(*plan, losses, options); !status) return status.error();
  plan->report.removed = 0;  // everything is new
  if (config->spread > 0) {
    std::vector<WriterLock> locks;
    for (unsigned i = 0; i < config->spread; ++i) {
      const fs::path folder = shard_folder(index, i);
      if (Status status = make_index_folder(folder); !status) return status.error();
      Result<WriterLock> own = WriterLock::acquire(folder / "lock", options.patience);
      if (!own) return own.error();
      locks.push_back(std::move(own).value());
    }
    return carry_out_spread(index, *config, std::move(plan).value(),
                            std::vector<Before>(config->spread), options);
  }
  return carry_out(index, std::move(plan).value(), Before{}, options);
}

}  // namespace tome
