// SPDX-License-Identifier: GPL-2.0-or-later
// A client's session with the Model Context Protocol server: JSON-RPC 2.0 messages in, answers out.
//
// A Session is a plain value that belongs to one client and one thread. It opens the shelf when a
// call first needs it and follows new generations from call to call.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "mcp/revision.h"
#include "tome/search.h"

namespace tome::mcp {

inline constexpr std::size_t kMaxMessage = 4'000'000;  // bytes
inline constexpr std::size_t kMaxNesting = 64;         // arrays and objects in one another
inline constexpr std::size_t kMaxBatch = 50;           // messages

struct Session {
  std::filesystem::path index;
  std::filesystem::path synonyms;                     // of the user; need not be there
  ShardOptions shards;                                // of a shelf that has several
  std::string version;                                // of the program, for serverInfo
  const Revision* revision = nullptr;                 // null until initialize
  std::optional<Shelf> shelf;                         // open once a call needed it
  std::chrono::steady_clock::time_point looked = {};  // at shards that are far
};

// Answers one message (a line without its end). Empty when nothing is to be answered: for
// notifications, responses and blank lines. The answer is one line of valid UTF-8 without its end.
std::string handle(Session& session, std::string_view line);

// The shelf in its newest generation.
Result<Shelf*> newest_shelf(Session& session);

}  // namespace tome::mcp
