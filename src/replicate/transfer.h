// SPDX-License-Identifier: GPL-2.0-or-later
// One run of rsync: files of an index from one place to another.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "replicate/place.h"
#include "store/manifest.h"
#include "tome/result.h"

namespace tome {

struct RsyncRun {
  Place from, to;                  // one of them without host
  std::string below_from;          // folder of the index, "segments/"; empty: itself
  std::string below_to;            // the same, at the other end; must be there or be one level down
  std::vector<std::string> files;  // below both
  std::vector<std::string> ssh;    // words
  bool compare = false;            // read what is there already, instead of trusting its size
  bool optional = false;           // a file that is missing there is no failure
};

// What rsync said that it sent.
struct Sent {
  std::set<std::string> names;  // as in `files`
  std::uint64_t bytes = 0;      // of these files, as they are on disk
};

// Copies the files, each beside its place and renamed into it; what is there with the same size is
// left. rsync complains on standard error. kNotFound when it is not installed, kIo when it fails.
Result<Sent> run_rsync(const RsyncRun& run);

// "id/postlist.glass" of these segments.
std::vector<std::string> files_of(const std::vector<SegmentInfo>& segments);

}  // namespace tome
