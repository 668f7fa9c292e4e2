// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/moves.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "ingest/scopes.h"
#include "store/files.h"
#include "structure/structure.h"
#include "text/text.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestFile = 256u << 20;

std::string name_of(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

std::string title_by_name(std::string_view path) {
  std::string name = name_of(path);
  repair_utf8(name);
  return title_of_file(name);
}

// Sources that vanish, by their bytes.
class Vanished {
 public:
  void add(const PackedSource& source) {
    const SourceFields fields = source.fields();
    if (fields.digest.empty()) return;
    by_digest_[std::string(fields.digest)].emplace(name_of(fields.path), &source);
    sizes_.insert(fields.size);
  }
  bool has_size(std::uint64_t size) const { return sizes_.contains(size); }

  // One with these bytes, each once: of that name; else, if `any`, the first by name. Null when
  // none.
  const PackedSource* take(const std::string& digest, const std::string& name, bool any) {
    const auto same = by_digest_.find(digest);
    if (same == by_digest_.end()) return nullptr;
    auto found = same->second.find(name);
    if (found == same->second.end() && any) found = same->second.begin();
    if (found == same->second.end()) return nullptr;
    const PackedSource* source = found->second;
    same->second.erase(found);
    return source;
  }

 private:
  std::unordered_map<std::string, std::multimap<std::string, const PackedSource*>> by_digest_;
  std::unordered_set<std::uint64_t> sizes_;
};

// Digests of the files of jobs.
class Digests {
 public:
  Digests(const fs::path& index, const ShelfConfig& config) {
    for (const Root& root : config.roots) {
      const fs::path path = root_path(index, root);
      std::error_code code;
      bases_[root.name] = fs::is_regular_file(path, code) ? path.parent_path() : path;
    }
  }

  // Empty when it cannot be read.
  std::string of(const SourceFields& source) const {
    if (file_of_source(source.path) != source.path) {
      return std::string(source.digest);  // a row knows its own
    }
    const auto base = bases_.find(source.root);
    if (base == bases_.end()) return {};
    Result<FileDigest> digest = digest_file(base->second / source.path, kLargestFile);
    return digest.ok() ? std::move(digest->hex) : std::string();
  }

 private:
  std::map<std::string, fs::path, std::less<>> bases_;  // root -> where its relative paths begin
};

struct Pair {
  std::size_t job = 0;
  const PackedSource* from = nullptr;
};

// Each of `jobs` with the source whose bytes it has; those that kept their name first.
std::vector<Pair> pair_up(const UpdatePlan& plan, const std::vector<std::size_t>& jobs,
                          const Digests& digests, Vanished vanished) {
  std::vector<Pair> pairs;
  std::vector<std::pair<std::size_t, std::string>> renamed;  // job, digest
  for (const std::size_t i : jobs) {
    const SourceFields source = plan.jobs[i].record.fields();
    if (!vanished.has_size(source.size)) continue;
    const std::string digest = digests.of(source);
    if (digest.empty()) continue;
    if (const PackedSource* from = vanished.take(digest, name_of(source.path), false)) {
      pairs.push_back({i, from});
    } else {
      renamed.emplace_back(i, digest);
    }
  }
  for (const auto& [i, digest] : renamed) {
    const std::string name = name_of(plan.jobs[i].record.path());
    if (const PackedSource* from = vanished.take(digest, name, true)) pairs.push_back({i, from});
  }
  return pairs;
}

// A reader for several threads, one at a time.
struct Shared {
  const Reader* reader = nullptr;
  std::mutex mutex;
};

// What the index holds of `from`, as `now` would say it; nothing when it may be another.
std::optional<Carried> recall(Shared& shared, const SourceRecord& from, const std::string& title,
                              const Whole* whole, SourceRecord& now) {
  Carried carried;
  {
    const std::lock_guard<std::mutex> guard(shared.mutex);
    Result<std::vector<PassageRecord>> passages = shared.reader->passages_of(from.id);
    Result<std::vector<WorkRecord>> works = shared.reader->work_records(from.id);
    if (!passages || !works || passages->size() != from.passages) return std::nullopt;
    carried = {std::move(passages).value(), std::move(works).value()};
  }
  const std::string old_title = title_by_name(from.path);
  std::map<std::string, std::string> keys;  // the old one -> the new one
  for (WorkRecord& work : carried.works) {
    const bool own = work.origin != Origin::kReview;
    if (own && title != old_title && work.info.title == old_title) return std::nullopt;
    if (work.key != work_key(work.info, from.id)) return std::nullopt;
    std::string key = work_key(work.info, now.id);
    keys[work.key] = key;
    work.key = std::move(key);
    work.source = now.id;
  }
  if (whole && !carried.passages.empty()) carried.works.push_back(whole->record);
  for (PassageRecord& passage : carried.passages) {
    passage.id = passage_id(now.root, now.path, passage.ordinal);
    passage.source = now.id;
    passage.root = now.root;
    passage.path = now.path;
    for (std::string& key : passage.works) {
      const auto found = keys.find(key);
      if (found != keys.end()) {
        key = found->second;
      } else if (!whole || key != whole->record.key) {
        return std::nullopt;
      }
    }
  }
  now.digest = from.digest;
  now.state = from.state;
  now.language = from.language;
  now.passages = from.passages;
  now.text_bytes = from.text_bytes;
  now.replaced = from.replaced;
  now.warnings = from.warnings;
  return carried;
}

void carry(const Pair& pair, const std::shared_ptr<Shared>& shared, UpdatePlan& plan) {
  SourceJob& job = plan.jobs[pair.job];
  const SourceFields from = pair.from->fields();
  const SourceFields now = job.record.fields();
  if (from.state == SourceState::kFailed || from.format != now.format || from.whole != now.whole) {
    return;
  }
  job.recall = [shared, from = pair.from, whole = job.whole](SourceRecord& source) {
    return recall(*shared, from->unpack(), title_by_name(source.path), whole.get(), source);
  };
}

}  // namespace

