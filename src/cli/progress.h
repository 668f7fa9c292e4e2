// SPDX-License-Identifier: GPL-2.0-or-later
// Progress of indexing, on standard error: a bar on a terminal, a line now and then otherwise.
#pragma once

#include <chrono>

#include "tome/index.h"

namespace tome::cli {

class Progress {
 public:
  explicit Progress(bool quiet);
  // Shows it when it is time to; false after Ctrl-C, which stops the run before it publishes.
  bool show(const IndexProgress& done);
  void clear();
  double seconds() const;

 private:
  void bar(const IndexProgress& done, double seconds) const;

  using Clock = std::chrono::steady_clock;
  bool quiet_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point start_;
  Clock::time_point last_;
};

}  // namespace tome::cli
