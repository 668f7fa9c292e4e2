// SPDX-License-Identifier: GPL-2.0-or-later
// Making and updating an index.
//
// An index directory holds shelf.toml (what to index) and the generations made from it. Each
// function takes the writer's lock for its whole run, publishes at most one generation, and leaves
// the old one answering until then. Safe to call from any thread and process: the second waits for
// the lock, then fails with kLocked.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tome/result.h"

namespace tome {

struct IndexProgress {
  std::uint64_t sources = 0;  // read so far
  std::uint64_t total = 0;    // to be read
  std::uint64_t bytes = 0;    // of input read so far
  std::uint64_t passages = 0;
  std::string path;  // one that was just read
};

// A program of the user that turns files into text or HTML. Run without a shell, within limits.
struct Filter {
  std::vector<std::string> patterns;  // of file names: "*.mobi"
  std::vector<std::string> command;   // program and arguments; {} is the file, else it comes last
};

inline constexpr std::uint64_t kDefaultMemory = 400u << 20;
inline constexpr std::uint64_t kLeastMemory = 64u << 20;

struct IndexOptions {
  bool force = false;         // publish even when much would be dropped
  bool keep_missing = false;  // keep sources whose files are gone (recorded for these roots)
  bool retry = false;         // read files that failed before again
  std::vector<std::string> excludes;  // as in .gitignore, added to those of these roots
  // Field -> the column of catalogues that holds it ("title" -> "Name"), recorded for these roots.
  std::map<std::string, std::string> maps;
  std::vector<Filter> filters;            // before the own readers; the longest pattern wins
  unsigned workers = 0;                   // 0: one a core
  std::uint64_t memory = kDefaultMemory;  // bytes to keep to, beside about 0.6 kB a source
  unsigned shards = 0;  // a new index is spread over so many; 0: as it is, a new one not at all
  std::chrono::milliseconds patience{10000};           // wait for the lock
  std::function<bool(const IndexProgress&)> progress;  // false stops; nothing is published then
};

struct IndexReport {
  std::uint64_t generation = 0;  // in force afterwards
  bool published = false;        // false: nothing had changed
  std::uint64_t added = 0, changed = 0, removed = 0, unchanged = 0, kept = 0;  // sources
  std::uint64_t moved = 0;  // renamed or in another place; neither added nor removed
  std::uint64_t sources = 0, works = 0, books = 0, passages = 0;  // on the shelf afterwards
  std::uint64_t input_bytes = 0;                                  // read in this run
  std::uint64_t replaced = 0;  // invalid byte sequences that became U+FFFD, in this run
  std::vector<std::pair<std::string, std::uint64_t>> skipped;  // why, how many files
  std::vector<Error> failures;  // supported files that could not be read, in this run
  std::vector<Error> warnings;  // e.g. front matter that is not YAML
};

// Whether `folder` is an index directory (it has shelf.toml).
bool is_index(const std::filesystem::path& folder);

// Adds `paths` as roots (files or folders; one below a root that is there already updates only that
// part) and brings the index up to date with them; without paths, with all roots. Makes the
// directory (mode 0700) when it is not there. kRefused when a root is missing or suddenly empty or
// more than half of the sources would be dropped, unless `force`.
Result<IndexReport> update_index(const std::filesystem::path& index,
                                 const std::vector<std::filesystem::path>& paths,
                                 const IndexOptions& options);

// Builds the index anew from shelf.toml alone, whatever state the old one is in.
Result<IndexReport> rebuild_index(const std::filesystem::path& index, const IndexOptions& options);

// Takes a root, or what lies below a path, off the shelf; the files stay. A path that still exists
// below a root that stays is excluded from then on.
Result<IndexReport> remove_from_index(const std::filesystem::path& index,
                                      const std::filesystem::path& path,
                                      const IndexOptions& options);

}  // namespace tome
