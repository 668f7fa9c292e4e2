// SPDX-License-Identifier: GPL-2.0-or-later
// Generations: which segments an index consists of at one time (decision 1).
//
//   <index>/current                     one line: the number of the generation in force and a
//                                       checksum of it, or "none" while the first one is published
//   <index>/generations/000042.json     its manifest
//   <index>/segments/<id>/              Xapian databases, never changed once a manifest names them
//
// publish() writes the manifest, then replaces `current` atomically; all that it names was synced
// before. Readers need no lock; writers hold the WriterLock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "store/manifest.h"
#include "tome/result.h"

namespace tome {

std::filesystem::path segment_path(const std::filesystem::path& index, const std::string& id);

// Numbers of the manifests that are there, the newest first; a damaged one has its number too.
// kIo when they cannot be listed: no manifest is another thing.
Result<std::vector<std::uint64_t>> generations_on_disk(const std::filesystem::path& index);

// Number in `current`; 0 when nothing was published. kDamaged when it is not a number, or is
// missing though there are manifests.
Result<std::uint64_t> current_generation(const std::filesystem::path& index);

// The manifest of the generation in force; generation 0 when nothing was published.
Result<Manifest> read_manifest(const std::filesystem::path& index);

inline constexpr std::uint64_t kSmallIndexBytes = 64u << 20;

// Checks that every file a manifest names is there and has its size, reads each iamglass and
// compares its digest, and does so with all files when they come to at most `most` bytes.
Status verify_segments(const std::filesystem::path& index, const Manifest& manifest,
                       std::uint64_t most = kSmallIndexBytes);

// Files, sizes and digests of a finished segment.
Result<SegmentInfo> describe_segment(const std::filesystem::path& index, const std::string& id,
                                     std::uint64_t passages);

// Makes `manifest` the next generation; sets its number.
// REQUIRES: the writer lock is held, the segments are synced.
Status publish(const std::filesystem::path& index, Manifest& manifest);

// The same under the number that it has, as on the machine that it was made on.
Status install(const std::filesystem::path& index, const Manifest& manifest);

// Puts a generation that is there in force. REQUIRES: the writer lock is held.
Status write_pointer(const std::filesystem::path& index, std::uint64_t generation);

// Removes segments, manifests and temporary files that neither the generation in force nor the one
// before it names; nothing where it cannot be read what they name. After a run that failed it takes
// away what that run has made. REQUIRES: the writer lock is held.
void collect_garbage(const std::filesystem::path& index);

}  // namespace tome
