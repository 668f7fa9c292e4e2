// SPDX-License-Identifier: GPL-2.0-or-later
// Reader: the texts of candidates, of several shards at once. Xapian 1.4 sends one document a round
// trip, so that they are worth a thread a connection.
#include <algorithm>
#include <deque>
#include <mutex>
#include <thread>

#include "store/block_heads.h"
#include "store/reader_impl.h"
#include "store/served.h"
#include "store/terms.h"

namespace tome {
namespace {

using Clock = std::chrono::steady_clock;

// A candidate: its place in the list of them, and where its text stands.
struct Wanted {
  std::size_t at = 0;
  std::size_t segment = 0;
  Xapian::docid document = 0;
  Xapian::docid head = 0;  // the first document of its block; 0: not known
};

// Documents of one segment that one connection reads.
struct Lane {
  const Xapian::Database* database = nullptr;
  PassageReader* passages = nullptr;  // of it
  std::vector<Wanted> wanted;
};

// What went wrong first in each segment.
struct Trouble {
  std::mutex mutex;
  std::map<std::size_t, Error> errors;

  void tell(std::size_t segment, Error error) {
    const std::lock_guard lock(mutex);
    errors.emplace(segment, std::move(error));
  }
};

bool same_block(const Wanted& one, const Wanted& two) {
  return one.head != 0 ? one.head == two.head : one.document == two.document;
}

// Which of `lanes` each of the documents falls to, so that all read as many blocks and none is read
// twice.
std::vector<std::size_t> share(const std::vector<Wanted>& wanted, std::size_t lanes) {
  std::vector<std::size_t> block(wanted.size());
  for (std::size_t i = 1; i < wanted.size(); ++i) {
    block[i] = block[i - 1] + (same_block(wanted[i - 1], wanted[i]) ? 0 : 1);
  }
  const std::size_t blocks = block.back() + 1;
  for (std::size_t& number : block) number = number * std::min(lanes, blocks) / blocks;
  return block;
}

}  // namespace

Result<PassageRecord> Reader::read(std::uint32_t document) const {
  const Candidate candidate{document, 0};
  Result<std::vector<PassageRecord>> records = read(std::span(&candidate, 1));
  if (!records) return records.error();
  return std::move(records->front());
}

Status Reader::Impl::learn_heads(const std::vector<std::set<std::uint32_t>>& pieces) {
  const auto is_known = [&](std::size_t i) {
    const auto& known = shards[segments[i].shard]->heads;
    return std::all_of(pieces[i].begin(), pieces[i].end(),
                       [&](std::uint32_t piece) { return known.contains(piece); });
  };
  bool all_known = true;
  for (std::size_t i = 0; i < segments.size(); ++i) all_known = all_known && is_known(i);
  if (all_known) return Ok{};
  return each_segment([&](std::size_t i) -> Status {
    auto& known = shards[segments[i].shard]->heads;
    for (const std::uint32_t piece : pieces[i]) {
      if (known.contains(piece)) continue;
      std::vector<std::uint32_t> heads;
      if (!read_heads(segments[i].database, piece, heads)) {
        return damaged(std::string(kDamagedRecord), segments[i].path);
      }
      known.emplace(piece, std::move(heads));
    }
    return Ok{};
  });
}

Result<std::vector<std::string>> Reader::ids(std::span<const Candidate> candidates) const {
  std::vector<std::string> ids(candidates.size());
  if (impl_->remote) {
    Result<std::vector<PassageRecord>> records = read(candidates);
    if (!records) return records.error();
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = std::move((*records)[i].id);
    return ids;
  }
  const std::size_t segments = impl_->segments.size();
  std::vector<std::vector<std::pair<Xapian::docid, std::size_t>>> wanted(segments);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::size_t number = candidates[i].document - 1;
    wanted[number % segments].emplace_back(number / segments + 1, i);
  }
  for (std::size_t segment = 0; segment < segments; ++segment) {
    if (wanted[segment].empty()) continue;
    std::sort(wanted[segment].begin(), wanted[segment].end());
    try {
      const Xapian::Database& database = impl_->segments[segment].database;
      auto value = database.valuestream_begin(kIdSlot);
      for (const auto& [document, at] : wanted[segment]) {
        value.skip_to(document);
        if (value == database.valuestream_end(kIdSlot)) break;
        if (value.get_docid() == document) ids[at] = *value;
      }
    } catch (const Xapian::Error& error) {
      return impl_->failed(error, segment);
    }
  }
  return ids;
}

