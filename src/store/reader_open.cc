// SPDX-License-Identifier: GPL-2.0-or-later
// Reader: opening an index or the shards of a shelf, and going on when one is lost.
#include <fmt/format.h>

#include <future>
#include <set>

#include "store/files.h"
#include "store/reader_impl.h"
#include "store/shard_memory.h"
#include "store/shelf_config.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

struct Opened {
  std::shared_ptr<Shard> shard;  // null: none of the places answered
  Error error;                   // of the last place that was tried
  std::string reason;
};

// The first of a shard's places that answers. `old`: what was open before, taken over where it is
// still the newest.
Opened open_places(const ShardPlaces& places, const ReaderOptions& options,
                   const std::vector<std::shared_ptr<Shard>>& old) {
  Opened opened;
  for (const ShardAddress& address : places.replicas) {
    const std::string name = to_string(address);
    const bool local = address.kind == ShardAddress::Kind::kLocal;
    if (const auto down = options.shards.memory->down(name, options.shards.retry)) {
      opened.error = unreachable(name, *down);
      opened.reason = *down;
      continue;
    }
    if (local) {
      const Result<std::uint64_t> now = current_generation(address.path);
      for (const std::shared_ptr<Shard>& shard : old) {
        if (now.ok() && shard->address == name && shard->manifest.generation == *now) {
          opened.shard = shard;
          return opened;
        }
      }
    }
    Result<std::shared_ptr<Shard>> shard =
        local ? open_local_shard(address.path, options.most)
              : open_remote_shard(address, options.shards.timeout, options.connections);
    if (shard.ok()) {
      options.shards.memory->answered(name);
      opened.shard = std::move(shard).value();
      return opened;
    }
    opened.error = shard.error();
    opened.reason = reason_in(opened.error);
    options.shards.memory->failed(name, opened.reason);
  }
  return opened;
}

// Whether a shelf.toml that is not understood could list shards: then what the directory itself
// holds is not the shelf, or not all of it.
bool may_list_shards(const fs::path& index) {
  const Result<std::uint64_t> generation = current_generation(index);
  const Result<std::string> text = read_file(shelf_config_path(index));
  return (generation.ok() && *generation == 0) || !text || text->find("shard") != std::string::npos;
}

// A connection over ssh costs both machines a tenth of a second of work and more: while all is well
// it is made less often.
bool is_time_to_look(const ShardAddress& address, Shard& shard, ShardMemory& memory) {
  constexpr std::chrono::seconds kOverSsh{30};
  const auto now = std::chrono::steady_clock::now();
  if (address.kind == ShardAddress::Kind::kSsh && now - shard.looked < kOverSsh &&
      !memory.down(shard.address, false)) {
    return false;
  }
  shard.looked = now;
  return true;
}

// Whether a served shard answers over the connection that is open.
bool is_there(Shard& shard) {
  try {
    shard.databases.front().keep_alive();
    return true;
  } catch (const Xapian::Error&) {
    return false;
  }
}

std::string told(const MissingShard& missing) {
  return fmt::format("{} ({})", missing.address, missing.reason);
}

}  // namespace

void Reader::Impl::join() {
  std::set<std::string> versions;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    Shard& shard = *shards[i];
    for (std::size_t j = 0; j < shard.databases.size(); ++j) {
      all.add_database(shard.databases[j]);
      segments.push_back({shard.databases[j], shard.paths[j], shard.tables[j], i, shard.remote});
    }
    for (const auto& [language, passages] : shard.languages) languages[language] += passages;
    remote = remote || shard.remote;
    if (i == 0) {
      manifest = shard.manifest;
      continue;
    }
    manifest.generation += shard.manifest.generation;
    manifest.passages += shard.manifest.passages;
    manifest.segments.insert(manifest.segments.end(), shard.manifest.segments.begin(),
                             shard.manifest.segments.end());
  }
}

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const fs::path& index, std::uint64_t most) {
  Result<std::shared_ptr<Shard>> shard = open_local_shard(index, most);
  if (!shard) return shard.error();
  auto impl = std::make_unique<Impl>();
  impl->index = index;
  impl->shards.push_back(std::move(shard).value());
  impl->join();
  return Reader(std::move(impl));
}

