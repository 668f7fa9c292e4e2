// SPDX-License-Identifier: GPL-2.0-or-later
// Threads that together hold no more bytes than a bound.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace tome {

class ByteGate {
 public:
  explicit ByteGate(std::uint64_t bound) : bound_(bound) {}

  // Holds its bytes until it ends.
  class Pass {
   public:
    // Waits until `bytes` more fit below the bound; what is larger than that goes in alone.
    Pass(ByteGate& gate, std::uint64_t bytes) : gate_(gate), bytes_(std::min(bytes, gate.bound_)) {
      std::unique_lock<std::mutex> lock(gate_.mutex_);
      gate_.changed_.wait(lock, [&] { return gate_.held_ + bytes_ <= gate_.bound_; });
      gate_.held_ += bytes_;
    }
    ~Pass() {
      {
        const std::lock_guard<std::mutex> lock(gate_.mutex_);
        gate_.held_ -= bytes_;
      }
      gate_.changed_.notify_all();
    }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    ByteGate& gate_;
    const std::uint64_t bytes_;
  };

 private:
  const std::uint64_t bound_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t held_ = 0;
};

}  // namespace tome
