// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes of a stream -> lines of bounded length. A plain value of one stream.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tome::mcp {

class Lines {
 public:
  // Of a line longer than `most` bytes, `most` + 1 are kept: enough to see that it is too long.
  explicit Lines(std::size_t most) : most_(most) {}

  // Takes bytes from the front of `bytes` up to the end of a line, which it returns without its
  // end; nothing when the bytes ran out before.
  std::optional<std::string> next(std::string_view& bytes);

  // What stands after the last line end.
  std::string rest() { return std::move(line_); }

 private:
  std::size_t most_;
  std::string line_;
};

}  // namespace tome::mcp