Result<Reader> Reader::open_shelf(const fs::path& index, ReaderOptions options) {
  if (options.shards.memory == nullptr) options.shards.memory = new_shard_memory();
  std::vector<ShardPlaces> places;
  for (const std::string& text : options.shards.shards) {
    Result<ShardAddress> address = parse_shard_address(text);
    if (!address) return address.error();
    places.push_back({{std::move(address).value()}});
  }
  // One that is a directory stands for what it lists.
  if (places.size() == 1 && places[0].replicas[0].kind == ShardAddress::Kind::kLocal) {
    const fs::path folder = places[0].replicas[0].path;
    options.shards.shards.clear();
    return open_shelf(folder, std::move(options));
  }
  if (places.empty()) {
    if (Result<ShelfConfig> config = read_shelf_config(index); config.ok()) {
      places = shards_of(index, *config);
    } else if (config.error().code == Code::kUsage && may_list_shards(index)) {
      return config.error();
    }
  }
  if (Status status = check_distinct(places); !status) return status.error();
  return open_places_of(index, std::move(options), std::move(places), nullptr);
}

Result<Reader> Reader::open_places_of(const fs::path& index, ReaderOptions options,
                                      std::vector<ShardPlaces> places, const Impl* old) {
  if (places.empty()) {
    Result<Reader> reader = open(index, options.most);
    if (reader.ok()) reader->impl_->options = std::move(options);
    return reader;
  }
  const std::vector<std::shared_ptr<Shard>> before =
      old != nullptr ? old->shards : std::vector<std::shared_ptr<Shard>>();
  std::vector<std::future<Opened>> tries;
  for (const ShardPlaces& each : places) {
    const bool local =
        each.replicas.size() == 1 && each.replicas[0].kind == ShardAddress::Kind::kLocal;
    tries.push_back(std::async(local ? std::launch::deferred : std::launch::async,
                               [&] { return open_places(each, options, before); }));
  }
  auto impl = std::make_unique<Impl>();
  std::set<std::string> identities;
  std::optional<Error> trouble;
  for (std::size_t i = 0; i < places.size(); ++i) {
    Opened opened = tries[i].get();
    if (opened.shard == nullptr) {
      impl->missing.push_back({to_string(places[i]), opened.reason});
      if (!trouble) trouble = std::move(opened.error);
    } else if (!opened.shard->identity.empty() &&
               !identities.insert(opened.shard->identity).second) {
      trouble = Error{Code::kUsage, "two shards hold the same index",
                      "its passages would count twice: name the second as a replica of the first",
                      opened.shard->address};
      impl->shards.clear();
      for (std::size_t j = i + 1; j < places.size(); ++j) tries[j].wait();
      return *trouble;
    } else {
      impl->shards.push_back(std::move(opened.shard));
    }
  }
  if (impl->shards.empty()) return *trouble;
  if (options.shards.require_all && !impl->missing.empty()) {
    std::string list;
    for (const MissingShard& one : impl->missing) list += (list.empty() ? "" : "; ") + told(one);
    return Error{Code::kUnreachable, "not every shard answers: " + list,
                 "see which do: tome status; without --require-all the others answer", ""};
  }
  impl->index = index;
  impl->options = std::move(options);
  impl->places = std::move(places);
  try {
    impl->join();
  } catch (const Xapian::Error& error) {
    return damaged(error, index);
  }
  return Reader(std::move(impl));
}

const std::vector<MissingShard>& Reader::missing() const { return impl_->missing; }

Result<bool> Reader::recover() {
  if (impl_->lost.empty()) return false;
  for (const auto& [i, reason] : impl_->lost) {
    impl_->options.shards.memory->failed(impl_->shards[i]->address, reason);
  }
  // A connection that was idle too long, or a server that was restarted, is not yet a shard that
  // is down.
  for (const auto& [i, reason] : impl_->lost) {
    const Shard& shard = *impl_->shards[i];
    Result<ShardAddress> address = parse_shard_address(shard.address);
    if (!shard.remote || !address || reason.starts_with("no answer")) continue;
    if (ask_identity(*address, shard.timeout).ok()) {
      impl_->options.shards.memory->answered(shard.address);
    }
  }
  // What is left of an interrupted conversation must not be taken for the answer to another.
  Result<Reader> reader = open_places_of(impl_->index, impl_->options, impl_->places, impl_.get());
  if (!reader) return reader.error();
  *this = std::move(reader).value();
  return true;
}

