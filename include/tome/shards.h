// SPDX-License-Identifier: GPL-2.0-or-later
// A shelf of several shards: what a caller says of how they are asked, and what is said of those
// that did not answer. Plain values, but for ShardMemory, which any thread may share.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tome {

// Which places did not answer lately, so that not every question waits for them anew. Shared by the
// shelves of one process.
class ShardMemory;
std::shared_ptr<ShardMemory> new_shard_memory();

struct ShardOptions {
  // Instead of what an index directory lists: each a directory, tcp://host:port or ssh://host/path.
  std::vector<std::string> shards;
  std::chrono::milliseconds timeout{3000};  // a shard that takes longer is left out of the answer
  bool require_all = false;                 // an error instead of an answer without some shard
  std::shared_ptr<ShardMemory> memory;      // null: each shelf has its own
  bool retry =
      true;  // try places that failed some seconds ago; false: another shelf of `memory` does
};

// A shard that an answer lacks.
struct MissingShard {
  std::string address;  // as it was named, its replicas after it
  std::string reason;   // one clause, no final full stop
  friend bool operator==(const MissingShard&, const MissingShard&) = default;
};

struct ShardStatus {
  std::string address;  // the one that answers; of a missing shard as MissingShard
  bool remote = false;
  bool reachable = false;
  std::string reason;            // why it is not; else empty
  std::uint64_t generation = 0;  // the figures are those of a reachable one
  std::uint64_t passages = 0;
  double milliseconds = 0;  // of one small question; 0 for a local one
};

}  // namespace tome
