// SPDX-License-Identifier: GPL-2.0-or-later
// The HTTP server: one thread waits for all sockets, a few answer (decision: ARCHITECTURE.md).
//
// A slow client holds a place among the connections, for a bounded time, and never a thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "serve/peers.h"
#include "tome/result.h"
#include "tome/shards.h"

namespace tome {

struct ServerOptions {
  std::filesystem::path index;
  std::filesystem::path synonyms;  // the user's own; may be empty
  ShardOptions shards;             // of a shelf that has several
  std::string host = "127.0.0.1";
  std::uint16_t port = 7700;  // 0: any that is free
  std::string token;          // must be there when `host` is not this machine alone
  bool files = false;         // serve the original files
  std::size_t threads = 0;    // that answer; 0: two a core, at least four
  PeerLimits limits;
  std::size_t waiting = 256;                  // requests that may wait for a thread; more: 503
  std::chrono::milliseconds patience{5'000};  // that one may wait; longer: 503
};

class Server {
 public:
  // Listens and answers from now on. kUsage without the token that it takes; the errors of opening
  // a shelf and of listen_at().
  static Result<std::unique_ptr<Server>> start(ServerOptions options);
  ~Server();  // stops, and waits for what is running

  const std::string& url() const;
  std::uint16_t port() const;
  std::uint64_t generation() const;

  // Takes no more connections and waits up to `bound` for answers that are being made or sent;
  // false when some are not finished by then.
  bool drain(std::chrono::milliseconds bound);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tome
