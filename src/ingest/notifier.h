// SPDX-License-Identifier: GPL-2.0-or-later
// Notifier: what the kernel says of changes in folders, inotify(7). An interface, so that a test
// may stand in for the kernel.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tome/result.h"

namespace tome {

struct FolderEvent {
  int watch = -1;          // of add(); -1: of none (events were lost)
  std::uint32_t mask = 0;  // IN_... of <sys/inotify.h>
  std::string name;        // of what changed in the folder; empty: the folder itself
};

class Notifier {
 public:
  virtual ~Notifier() = default;
  // Ready to be read when there are events.
  virtual int descriptor() const = 0;
  // Watches a folder, not what lies below it: a number, the same for the same folder; else -errno.
  virtual int add(const std::filesystem::path& folder) = 0;
  virtual void remove(int watch) = 0;
  // Events that are there, without waiting.
  virtual std::vector<FolderEvent> read() = 0;
};

// kLimit with a hint when the system gives no more instances.
Result<std::unique_ptr<Notifier>> make_notifier();

}  // namespace tome
