// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/limits.h"

#include <fmt/format.h>

namespace tome {
namespace {

std::string amount(std::uint64_t bytes) {
  constexpr std::uint64_t kGigabyte = 1ull << 30;
  if (bytes >= kGigabyte && bytes % kGigabyte == 0) return fmt::format("{} GB", bytes / kGigabyte);
  return fmt::format("{} MB", bytes >> 20);
}

}  // namespace

Error took_too_long(const ExtractLimits& limits) {
  const double seconds = std::chrono::duration<double>(limits.time).count();
  return {Code::kLimit, fmt::format("took longer than {:g} s", seconds), "", ""};
}

Error needs_too_much_memory(const ExtractLimits& limits) {
  return {Code::kLimit, fmt::format("needs more than {} of memory", amount(limits.memory)), "", ""};
}

Error makes_too_much_text(const ExtractLimits& limits) {
  return {Code::kLimit, fmt::format("makes more than {} of text", amount(limits.output)),
          "split the file", ""};
}

}  // namespace tome
