// SPDX-License-Identifier: GPL-2.0-or-later
// Watched parts of roots: which folders the kernel is asked about, and what its events mean for the
// index. Not safe for use by two threads at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ingest/ignore.h"
#include "ingest/notifier.h"
#include "store/shelf_config.h"

namespace tome {

// A root, or a part of one, that is watched.
struct WatchedPart {
  std::string root;            // its name
  std::filesystem::path base;  // where the root is
  std::string part;            // relative to it; empty: all of it
  Ignore ignore;
  bool away = false;                    // is not there (any more)
  std::uint64_t device = 0, inode = 0;  // of what is watched: another one may take its place

  std::filesystem::path path() const { return part.empty() ? base : base / part; }
};

// What `paths` stand for on the shelf; all roots for no paths. A path that is no part of a root is
// left out.
std::vector<WatchedPart> parts_of(const std::filesystem::path& index, const ShelfConfig& config,
                                  const std::vector<std::filesystem::path>& paths);

struct Changes {
  std::map<std::string, std::set<std::string>> parts;  // root name -> paths relative to it
  bool config = false;                                 // shelf.toml was written
  bool places = false;  // something that is watched may have gone or come: look()
  bool lost = false;    // events were lost: everything may have changed

  bool any() const { return !parts.empty() || lost; }
};

class Watched {
 public:
  // Watches shelf.toml of `index` alone, at first.
  Watched(const std::filesystem::path& index, Notifier& notifier);

  // Watches these from now on, and nothing else.
  void set(std::vector<WatchedPart> parts);
  const std::vector<WatchedPart>& parts() const { return parts_; }

  // Begins again with all folders.
  void begin_again();

  // What the kernel has to say. Begins to watch new folders before it returns.
  Changes read();

  // Looks which parts are there; begins to watch those that have come (back) since, and returns
  // their numbers. Those that have gone are away from then on.
  std::vector<std::size_t> look();

  std::size_t folders() const { return path_of_.size(); }
  bool short_of_watches() const { return short_; }  // the system gave too few

 private:
  void watch(const std::filesystem::path& folder);
  void watch_below(const WatchedPart& part, const std::string& below);
  void forget_below(const std::filesystem::path& path);
  void take(const FolderEvent& event, Changes& changes);
  void take_in(const WatchedPart& part, const std::string& path, std::uint32_t mask,
               Changes& changes);

  std::filesystem::path index_;
  Notifier& notifier_;
  int config_watch_ = -1;
  std::vector<WatchedPart> parts_;
  std::map<int, std::filesystem::path> path_of_;
  bool short_ = false;
};

}  // namespace tome
