// SPDX-License-Identifier: GPL-2.0-or-later
// Where a shard of a shelf is: an index directory, tcp://host:port (tome shard serve), or
// ssh://host/path (an index directory there). A plain value.
//
// An address may come from an index directory that somebody else made, and parts of it become
// arguments of ssh: hosts and remote paths hold no character that a shell or Xapian's own splitting
// of arguments would read in another way, and none begins with a dash.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"

namespace tome {

struct ShardAddress {
  enum class Kind { kLocal, kTcp, kSsh };
  Kind kind = Kind::kLocal;
  std::string path;  // local: as written; ssh: absolute path on that host
  std::string host;  // ssh: "host" or "user@host"
  std::uint16_t port = 0;
  friend bool operator==(const ShardAddress&, const ShardAddress&) = default;
};

// kUsage saying what is wrong with it.
Result<ShardAddress> parse_shard_address(std::string_view text);

// parse_shard_address() reads it back.
std::string to_string(const ShardAddress& address);

// Places that hold the same shard, tried in turn. REQUIRES of a valid one: at least one.
struct ShardPlaces {
  std::vector<ShardAddress> replicas;
  friend bool operator==(const ShardPlaces&, const ShardPlaces&) = default;
};

// "tcp://a:1, tcp://b:1"
std::string to_string(const ShardPlaces& places);

// kUsage when one address is named twice.
Status check_distinct(const std::vector<ShardPlaces>& shards);

}  // namespace tome
