// SPDX-License-Identifier: GPL-2.0-or-later
// Receiver: the end of a copy that is written to. Holds the lock of its index as long as it lives.
//
// It is offered a generation, says which segments it wants, is told when they were copied into its
// folder, reads them, and says which it wants once more or that it has switched to the generation.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "store/files.h"
#include "store/manifest.h"
#include "tome/replicate.h"
#include "tome/result.h"

namespace tome {

struct CopyStep {
  std::vector<std::string> wanted;  // IDs of segments to copy before copied() is called
  bool compare = false;             // what is there of them is not to be trusted
  bool done = false;
  CopyReport report;  // when done: its generation, passages, switched, segments
};

class CopyEnd {
 public:
  virtual ~CopyEnd() = default;
  virtual Result<CopyStep> offer(std::uint64_t generation, const std::string& manifest) = 0;
  virtual Result<CopyStep> copied() = 0;
};

// Where the file `works` is copied to, and what a puller fetches first; below the index.
inline constexpr const char* kIncoming = "tmp/incoming";

class Receiver final : public CopyEnd {
 public:
  // Makes the folder when it is not there. kRefused when it is no replica, unless options.force.
  static Result<Receiver> open(const std::filesystem::path& index, const CopyOptions& options);

  // `manifest`: the bytes of its file. kRefused when the replica is ahead, unless options.force;
  // kUnsupported when it is of another schema or analyser.
  Result<CopyStep> offer(std::uint64_t generation, const std::string& manifest) override;
  // kDamaged when what was copied a second time is not what the manifest says either.
  Result<CopyStep> copied() override;

  std::filesystem::path incoming() const { return index_ / kIncoming; }

 private:
  Receiver(std::filesystem::path index, CopyOptions options, WriterLock lock)
      : index_(std::move(index)), options_(std::move(options)), lock_(std::move(lock)) {}
  std::vector<SegmentInfo> damaged_among(const std::vector<std::string>& ids,
                                         std::string* problem) const;
  Result<CopyStep> finish();

  std::filesystem::path index_;
  CopyOptions options_;
  WriterLock lock_;
  bool take_over_ = false;  // shelf.toml becomes a replica's
  Manifest offered_;
  bool in_force_ = false;             // it is what the replica has
  bool new_number_ = false;           // its number is none that may be used here
  std::vector<std::string> checked_;  // segments that are read once they were copied
  bool again_ = false;
};

}  // namespace tome
