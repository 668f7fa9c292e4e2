// SPDX-License-Identifier: GPL-2.0-or-later
// The target of a request line: "/api/v1/search?q=a+b" -> path and query.
#pragma once

#include <cstddef>
#include <string_view>

#include "serve/message.h"
#include "tome/result.h"

namespace tome {

inline constexpr std::size_t kLongestTarget = 32 * 1024;  // bytes as sent
inline constexpr std::size_t kMostParameters = 100;
inline constexpr std::size_t kLongestValue = 8 * 1024;  // of a parameter, decoded

// Fills path and query of `request`. kUsage when the target is not a path, an escape is broken or
// what is decoded is not UTF-8 or holds NUL; kLimit beyond the bounds above.
Status read_target(std::string_view target, Request& request);

}  // namespace tome