void find_moves(const fs::path& index, const ShelfConfig& config,
                const std::vector<Absorbed>& absorbed, const Before& before, UpdatePlan& plan) {
  if (!before.reader || plan.jobs.empty() || plan.removed.empty()) return;
  std::unordered_map<std::string, std::size_t> fresh;  // source ID -> job
  std::unordered_set<std::string> replaced;            // by a job of the same ID
  for (std::size_t i = 0; i < plan.jobs.size(); ++i) {
    std::string id(plan.jobs[i].record.id());
    if (plan.removed.contains(id)) {
      replaced.insert(std::move(id));
    } else {
      fresh.emplace(std::move(id), i);
    }
  }
  if (fresh.empty()) return;
  std::map<std::string, const Absorbed*, std::less<>> outer;  // absorbed root -> what became of it
  for (const Absorbed& root : absorbed) outer[root.root] = &root;
  std::unordered_set<std::string> stays = replaced;
  for (const PackedSource& source : before.sources) {
    std::string id(source.id());
    if (!outer.empty() && !plan.removed.contains(id)) stays.insert(std::move(id));
  }

  const Digests digests(index, config);
  const auto shared = std::make_shared<Shared>();
  shared->reader = &*before.reader;
  Vanished vanished;
  for (const PackedSource& source : before.sources) {
    const std::string id(source.id());
    if (!plan.removed.contains(id) || replaced.contains(id)) continue;
    if (const auto root = outer.find(source.root()); root != outer.end()) {
      const std::string now = absorbed_id(*root->second, source.path());
      if (stays.contains(now)) continue;  // was on the shelf twice
      if (const auto job = fresh.find(now); job != fresh.end()) {
        const SourceFields record = plan.jobs[job->second].record.fields();
        const SourceFields fields = source.fields();
        if (record.size == fields.size && digests.of(record) == fields.digest) {
          carry({job->second, &source}, shared, plan);
        }
        fresh.erase(job);
        continue;
      }
    }
    vanished.add(source);
  }
  std::vector<std::size_t> jobs;
  jobs.reserve(fresh.size());
  for (const auto& [id, i] : fresh) jobs.push_back(i);
  std::sort(jobs.begin(), jobs.end());
  for (const Pair& pair : pair_up(plan, jobs, digests, std::move(vanished))) {
    --plan.report.added;
    --plan.report.removed;
    ++plan.report.moved;
    carry(pair, shared, plan);
  }
}

std::uint64_t count_moves(const fs::path& index, const ShelfConfig& config, KnownSources sources,
                          const UpdatePlan& plan) {
  std::unordered_set<std::string> planned;
  for (const SourceJob& job : plan.jobs) planned.emplace(job.record.id());
  std::unordered_set<std::string> known;
  Vanished vanished;
  for (const PackedSource& source : sources) {
    std::string id(source.id());
    if (find_root(config, source.root()) != nullptr && !planned.contains(id)) vanished.add(source);
    known.insert(std::move(id));
  }
  std::vector<std::size_t> jobs;
  for (std::size_t i = 0; i < plan.jobs.size(); ++i) {
    if (!known.contains(std::string(plan.jobs[i].record.id()))) jobs.push_back(i);
  }
  return pair_up(plan, jobs, Digests(index, config), std::move(vanished)).size();
}

}  // namespace tome
