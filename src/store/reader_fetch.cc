// SPDX-License-Identifier: GPL-2.0-or-later
// Reader: what is read of several shards at once. Xapian 1.4 sends one document a round trip, so
// that the texts of many candidates are worth a thread a connection.
#include <algorithm>
#include <deque>
#include <mutex>
#include <numeric>
#include <thread>

#include "store/metadata_keys.h"
#include "store/reader_impl.h"
#include "store/served.h"

namespace tome {
namespace {

using Clock = std::chrono::steady_clock;

// Documents of one segment that one connection reads.
struct Lane {
  const Xapian::Database* database = nullptr;
  PassageReader* passages = nullptr;  // of it
  std::size_t segment = 0;
  std::vector<std::size_t> wanted;  // places in the list of candidates
};

// What went wrong in a lane; the first of them is told.
struct Trouble {
  std::mutex mutex;
  std::optional<Error> error;
  std::map<std::size_t, std::string> lost;  // shard -> reason

  void tell(Error reason) {
    const std::lock_guard lock(mutex);
    if (!error) error = std::move(reason);
  }
  void lose(const Shard& shard, std::size_t number, std::string reason) {
    const std::lock_guard lock(mutex);
    if (!error) error = unreachable(shard.address, reason);
    lost.emplace(number, std::move(reason));
  }
};

}  // namespace

Error Reader::Impl::failed(const Xapian::Error& error, std::size_t i) {
  const Segment& segment = segments[i];
  if (!segment.remote) return damaged(error, segment.path);
  const Shard& shard = *shards[segment.shard];
  const std::string reason = reason_of(error, shard.timeout);
  lost.emplace(segment.shard, reason);
  return unreachable(shard.address, reason);
}

Error Reader::Impl::failed(const Xapian::Error& error) {
  if (!remote) return damaged(error, index);
  const std::string_view type = error.get_type();
  const bool network = type == "NetworkError" || type == "NetworkTimeoutError";
  // Which of them it was is asked of a connection that has no conversation under way.
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!segments[i].remote || lost.contains(segments[i].shard)) continue;
    const Shard& shard = *shards[segments[i].shard];
    const Result<ShardAddress> address = parse_shard_address(shard.address);
    const bool named = address.ok() && address->kind == ShardAddress::Kind::kTcp &&
                       error.get_context().find(address->host + ":" +
                                                std::to_string(address->port)) != std::string::npos;
    if (named) {
      lost.emplace(segments[i].shard, reason_of(error, shard.timeout));
      return unreachable(shard.address, lost[segments[i].shard]);
    }
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!segments[i].remote || lost.contains(segments[i].shard)) continue;
    Shard& shard = *shards[segments[i].shard];
    try {
      (shard.more.empty() ? shard.databases.front() : shard.more.front()).keep_alive();
    } catch (const Xapian::Error& gone) {
      lost.emplace(segments[i].shard, reason_of(gone, shard.timeout));
    }
  }
  if (lost.empty()) {
    if (!network) return damaged(error, index);
    // One connection went and its server is there: all are opened anew.
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (segments[i].remote) lost.emplace(segments[i].shard, error.get_msg());
    }
  }
  const auto& [shard, reason] = *lost.begin();
  return unreachable(shards[shard]->address, reason);
}

Status Reader::Impl::each_segment(const std::function<Status(std::size_t)>& task) {
  std::vector<std::optional<Error>> errors(segments.size());
  std::vector<std::optional<std::string>> reasons(segments.size());
  const auto run = [&](std::size_t i) {
    try {
      if (Status status = task(i); !status) errors[i] = status.error();
    } catch (const Xapian::Error& error) {
      if (!segments[i].remote) {
        errors[i] = damaged(error, segments[i].path);
      } else {
        const Shard& shard = *shards[segments[i].shard];
        reasons[i] = reason_of(error, shard.timeout);
        errors[i] = unreachable(shard.address, *reasons[i]);
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].remote) threads.emplace_back(run, i);
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!segments[i].remote) run(i);
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (reasons[i]) lost.emplace(segments[i].shard, *reasons[i]);
  }
  for (std::optional<Error>& error : errors) {
    if (error) return std::move(*error);
  }
  return Ok{};
}

Status Reader::Impl::each_record(std::string_view kind,
                                 const std::function<bool(std::string_view)>& visit) {
  std::vector<std::vector<std::string>> records(segments.size());
  Status status = each_segment([&](std::size_t i) -> Status {
    const Segment& segment = segments[i];
    const auto keep = [&](std::string_view value) {
      records[i].emplace_back(value);
      return true;
    };
    if (segment.remote) {
      const Status read = each_served(segment.database, kind, keep);
      return read.ok() ? read : damaged(std::string(kDamagedRecord), segment.path);
    }
    const std::string start(kind);
    for (auto key = segment.database.metadata_keys_begin(start);
         key != segment.database.metadata_keys_end(start); ++key) {
      if (!visit(segment.database.get_metadata(*key))) {
        return damaged(std::string(kDamagedRecord), segment.path);
      }
    }
    return Ok{};
  });
  if (!status) return status;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    for (const std::string& record : records[i]) {
      if (!visit(record)) return damaged(std::string(kDamagedRecord), segments[i].path);
    }
  }
  return Ok{};
}

