// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/lines.h"

#include <algorithm>
#include <utility>

namespace tome::mcp {

std::optional<std::string> Lines::next(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view part = bytes.substr(0, end);
  line_ += part.substr(0, most_ + 1 - std::min(line_.size(), most_ + 1));
  bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
  if (end == bytes.npos) return std::nullopt;
  return std::exchange(line_, {});
}

}  // namespace tome::mcp
