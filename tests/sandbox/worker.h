// SPDX-License-Identifier: GPL-2.0-or-later
// Which tome-extract is used, and waiting.
#pragma once

#include <cstdlib>

namespace tome::test {

inline void use_worker(const char* program) { ::setenv("TOME_EXTRACT", program, 1); }

#ifdef TOME_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

}  // namespace tome::test
