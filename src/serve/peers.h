// SPDX-License-Identifier: GPL-2.0-or-later
// The connections that are open, and who has waited too long: a client that sends or reads a byte
// now and then must not hold a place for ever. Safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>

namespace tome {

struct PeerLimits {
  std::size_t connections = 512;
  std::chrono::milliseconds asking{20'000};   // from the last answer to the next whole request
  std::chrono::milliseconds reading{60'000};  // of an answer
  std::chrono::milliseconds saving{600'000};  // of a file
  // Where more than three quarters of the places are taken: of each of the above at most this.
  std::chrono::milliseconds pressed{2'000};
};

class Peers {
 public:
  enum class Phase {
    kAsking,     // between requests, or sending one
    kAnswering,  // its answer is being made: no limit
    kReading,    // is being sent an answer
    kSaving,     // is being sent a file
  };

  explicit Peers(const PeerLimits& limits) : limits_(limits) {}

  void open(const void* connection, int socket);
  void close(const void* connection);  // before its socket is closed
  void enter(const void* connection, Phase phase);

  // Shuts down the sockets of those beyond their limit.
  void cut_slow();
  // Connections whose answer is being made or sent.
  std::size_t busy() const;
  std::size_t count() const;

 private:
  struct Peer {
    int socket = -1;
    Phase phase = Phase::kAsking;
    std::chrono::steady_clock::time_point since;
  };

  const PeerLimits limits_;
  mutable std::mutex mutex_;
  std::map<const void*, Peer> peers_;
};

}  // namespace tome
