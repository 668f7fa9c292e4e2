// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/shard_memory.h"

namespace tome {

std::shared_ptr<ShardMemory> new_shard_memory() { return std::make_shared<ShardMemory>(); }

std::optional<std::string> ShardMemory::down(const std::string& address, bool retry,
                                             Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(address);
  if (found == failures_.end()) return std::nullopt;
  if (!retry || now - found->second.tried < kTryAgain) return found->second.reason;
  found->second.tried = now;
  return std::nullopt;
}

bool ShardMemory::may_try(const std::string& address, Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(address);
  return found == failures_.end() || now - found->second.tried >= kTryAgain;
}

void ShardMemory::failed(const std::string& address, std::string reason, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  failures_[address] = {std::move(reason), now};
}

void ShardMemory::answered(const std::string& address) {
  const std::lock_guard lock(mutex_);
  failures_.erase(address);
}

}  // namespace tome
