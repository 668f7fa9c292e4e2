// SPDX-License-Identifier: GPL-2.0-or-later
// Changed paths that wait until they have come to rest. A plain value; the time is the caller's.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>

#include "ingest/update.h"

namespace tome {

class Pending {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Due after `quiet` without a change, at the latest `longest` after the first.
  Pending(std::chrono::milliseconds quiet, std::chrono::milliseconds longest)
      : quiet_(quiet), longest_(longest) {}

  void add(const std::string& root, const std::string& path, Time now) {
    if (empty()) first_ = now;
    last_ = now;
    paths_[root].insert(path);
  }
  // What there is is due at once.
  void hurry() { first_ = Time(); }
  void clear() { paths_.clear(); }

  bool empty() const { return paths_.empty(); }
  Time due_at() const {
    return first_ == Time() ? first_ : std::min(last_ + quiet_, first_ + longest_);
  }
  bool due(Time now) const { return !empty() && now >= due_at(); }

  Parts parts() const {
    Parts parts;
    for (const auto& [root, paths] : paths_) parts[root].assign(paths.begin(), paths.end());
    return parts;
  }

 private:
  std::chrono::milliseconds quiet_, longest_;
  Time first_, last_;
  std::map<std::string, std::set<std::string>> paths_;
};

}  // namespace tome
