// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/watched.h"

#include <sys/inotify.h>
#include <sys/stat.h>

#include <cerrno>

#include "ingest/scopes.h"
#include "ingest/walk.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Files that decide how a walk takes what stands beside them.
bool decides_for_others(const std::string& name) {
  return name == "objects.inv" || name == "searchindex.js";
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

}  // namespace

std::vector<WatchedPart> parts_of(const fs::path& index, const ShelfConfig& config,
                                  const std::vector<fs::path>& paths) {
  std::map<const Root*, std::vector<std::string>> named;
  for (const Root& root : config.roots) {
    if (paths.empty()) named[&root] = {};
  }
  for (const fs::path& given : paths) {
    const fs::path path = clean_path(given);
    const Root* home = nullptr;
    std::string part;
    for (const Root& root : config.roots) {  // the deepest root it is in
      const auto inside = relative_to(path, root_path(index, root));
      if (!inside || (home != nullptr && inside->size() >= part.size())) continue;
      home = &root;
      part = *inside;
    }
    if (home != nullptr) named[home].push_back(part);
  }
  std::vector<WatchedPart> parts;
  for (const Root& root : config.roots) {
    const auto found = named.find(&root);
    if (found == named.end()) continue;
    const fs::path base = root_path(index, root);
    std::vector<std::string> outer = outermost(std::move(found->second));
    if (outer.empty()) outer.emplace_back();
    for (std::string& part : outer) {
      parts.push_back({root.name, base, std::move(part), ignore_of(index, base, root.excludes)});
    }
  }
  return parts;
}

Watched::Watched(const fs::path& index, Notifier& notifier)
    : index_(clean_path(index)), notifier_(notifier) {}

void Watched::set(std::vector<WatchedPart> parts) {
  parts_ = std::move(parts);
  begin_again();
}

void Watched::begin_again() {
  for (const auto& [watch, path] : path_of_) notifier_.remove(watch);
  path_of_.clear();
  short_ = false;
  config_watch_ = notifier_.add(index_);
  for (WatchedPart& part : parts_) part.away = true;
  look();
}

void Watched::watch(const fs::path& folder) {
  const int watch = notifier_.add(folder);
  if (watch >= 0) {
    path_of_[watch] = folder;
  } else if (watch == -ENOSPC || watch == -ENOMEM) {
    short_ = true;
  }
}

void Watched::watch_below(const WatchedPart& part, const std::string& below) {
  // What cannot be listed is reported by the update; what is gone again needs no watch.
  [[maybe_unused]] const Result<Walk> walked = walk(
      part.base, below, part.ignore,
      [&](const std::string& folder) { watch(folder.empty() ? part.base : part.base / folder); });
}

void Watched::forget_below(const fs::path& path) {
  for (auto it = path_of_.begin(); it != path_of_.end();) {
    if (relative_to(it->second, path)) {
      notifier_.remove(it->first);
      it = path_of_.erase(it);
    } else {
      ++it;
    }
  }
}

std::vector<std::size_t> Watched::look() {
  std::vector<std::size_t> come;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    WatchedPart& part = parts_[i];
    struct stat st {};
    const bool there = ::stat(part.path().c_str(), &st) == 0;
    const bool folder = there && S_ISDIR(st.st_mode);
    // An editor puts another file in a file's place: that is a change, and is seen as one.
    const bool same =
        there && !part.away && (!folder || (st.st_dev == part.device && st.st_ino == part.inode));
    if (same) continue;
    if (!part.away) forget_below(part.path());
    part.away = !there;
    if (!there) continue;
    part.device = st.st_dev;
    part.inode = st.st_ino;
    if (folder) {
      watch_below(part, part.part);
    } else {
      watch(part.path().parent_path());
    }
    come.push_back(i);
  }
  return come;
}

Changes Watched::read() {
  Changes changes;
  for (const FolderEvent& event : notifier_.read()) take(event, changes);
  return changes;
}

void Watched::take(const FolderEvent& event, Changes& changes) {
  if ((event.mask & IN_Q_OVERFLOW) != 0) {
    changes.lost = true;
    return;
  }
  if (event.watch == config_watch_ && event.name == shelf_config_path(index_).filename()) {
    changes.config = true;
  }
  const auto found = path_of_.find(event.watch);
  if (found == path_of_.end()) return;
  const fs::path folder = found->second;
  if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED)) != 0) {
    changes.places = true;
    if ((event.mask & IN_IGNORED) != 0) path_of_.erase(found);
    return;
  }
  if (event.name.empty()) return;
  const fs::path path = folder / event.name;
  if (relative_to(path, index_)) return;
  if ((event.mask & IN_ISDIR) != 0 && (event.mask & (IN_DELETE | IN_MOVED_FROM)) != 0) {
    forget_below(path);
  }
  for (const WatchedPart& part : parts_) {
    if (const auto inside = relative_to(path, part.path())) {
      const std::string below =
          part.part.empty() || inside->empty() ? part.part + *inside : part.part + "/" + *inside;
      take_in(part, below, event.mask, changes);
    }
  }
}

void Watched::take_in(const WatchedPart& part, const std::string& path, std::uint32_t mask,
                      Changes& changes) {
  const bool folder = (mask & IN_ISDIR) != 0;
  if (path == part.part) changes.places = true;
  if (!path.empty() && passes_over(part.base, path, folder, part.ignore) &&
      !decides_for_others(fs::path(path).filename())) {
    return;
  }
  if (decides_for_others(fs::path(path).filename())) {
    const std::string beside = path == part.part ? path : folder_of(path);
    changes.parts[part.root].insert(beside);
    watch_below(part, beside);
    return;
  }
  changes.parts[part.root].insert(path);
  if (folder && (mask & (IN_CREATE | IN_MOVED_TO | IN_ATTRIB)) != 0) watch_below(part, path);
}

}  // namespace tome
