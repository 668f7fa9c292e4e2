// SPDX-License-Identifier: GPL-2.0-or-later
// Manifest: what one generation of an index consists of, and its file generations/000042.json,
// which carries a checksum over all that it says. A plain value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"

namespace tome {

inline constexpr int kSchemaVersion = 6;  // of the manifest, the terms and the records

struct SegmentFile {
  std::string name;
  std::uint64_t size = 0;  // bytes
  std::string digest;      // 32 hexadecimal digits
};

struct SegmentInfo {
  std::string id;
  std::uint64_t passages = 0;
  std::uint64_t bytes = 0;  // on disk
  std::vector<SegmentFile> files;
};

struct Manifest {
  std::uint64_t generation = 0;  // 0: nothing published yet
  int schema = kSchemaVersion;
  int analyser = 0;
  std::string tome, xapian, icu;  // versions that wrote it
  std::uint64_t passages = 0;
  std::vector<SegmentInfo> segments;
};

// What to do about a damaged index.
inline constexpr const char* kDamagedHint = "run: tome repair, else tome rebuild";

// What to do about an index of a later schema or analyser than this program's.
inline constexpr const char* kNewerHint = "use the newer tome that made it";

inline constexpr std::string_view kDamagedRecord =
    "the index is damaged: a record is not what was written";

// What is said of an index that is not what was written.
Error damaged(std::string message, const std::filesystem::path& path);

// Its file.
std::filesystem::path manifest_path(const std::filesystem::path& index, std::uint64_t generation);

std::string encode_manifest(const Manifest& manifest);

// What encode_manifest() made. kDamaged when it is not that, kUnsupported when it has another
// schema; the errors name no path.
Result<Manifest> decode_manifest(const std::string& bytes);

// The manifest of one generation. kDamaged when it is missing or not what was written, kIo when it
// cannot be read, kUnsupported when another schema or analyser made it: then the hint is to
// rebuild, or kNewerHint.
Result<Manifest> read_manifest(const std::filesystem::path& index, std::uint64_t generation);

}  // namespace tome
