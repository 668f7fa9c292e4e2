// SPDX-License-Identifier: GPL-2.0-or-later
// What failing_io.cc writes down of the program that it is loaded into.
#pragma once

#include <atomic>
#include <cstdint>

namespace tome::test {

struct FailingIo {
  std::atomic<std::uint64_t> calls;  // on files below the folder
  char failed[1024];                 // call and path of the first that failed; empty: none did
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

}  // namespace tome::test
