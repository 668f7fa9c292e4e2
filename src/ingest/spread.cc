// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/spread.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/kept_works.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

ShelfConfig config_of_part(const fs::path& index, const ShelfConfig& config, unsigned number) {
  ShelfConfig part;
  part.part = {number, config.spread};
  part.roots = config.roots;
  for (Root& root : part.roots) {
    if (!fs::path(root.path).is_absolute()) root.path = root_path(index, root).string();
  }
  return part;
}

void add(const IndexReport& part, IndexReport& all) {
  all.generation += part.generation;
  all.published = all.published || part.published;
  all.input_bytes += part.input_bytes;
  all.replaced += part.replaced;
  all.sources += part.sources;
  all.passages += part.passages;
  all.failures.insert(all.failures.end(), part.failures.begin(), part.failures.end());
  all.warnings.insert(all.warnings.end(), part.warnings.begin(), part.warnings.end());
}

Result<Reader> open_all(const fs::path& index, unsigned shards) {
  ReaderOptions options;
  options.shards.require_all = true;
  for (unsigned i = 0; i < shards; ++i) {
    options.shards.shards.push_back(shard_folder(index, i).string());
  }
  return Reader::open_shelf(index, std::move(options));
}

}  // namespace

unsigned shard_of_source(std::string_view source, unsigned shards) {
  std::uint64_t number = 0;
  for (const char byte : digest(source).substr(0, 8)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return static_cast<unsigned>(number % shards);
}

Status refuse_part(const fs::path& index, const ShelfConfig& config) {
  std::error_code code;
  const bool asked =
      std::any_of(config.shards.begin(), config.shards.end(), [&](const ShardPlaces& places) {
        return std::any_of(places.replicas.begin(), places.replicas.end(),
                           [&](const ShardAddress& address) {
                             return address.kind == ShardAddress::Kind::kLocal &&
                                    fs::equivalent(index / address.path, index, code);
                           });
      });
  if (!config.shards.empty() && config.spread == 0 && !asked) {
    return Error{Code::kUsage, "this directory lists shards, and what it held would not be asked",
                 "index where the shards are; or list the directory itself: address = '.'",
                 index.string()};
  }
  if (config.part.of == 0) return Ok{};
  return Error{Code::kUsage,
               fmt::format("this is part {} of {} of an index that is spread over shards",
                           config.part.number + 1, config.part.of),
               "bring the whole up to date: tome index --index " +
                   index.parent_path().parent_path().string(),
               index.string()};
}

Status set_spread(const fs::path& index, const IndexOptions& options, bool fresh,
                  ShelfConfig& config) {
  if (Status status = refuse_part(index, config); !status) return status;
  if (options.shards == 0 || options.shards == std::max(1u, config.spread)) return Ok{};
  if (options.shards > kMostShards) {
    return Error{Code::kUsage, fmt::format("an index has at most {} shards", kMostShards), "", ""};
  }
  const Result<std::uint64_t> generation = current_generation(index);
  if (!fresh || config.spread > 0 || !generation || *generation > 0) {
    return Error{
        Code::kUsage,
        fmt::format("this index has {}; it cannot be spread over {}",
                    config.spread == 0 ? "no shards" : fmt::format("{} shards", config.spread),
                    options.shards),
        "make another one: tome index --index OTHER --shards N FOLDER", index.string()};
  }
  config.spread = options.shards;
  for (unsigned i = 0; i < config.spread; ++i) {
    ShardAddress address;
    address.path = "shards/" + std::to_string(i);
    config.shards.push_back({{address}});
  }
  return Ok{};
}

Result<SpreadBefore> open_spread(const fs::path& index, const ShelfConfig& config,
                                 const IndexOptions& options) {
  SpreadBefore before;
  bool any = false;
  bool every = true;
  for (unsigned i = 0; i < config.spread; ++i) {
    const fs::path folder = shard_folder(index, i);
    std::error_code code;
    for (const char* name : {"segments", "generations"}) {
      fs::create_directories(folder / name, code);
      if (code) return system_error("make a folder", folder / name, code.value());
    }
    Result<WriterLock> lock = WriterLock::acquire(folder / "lock", options.patience);
    if (!lock) return lock.error();
    before.locks.push_back(std::move(lock).value());
    const ShelfConfig part = config_of_part(index, config, i);
    const Result<ShelfConfig> there = read_shelf_config(folder);
    if (!there || *there != part) {
      if (Status status = write_shelf_config(folder, part); !status) return status.error();
    }
    Result<Before> one = open_before(folder);
    if (!one) return one.error();
    (one->reader ? any : every) = one->reader.has_value();
    before.all.sources.insert(before.all.sources.end(), one->sources.begin(), one->sources.end());
    before.parts.push_back(std::move(one).value());
  }
  if (any && every) {
    Result<Reader> reader = open_all(index, config.spread);
    if (!reader) return reader.error();
    before.all.reader.emplace(std::move(reader).value());
  }
  std::sort(before.all.sources.begin(), before.all.sources.end(), comes_before);
  return before;
}

Result<IndexReport> carry_out_spread(const fs::path& index, const ShelfConfig& config,
                                     UpdatePlan plan, const std::vector<Before>& parts,
                                     const IndexOptions& options) {
  const unsigned shards = config.spread;
  std::vector<UpdatePlan> plans(shards);
  for (SourceJob& job : plan.jobs) {
    plans[shard_of_source(job.record.id(), shards)].jobs.push_back(std::move(job));
  }
  for (const std::string& source : plan.removed) {
    plans[shard_of_source(source, shards)].removed.insert(source);
  }
  for (PackedSource& source : plan.touched) {
    plans[shard_of_source(source.id(), shards)].touched.push_back(std::move(source));
  }
  IndexReport report = std::move(plan.report);
  IndexOptions of_part = options;
  IndexProgress done;  // by the shards before
  std::uint64_t total = 0;
  for (const UpdatePlan& each : plans) total += each.jobs.size();
  for (unsigned i = 0; i < shards; ++i) {
    plans[i].moved = plan.moved;
    IndexProgress last;
    if (options.progress) {
      of_part.progress = [&](const IndexProgress& now) {
        last = now;
        return options.progress({done.sources + now.sources, total, done.bytes + now.bytes,
                                 done.passages + now.passages, now.path});
      };
    }
    Result<IndexReport> part =
        carry_out(shard_folder(index, i), std::move(plans[i]), parts[i], of_part);
    if (!part) return part;
    add(*part, report);
    done = {done.sources + last.sources,
            total,
            done.bytes + last.bytes,
            done.passages + last.passages,
            {}};
  }
  Result<Reader> reader = open_all(index, shards);
  if (!reader) return reader.error();
  const Result<const Catalogue*> catalogue = reader->catalogue();
  if (!catalogue) return catalogue.error();
  // What cannot be kept is joined again.
  [[maybe_unused]] const Status kept = keep_works(*reader);
  report.works = (*catalogue)->size();
  report.books = (*catalogue)->books();
  return report;
}

}  // namespace tome
