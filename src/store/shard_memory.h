// SPDX-License-Identifier: GPL-2.0-or-later
// Which places of shards did not answer lately. Safe from any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "tome/shards.h"

namespace tome {

class ShardMemory {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kTryAgain{3};

  // Why a place should not be tried now: it failed, and less than kTryAgain has gone by since
  // somebody tried. Who gets nothing for a place that failed is the one who tries.
  // Without `retry` the caller is never that one.
  std::optional<std::string> down(const std::string& address, bool retry,
                                  Clock::time_point now = Clock::now());
  // Whether down() would let somebody try a place that failed.
  bool may_try(const std::string& address, Clock::time_point now = Clock::now()) const;

  void failed(const std::string& address, std::string reason, Clock::time_point now = Clock::now());
  void answered(const std::string& address);

 private:
  struct Failure {
    std::string reason;
    Clock::time_point tried;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Failure> failures_;
};

}  // namespace tome
