// SPDX-License-Identifier: GPL-2.0-or-later
// Process: a program that was started, and ends with this object. It has three descriptors and no
// other, signals as at login, and our environment. Started with posix_spawn, so that any thread of
// many may do it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tome/result.h"

namespace tome {

struct ProcessSetup {
  std::vector<std::string> command;  // the program's path, and its arguments
  int in = -1, out = -1, err = -1;   // what it gets as 0, 1, 2; -1: /dev/null
  bool own_group = false;            // what it starts itself is killed with it
};

// How a process ended.
struct Ending {
  int signal = 0;                 // that killed it; 0: none
  int status = 0;                 // exit status
  std::uint64_t peak_memory = 0;  // most bytes it had in memory; 0: not known
};

class Process {
 public:
  static Result<Process> start(const ProcessSetup& setup);
  Process(Process&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)), own_group_(other.own_group_) {}
  Process& operator=(Process&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(own_group_, other.own_group_);
    return *this;
  }
  ~Process();

  pid_t pid() const { return pid_; }

  // Whether it has ended by itself, at once or within `patience`.
  bool ended(std::chrono::milliseconds patience = std::chrono::milliseconds(0)) const;

  // Kills it, and its group, if it has not ended; says how it ended. Only once.
  Ending finish();

 private:
  Process(pid_t pid, bool own_group) : pid_(pid), own_group_(own_group) {}
  pid_t pid_ = -1;
  bool own_group_ = false;
};

}  // namespace tome
