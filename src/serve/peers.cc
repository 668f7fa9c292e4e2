// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/peers.h"

#include <sys/socket.h>

#include <algorithm>

namespace tome {

void Peers::open(const void* connection, int socket) {
  const std::lock_guard lock(mutex_);
  peers_[connection] = {socket, Phase::kAsking, std::chrono::steady_clock::now()};
}

void Peers::close(const void* connection) {
  const std::lock_guard lock(mutex_);
  peers_.erase(connection);
}

void Peers::enter(const void* connection, Phase phase) {
  const std::lock_guard lock(mutex_);
  const auto peer = peers_.find(connection);
  if (peer == peers_.end()) return;
  peer->second.phase = phase;
  peer->second.since = std::chrono::steady_clock::now();
}

void Peers::cut_slow() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  const bool pressed = peers_.size() > limits_.connections / 4 * 3;
  for (const auto& [connection, peer] : peers_) {
    std::chrono::milliseconds limit = limits_.asking;
    if (peer.phase == Phase::kAnswering) continue;
    if (peer.phase == Phase::kReading) limit = limits_.reading;
    if (peer.phase == Phase::kSaving) limit = limits_.saving;
    if (pressed) limit = std::min(limit, limits_.pressed);
    if (now - peer.since > limit) ::shutdown(peer.socket, SHUT_RDWR);
  }
}

std::size_t Peers::busy() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(peers_.begin(), peers_.end(),
                    [](const auto& entry) { return entry.second.phase != Phase::kAsking; }));
}

std::size_t Peers::count() const {
  const std::lock_guard lock(mutex_);
  return peers_.size();
}

}  // namespace tome