Result<std::vector<PassageRecord>> Reader::read(std::span<const Candidate> candidates) const {
  // Documents of the segments take turns in the numbers of all.
  const std::size_t segments = impl_->segments.size();
  if (segments == 0 && !candidates.empty()) return damaged("no such passage", impl_->index);
  std::vector<std::vector<Wanted>> wanted(segments);
  std::vector<std::set<std::uint32_t>> pieces(segments);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::size_t number = candidates[i].document - 1;
    const std::size_t segment = number % segments;
    const auto document = static_cast<Xapian::docid>(number / segments + 1);
    wanted[segment].push_back({i, segment, document, 0});
    if (impl_->segments[segment].remote) pieces[segment].insert(heads_piece(document));
  }
  if (Status status = impl_->learn_heads(pieces); !status) return status.error();

  std::vector<Lane> near, far;
  std::deque<PassageReader> own;  // of connections that have none
  for (std::size_t segment = 0; segment < segments; ++segment) {
    std::vector<Wanted>& of_it = wanted[segment];
    if (of_it.empty()) continue;
    std::sort(of_it.begin(), of_it.end(),
              [](const Wanted& a, const Wanted& b) { return a.document < b.document; });
    Impl::Segment& in = impl_->segments[segment];
    if (!in.remote) {
      near.push_back({&in.database, &in.passages, std::move(of_it)});
      continue;
    }
    const Shard& shard = *impl_->shards[in.shard];
    for (Wanted& one : of_it) {
      one.head = head_of(shard.heads.at(heads_piece(one.document)), one.document);
    }
    const std::vector<std::size_t> lane_of = share(of_it, shard.more.size() + 1);
    const std::size_t first = far.size();
    for (std::size_t lane = 0; lane <= lane_of.back(); ++lane) {
      far.push_back({lane == 0 ? &in.database : &shard.more[lane - 1],
                     lane == 0 ? &in.passages : &own.emplace_back(),
                     {}});
    }
    for (std::size_t i = 0; i < of_it.size(); ++i) {
      far[first + lane_of[i]].wanted.push_back(of_it[i]);
    }
  }

  std::vector<PassageRecord> records(candidates.size());
  Trouble trouble;
  const Clock::time_point start = Clock::now();
  const auto run = [&](const Lane& lane) {
    const std::size_t number = lane.wanted.front().segment;
    const Impl::Segment& segment = impl_->segments[number];
    const Shard& shard = *impl_->shards[segment.shard];
    try {
      for (const Wanted& one : lane.wanted) {
        if (segment.remote && Clock::now() - start > shard.timeout) {
          throw Xapian::NetworkTimeoutError("");
        }
        const bool sound =
            one.head == 0
                ? lane.passages->read(*lane.database, one.document, records[one.at])
                : lane.passages->read(*lane.database, one.document, one.head, records[one.at]);
        if (!sound) {
          return trouble.tell(number, damaged(std::string(kDamagedRecord), segment.path));
        }
      }
    } catch (const Xapian::Error& error) {
      trouble.tell(number, impl_->error_in(error, number));
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
  std::optional<Error> first;
  for (auto& [segment, error] : trouble.errors) {  // all that are lost are left out at once
    Error told = impl_->told(segment, std::move(error));
    if (!first) first = std::move(told);
  }
  if (first) return std::move(*first);
  return records;
}

}  // namespace tome