Result<bool> Reader::renew() {
  if (impl_->places.empty()) {
    const Result<std::uint64_t> newest = current_generation(impl_->index);
    if (!newest) return newest.error();
    if (*newest == impl_->manifest.generation) return false;
    Result<Reader> reader = open(impl_->index, impl_->options.most);
    if (!reader) return reader.error();
    reader->impl_->options = impl_->options;
    *this = std::move(reader).value();
    return true;
  }
  bool newer = false;
  for (const std::shared_ptr<Shard>& shard : impl_->shards) {
    if (shard->remote) continue;
    const Result<std::uint64_t> now = current_generation(shard->address);
    newer = newer || !now.ok() || *now != shard->manifest.generation;
  }
  for (std::size_t i = 0; i < impl_->places.size() && !newer && !impl_->missing.empty(); ++i) {
    const std::string name = to_string(impl_->places[i]);
    for (const MissingShard& missing : impl_->missing) {
      if (missing.address != name) continue;
      for (const ShardAddress& address : impl_->places[i].replicas) {
        newer = newer || impl_->options.shards.memory->may_try(to_string(address));
      }
    }
  }
  if (!newer) return false;
  return reopen();
}

Result<bool> Reader::look_far() {
  bool newer = false;
  for (const std::shared_ptr<Shard>& shard : impl_->shards) {
    if (!shard->remote) continue;
    const Result<ShardAddress> address = parse_shard_address(shard->address);
    if (!address || !is_time_to_look(*address, *shard, *impl_->options.shards.memory)) continue;
    const Result<std::string> now = ask_identity(*address, shard->timeout);
    if (now.ok()) {
      impl_->options.shards.memory->answered(shard->address);
      if (*now == shard->identity) continue;
    } else if (is_there(*shard)) {
      continue;  // it has no place for one more connection
    } else {
      impl_->options.shards.memory->failed(shard->address, reason_in(now.error()));
    }
    newer = true;
  }
  if (!newer) return renew();
  return reopen();
}

Result<bool> Reader::reopen() {
  const std::string before = state();
  Result<Reader> reader = open_places_of(impl_->index, impl_->options, impl_->places, impl_.get());
  if (!reader) return reader.error();
  const bool changed = reader->state() != before;
  if (changed) *this = std::move(reader).value();
  return changed;
}

std::string Reader::state() const {
  if (impl_->places.empty()) return std::to_string(impl_->manifest.generation);
  std::string all;
  for (const std::shared_ptr<Shard>& shard : impl_->shards) {
    all += fmt::format("{} {} {}\n", shard->address, shard->manifest.generation, shard->identity);
  }
  return fmt::format("{}-{}", impl_->manifest.generation, short_digest(all, 12));
}

std::vector<fs::path> Reader::folders() const {
  std::vector<fs::path> folders;
  for (const std::shared_ptr<Shard>& shard : impl_->shards) {
    if (!shard->remote) folders.emplace_back(shard->address);
  }
  return folders;
}

bool Reader::is_sharded() const { return !impl_->places.empty(); }
bool Reader::is_far() const { return impl_->remote; }

std::vector<ShardStatus> Reader::shards() const {
  std::vector<ShardStatus> list;
  if (impl_->places.empty()) return list;
  for (std::size_t i = 0; i < impl_->shards.size(); ++i) {
    const Shard& shard = *impl_->shards[i];
    ShardStatus status;
    status.address = shard.address;
    status.remote = shard.remote;
    status.generation = shard.manifest.generation;
    status.passages = shard.manifest.passages;
    status.reachable = true;
    if (shard.remote) {
      const auto start = std::chrono::steady_clock::now();
      try {
        [[maybe_unused]] const auto some = shard.databases.front().get_metadata("served/none");
        status.milliseconds =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                .count();
      } catch (const Xapian::Error& error) {
        status.reachable = false;
        status.reason = reason_of(error, shard.timeout);
      }
    }
    list.push_back(std::move(status));
  }
  for (const MissingShard& missing : impl_->missing) {
    ShardStatus status;
    status.address = missing.address;
    status.remote = missing.address.find("://") != std::string::npos;
    status.reason = missing.reason;
    list.push_back(std::move(status));
  }
  return list;
}

}  // namespace tome
