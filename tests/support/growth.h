// SPDX-License-Identifier: GPL-2.0-or-later
// Whether work grows as its input does: by comparing two sizes, since how long one takes depends on
// the machine, its load and how the program was built.
#pragma once

#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <cstddef>

namespace tome {

// Seconds of the processor that this process takes for `work`, all its threads together.
template <typename Work>
double processor_seconds(const Work& work) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double before = now();
  work();
  return now() - before;
}

// Fails when `work(n)` takes more than three times what eight times `work(n / 8)` does; what is
// quadratic takes eight times it. Work of less than a hundredth of a second counts as that much:
// its beginnings outweigh it. Measured again when it seems too much, for what else the machine did.
template <typename Work>
void expect_linear(std::size_t n, const Work& work) {
  double grown = 0;
  for (int attempt = 0; attempt < 6; ++attempt) {
    const double part = processor_seconds([&] { work(n / 8); });
    const double whole = processor_seconds([&] { work(n); });
    grown = whole / std::max(part, 0.01) / 8;
    if (grown < 3) return;
  }
  ADD_FAILURE() << "eight times the input takes " << grown * 8 << " times as long";
}

}  // namespace tome
