// SPDX-License-Identifier: GPL-2.0-or-later
// Checking one segment: its files against the manifest, and what stands in them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "store/manifest.h"

namespace tome {

// Something of a segment that is not as it should be.
struct SegmentProblem {
  std::string file;  // its name; empty: the segment as a whole
  std::string message;
};

// Reads every file that the manifest names and compares its size and digest.
std::vector<SegmentProblem> check_files(const std::filesystem::path& index,
                                        const SegmentInfo& segment);

struct SegmentContents {
  std::uint64_t passages = 0, sources = 0, work_records = 0, words = 0;
  std::vector<SegmentProblem> problems;  // the first, then one that counts the rest
};

// Has Xapian check its structure, then reads every passage, source and work record and the word
// list. May end the process by a signal, or take for ever, when the files are damaged.
SegmentContents check_contents(const std::filesystem::path& folder);

// For the way from one process to another; false when `bytes` are not what was encoded. At most
// 60,000 bytes, so that a pipe holds them.
std::string encode(const SegmentContents& contents);
bool decode(std::string_view bytes, SegmentContents& contents);

}  // namespace tome
