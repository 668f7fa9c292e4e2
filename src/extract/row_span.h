// SPDX-License-Identifier: GPL-2.0-or-later
// Where a row stands in the decoded text of its catalogue. A plain value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace tome {

constexpr std::size_t kLargestRow = 16u << 20;  // bytes

struct RowSpan {
  std::uint64_t begin = 0;  // half-open byte range
  std::uint64_t end = 0;
  std::uint32_t line = 0;  // 1-based line of its first byte
};

// Takes the line of a row that is left out, and why.
using BadRow = std::function<void(std::uint32_t line, std::string why)>;

// Bounds how much of a text is read again after broken rows, so that no text costs more than a few
// readings.
class Rereading {
 public:
  explicit Rereading(std::size_t size) : left_(2 * size + (64u << 20)) {}
  // Whether `bytes` more may be read again.
  bool allow(std::size_t bytes) {
    const bool enough = bytes <= left_;
    if (enough) left_ -= bytes;
    return enough;
  }

 private:
  std::size_t left_;
};

}  // namespace tome