Status Reader::Impl::each_value(std::string_view prefix,
                                const std::function<bool(std::string_view)>& visit) {
  const std::string start(prefix);
  std::vector<std::string> values(segments.size());
  Status status = each_segment([&](std::size_t i) -> Status {
    const Segment& segment = segments[i];
    if (segment.remote) {
      values[i] = segment.database.get_metadata(start);
      return Ok{};
    }
    for (auto key = segment.database.metadata_keys_begin(start);
         key != segment.database.metadata_keys_end(start); ++key) {
      if (!visit(segment.database.get_metadata(*key))) {
        return damaged(std::string(kDamagedRecord), segment.path);
      }
    }
    return Ok{};
  });
  if (!status) return status;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!values[i].empty() && !visit(values[i])) {
      return damaged(std::string(kDamagedRecord), segments[i].path);
    }
  }
  return Ok{};
}

Result<PassageRecord> Reader::read(std::uint32_t document) const {
  Result<std::vector<PassageRecord>> records = read({Candidate{document, 0}});
  if (!records) return records.error();
  return std::move(records->front());
}

Result<std::vector<PassageRecord>> Reader::read(const std::vector<Candidate>& candidates) const {
  // Documents of the segments take turns in the numbers of all: segment, then place in it.
  const auto segments =
      static_cast<std::uint32_t>(std::max<std::size_t>(1, impl_->segments.size()));
  const auto place = [&](std::size_t i) {
    const std::uint32_t number = candidates[i].document - 1;
    return std::make_pair(number % segments, number / segments);
  };
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  std::vector<Lane> near, far;
  std::deque<PassageReader> own;  // of connections that have none
  for (std::size_t begin = 0; begin < order.size();) {
    const std::size_t segment = place(order[begin]).first;
    std::size_t end = begin;
    while (end < order.size() && place(order[end]).first == segment) ++end;
    if (segment >= impl_->segments.size()) return damaged("no such passage", impl_->index);
    Impl::Segment& in = impl_->segments[segment];
    const Shard& shard = *impl_->shards[in.shard];
    std::vector<Lane>& lanes = in.remote ? far : near;
    const std::size_t first = lanes.size();
    const std::size_t connections = in.remote ? std::min(shard.more.size() + 1, end - begin) : 1;
    for (std::size_t i = 0; i < connections; ++i) {
      lanes.push_back({i == 0 ? &in.database : &shard.more[i - 1],
                       i == 0 ? &in.passages : &own.emplace_back(),
                       segment,
                       {}});
    }
    for (std::size_t i = begin; i < end; ++i) {
      lanes[first + (i - begin) * connections / (end - begin)].wanted.push_back(order[i]);
    }
    begin = end;
  }

  std::vector<PassageRecord> records(candidates.size());
  Trouble trouble;
  const Clock::time_point start = Clock::now();
  const auto run = [&](const Lane& lane) {
    const Impl::Segment& segment = impl_->segments[lane.segment];
    const Shard& shard = *impl_->shards[segment.shard];
    try {
      for (const std::size_t i : lane.wanted) {
        if (segment.remote && Clock::now() - start > shard.timeout) {
          trouble.lose(shard, segment.shard,
                       reason_of(Xapian::NetworkTimeoutError(""), shard.timeout));
          return;
        }
        const Xapian::docid document = place(i).second + 1;
        if (!lane.passages->read(*lane.database, document, records[i])) {
          trouble.tell(damaged(std::string(kDamagedRecord), segment.path));
          return;
        }
      }
    } catch (const Xapian::Error& error) {
      if (segment.remote) {
        trouble.lose(shard, segment.shard, reason_of(error, shard.timeout));
      } else {
        trouble.tell(damaged(error, segment.path));
      }
    }
  };
  std::vector<std::thread> threads;
  // A single connection is read in this thread.
  const bool alone = near.empty() && far.size() == 1;
  for (const Lane& lane : far) {
    if (alone) {
      run(lane);
    } else {
      threads.emplace_back(run, std::cref(lane));
    }
  }
  for (const Lane& lane : near) run(lane);
  for (std::thread& thread : threads) thread.join();
  for (const auto& [shard, reason] : trouble.lost) impl_->lost.emplace(shard, reason);
  if (trouble.error) return std::move(*trouble.error);
  return records;
}

}  // namespace tome
