// SPDX-License-Identifier: GPL-2.0-or-later
// Reader: what is read of the records of several shards at once, and what becomes of a failure.
#include <algorithm>
#include <thread>

#include "store/reader_impl.h"
#include "store/served.h"

namespace tome {
bool Reader::Impl::can_do_without(std::size_t shard) const {
  if (places.empty()) return false;
  if (shards.size() > 1) return true;
  return std::any_of(places.begin(), places.end(), [&](const ShardPlaces& each) {
    const auto is_it = [&](const ShardAddress& address) {
      return to_string(address) == shards[shard]->address;
    };
    return each.replicas.size() > 1 &&
           std::any_of(each.replicas.begin(), each.replicas.end(), is_it);
  });
}

Error Reader::Impl::lose(std::size_t shard, const std::string& reason) {
  lost.emplace(shard, reason);
  return unreachable(shards[shard]->address, reason);
}

Error Reader::Impl::told(std::size_t i, Error error) {
  const std::size_t shard = segments[i].shard;
  if (error.code == Code::kDamaged && can_do_without(shard)) return lose(shard, error.message);
  if (error.code == Code::kUnreachable) lost.emplace(shard, reason_in(error));
  return error;
}

Error Reader::Impl::broken(std::size_t i) {
  return told(i, damaged(std::string(kDamagedRecord), segments[i].path));
}

Error Reader::Impl::error_in(const Xapian::Error& error, std::size_t i) const {
  const Segment& segment = segments[i];
  if (!segment.remote) return damaged(error, segment.path);
  const Shard& shard = *shards[segment.shard];
  return unreachable(shard.address, reason_of(error, shard.timeout));
}

Error Reader::Impl::failed(const Xapian::Error& error, std::size_t i) {
  return told(i, error_in(error, i));
}

Error Reader::Impl::failed(const Xapian::Error& error, const Again& again) {
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
    if (named) return lose(segments[i].shard, reason_of(error, shard.timeout));
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
  if (lost.empty() && !network) {
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (segments[i].remote) continue;
      try {
        again(segments[i].database);
      } catch (const Xapian::Error& found) {
        Error told_of_it = failed(found, i);
        if (lost.empty()) return told_of_it;
      }
    }
    if (lost.empty()) return damaged(error, index);
  }
  if (lost.empty()) {
    // One connection went and its server is there: all are opened anew.
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (segments[i].remote) lost.emplace(segments[i].shard, error.get_msg());
    }
  }
  const auto& [shard, reason] = *lost.begin();
  return unreachable(shards[shard]->address, reason);
}

Status Reader::Impl::each_segment(const std::function<Status(std::size_t)>& task) {
  std::vector<Status> done(segments.size(), Ok{});
  const auto run = [&](std::size_t i) {
    try {
      done[i] = task(i);
    } catch (const Xapian::Error& error) {
      done[i] = error_in(error, i);
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
  Status first = Ok{};
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (done[i].ok()) continue;
    Error error = told(i, done[i].error());
    if (first.ok()) first = std::move(error);
  }
  return first;
}

Status Reader::Impl::each_local(std::string_view prefix, const Fetch& fetch,
                                const VisitRecord& visit) {
  std::vector<std::vector<std::string>> fetched(segments.size());
  Status status = each_segment([&](std::size_t i) -> Status {
    const Segment& segment = segments[i];
    if (!segment.remote) {
      return segment.records->visit(
          prefix, [&](std::string_view, std::string_view value) { return visit(value); });
    }
    const Status read = fetch(segment.database, [&](std::string_view value) {
      fetched[i].emplace_back(value);
      return true;
    });
    return read.ok() ? read : damaged(std::string(kDamagedRecord), segment.path);
  });
  if (!status) return status;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    for (const std::string& record : fetched[i]) {
      if (!visit(record)) return broken(i);
    }
  }
  return Ok{};
}

Status Reader::Impl::each_record(std::string_view kind, const VisitRecord& visit) {
  const auto fetch = [&](const Xapian::Database& database, const VisitRecord& keep) {
    return each_served(database, kind, keep);
  };
  return each_local(kind, fetch, visit);
}

Status Reader::Impl::each_value(std::string_view prefix, const VisitRecord& visit) {
  const auto fetch = [&](const Xapian::Database& database, const VisitRecord& keep) {
    return visit_served(database, prefix, keep);
  };
  return each_local(prefix, fetch, visit);
}

Status Reader::Impl::each_key(std::string_view prefix,
                              const std::function<void(std::size_t, std::string_view)>& visit) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].remote) continue;
    const Status status =
        segments[i].records->visit(prefix, [&](std::string_view key, std::string_view) {
          visit(i, key);
          return true;
        });
    if (!status) return told(i, status.error());
  }
  return Ok{};
}

}  // namespace tome
