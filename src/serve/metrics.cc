// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace tome {
namespace {

std::string gauge(std::string_view name, std::string_view help, std::uint64_t value) {
  return fmt::format("# HELP tome_{0} {1}\n# TYPE tome_{0} gauge\ntome_{0} {2}\n", name, help,
                     value);
}

}  // namespace

void Metrics::record(std::string_view route, int status, double seconds) {
  const std::string name(route);
  const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
  const std::lock_guard lock(mutex_);
  ++requests_[{name, status}];
  Histogram& histogram = durations_[name];
  ++histogram.counts[static_cast<std::size_t>(bucket)];
  histogram.sum += seconds;
}

std::string Metrics::text(const Gauges& gauges) const {
  std::string out =
      gauge("generation", "Generation of the index that is being served.", gauges.generation) +
      gauge("passages", "Passages on the shelf.", gauges.passages) +
      gauge("works", "Works on the shelf.", gauges.works) +
      gauge("stale", "1 when the newest generation could not be opened.", gauges.stale ? 1 : 0);
  const std::lock_guard lock(mutex_);
  out += "# HELP tome_requests_total Requests answered.\n# TYPE tome_requests_total counter\n";
  for (const auto& [key, count] : requests_) {
    out += fmt::format("tome_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first,
                       key.second, count);
  }
  out +=
      "# HELP tome_request_seconds Time from the whole request to its answer.\n"
      "# TYPE tome_request_seconds histogram\n";
  for (const auto& [route, histogram] : durations_) {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      below += histogram.counts[i];
      out += fmt::format("tome_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route,
                         kBounds[i], below);
    }
    below += histogram.counts.back();
    out +=
        fmt::format("tome_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", route, below);
    out += fmt::format("tome_request_seconds_sum{{route=\"{}\"}} {:.6f}\n", route, histogram.sum);
    out += fmt::format("tome_request_seconds_count{{route=\"{}\"}} {}\n", route, below);
  }
  return out;
}

}  // namespace tome
