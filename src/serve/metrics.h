// SPDX-License-Identifier: GPL-2.0-or-later
// Counts for Prometheus. Safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace tome {

// What is not counted here but read when asked for.
struct Gauges {
  std::uint64_t generation = 0;
  std::uint64_t passages = 0;
  std::uint64_t works = 0;
  bool stale = false;  // the newest generation could not be opened
};

class Metrics {
 public:
  // `route`: one of the routes' names (a fixed few), never a path of a request.
  void record(std::string_view route, int status, double seconds);

  // In Prometheus' text format 0.0.4.
  std::string text(const Gauges& gauges) const;

 private:
  static constexpr std::array<double, 12> kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                  0.1,   0.25,   0.5,   1,    2.5,   10};
  struct Histogram {
    std::array<std::uint64_t, kBounds.size() + 1> counts{};  // the last: above all bounds
    double sum = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Histogram> durations_;
};

}  // namespace tome
