// SPDX-License-Identifier: GPL-2.0-or-later
// One shard of a shelf, open: the segments of a local index, or a connection to a served one and
// some more to read text by. For the sources of Reader alone: it needs <xapian.h>.
//
// A connection belongs to one thread at a time. All connections of a shard see one generation.
#pragma once

#include <xapian.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "store/manifest.h"
#include "store/record_table.h"
#include "store/records.h"
#include "store/shard_address.h"
#include "tome/result.h"

namespace tome {

struct Shard {
  std::string address;
  bool remote = false;
  Manifest manifest;
  std::vector<Xapian::Database> databases;   // local: one a segment; remote: one
  std::vector<std::filesystem::path> paths;  // of each database, for what is said of it
  std::vector<std::shared_ptr<const RecordTable>> tables;  // of each; a remote one has none
  std::vector<Xapian::Database> more;                      // further connections to a remote one
  std::map<std::string, std::uint64_t> languages;
  std::chrono::milliseconds timeout{0};
  std::string identity;                     // of the very data; another for another generation
  std::map<std::string, std::string> kept;  // metadata of a remote one that was read already
  std::map<std::uint32_t, std::vector<std::uint32_t>> heads;  // the same, see read_heads()
  std::chrono::steady_clock::time_point looked = std::chrono::steady_clock::now();  // for a newer
};

// The generation in force of an index directory, see Reader::open() for `most`.
Result<std::shared_ptr<Shard>> open_local_shard(const std::filesystem::path& index,
                                                std::uint64_t most);

// Connects to a served shard with `connections` in all. kUnreachable when nothing answers in time,
// kUnsupported when what answers is no shard or one of another schema.
Result<std::shared_ptr<Shard>> open_remote_shard(const ShardAddress& address,
                                                 std::chrono::milliseconds timeout,
                                                 unsigned connections);

// What Xapian::Database::get_uuid() of a served shard is now; connects anew.
Result<std::string> ask_identity(const ShardAddress& address, std::chrono::milliseconds timeout);

// A lost or unwilling server, in few words: "no answer within 3 s", "cannot connect".
std::string reason_of(const Xapian::Error& error, std::chrono::milliseconds timeout);

// What is said of a shard that failed, of code kUnreachable.
Error unreachable(const std::string& address, const std::string& reason);
// The reason that unreachable() was told; of another error its message.
std::string reason_in(const Error& error);

}  // namespace tome
