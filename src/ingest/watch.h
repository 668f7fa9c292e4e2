// SPDX-License-Identifier: GPL-2.0-or-later
// Watching: an index that follows its files as they change, until it is told to stop.
//
// Runs in the caller's thread and takes the writer's lock only while it updates. It handles no
// signals and prints nothing: news go to a callback, and a descriptor tells it to stop.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "ingest/notifier.h"
#include "tome/index.h"

namespace tome {

struct WatchNews {
  enum class What {
    kStarted,  // the first update is done and all folders are watched
    kUpdated,  // a batch of changes is on the shelf
    kTrouble,  // something is in the way; what has changed is kept, and it is tried again
  };
  What what = What::kUpdated;
  IndexReport report;       // kStarted, kUpdated
  double seconds = 0;       // that the update took
  std::size_t folders = 0;  // kStarted: how many are watched
  Error error;              // kTrouble: said once until it is another or has passed
};

struct WatchOptions {
  IndexOptions index;                         // of the first update; its progress of that one alone
  std::chrono::milliseconds quiet{500};       // without a change, before a batch is begun
  std::chrono::milliseconds longest{5000};    // that a batch waits while changes go on
  std::chrono::milliseconds look{5000};       // between looks whether what is watched is there
  std::chrono::milliseconds look_away{1000};  // ... while some of it is not
  std::chrono::milliseconds scan{60000};      // between scans when the system gives too few watches
  std::chrono::milliseconds retry{1000};      // after the first failure; doubled up to a minute
  int stop = -1;                              // descriptor that can be read when it is time to stop
  std::function<void(const WatchNews&)> news;
  std::shared_ptr<Notifier> notifier;  // instead of the kernel
};

// Updates once as update_index(index, paths), then follows `paths`, or all roots for none, until
// `stop`. An update that is under way then is given up before it publishes. Fails when the first
// update fails in a way that does not pass by itself.
Status watch_index(const std::filesystem::path& index,
                   const std::vector<std::filesystem::path>& paths, const WatchOptions& options);

}  // namespace tome
