// SPDX-License-Identifier: GPL-2.0-or-later
// For fixtures of the real program, as a base before ProgramTest.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string>

namespace tome::test {

// Temporary folders in memory while it lives: an index is synced at each step.
class InMemory {
 public:
  InMemory() {
    const char* old = std::getenv("TMPDIR");
    old_ = old == nullptr ? "" : old;
    if (::access("/dev/shm", R_OK | W_OK | X_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 1);
  }
  ~InMemory() { old_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", old_.c_str(), 1); }

 private:
  std::string old_;
};

}  // namespace tome::test
