// SPDX-License-Identifier: GPL-2.0-or-later
// Limits of what one file may cost, and what is said of a file that went over one. Plain values.
#pragma once

#include <chrono>
#include <cstdint>

#include "tome/result.h"

namespace tome {

struct ExtractLimits {
  std::uint64_t memory = 1ull << 30;       // bytes of address space of the process that reads
  std::chrono::milliseconds time{60'000};  // a file, by the clock on the wall
  std::uint64_t output = 256ull << 20;     // bytes of what is made of a file
};

// "took longer than 60 s", "needs more than 1 GB of memory", "makes more than 256 MB of text"; each
// is kLimit.
Error took_too_long(const ExtractLimits& limits);
Error needs_too_much_memory(const ExtractLimits& limits);
Error makes_too_much_text(const ExtractLimits& limits);

}  // namespace tome
