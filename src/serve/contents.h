// SPDX-License-Identifier: GPL-2.0-or-later
// What a generation holds as a whole: read once, then shared by all requests.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tome/result.h"
#include "tome/search.h"

namespace tome {

struct Contents {
  std::uint64_t generation = 0;
  std::string state;  // Shelf::state()
  ShelfStatus status;
  std::vector<WorkView> works;
  std::vector<std::int64_t> changed;          // of each work: when its newest file was last
                                              // changed, in seconds since the epoch; 0: not known
  std::map<std::string, SourceView> sources;  // by ID; those that were indexed
};

class ContentsCache {
 public:
  // The contents of `shelf`'s generation. Safe from any thread, each with a shelf of its own.
  Result<std::shared_ptr<const Contents>> of(Shelf& shelf);

 private:
  std::mutex mutex_;  // held while reading, so that it is read once
  std::shared_ptr<const Contents> newest_;
};

}  // namespace tome
