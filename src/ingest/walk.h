// SPDX-License-Identifier: GPL-2.0-or-later
// The files below a root, in path order. Hidden files and folders (.git, .cache ...) and symbolic
// links are left out: what a link points to inside the tree is found by itself. So is what a
// generator of web pages puts beside them: search indexes, and beside objects.inv or searchindex.js
// the folders _sources (Sphinx: the text of the pages again) and _static (scripts and styles).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ingest/ignore.h"
#include "tome/result.h"

namespace tome {

struct FoundFile {
  std::string path;  // relative to the root, / between folders
  std::uint64_t size = 0;
  std::int64_t mtime = 0;  // nanoseconds since the epoch
};

struct Walk {
  std::vector<FoundFile> files;  // sorted by path, bytewise
  std::uint64_t excluded = 0;
  std::uint64_t links = 0;
  std::uint64_t page_sources = 0;  // files in such folders _sources
  std::uint64_t page_parts = 0;    // scripts, styles and search indexes of pages
  std::vector<Error> failures;     // folders that could not be listed
};

// Called with each folder (relative to the root) before it is listed, so that who watches it from
// then on misses nothing.
using EnterFolder = std::function<void(const std::string& folder)>;

// Fails when `root` itself is not there. A root that is a file is its only one. `below` (relative,
// may be empty) keeps the walk to one part of the tree; a part that is not there is empty.
Result<Walk> walk(const std::filesystem::path& root, const std::string& below, const Ignore& ignore,
                  const EnterFolder& enter = {});

// Whether a walk passes over `below`, which need not be there any more.
bool passes_over(const std::filesystem::path& root, const std::string& below, bool folder,
                 const Ignore& ignore);

// What a walk of a root of the index `index` passes over: its excludes, and the index itself.
Ignore ignore_of(const std::filesystem::path& index, const std::filesystem::path& root,
                 const std::vector<std::string>& excludes);

// Whether a walk of all of `root` comes to `below`, a file or folder that is there.
bool comes_to(const std::filesystem::path& root, const std::string& below, const Ignore& ignore);

}  // namespace tome
