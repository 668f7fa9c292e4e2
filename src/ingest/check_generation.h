// SPDX-License-Identifier: GPL-2.0-or-later
// Checking generations: their manifests, files and what stands in these. Segments that several
// generations name are read once.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "store/check.h"
#include "store/generation.h"
#include "tome/check.h"

namespace tome {

class GenerationCheck {
 public:
  GenerationCheck(const std::filesystem::path& index, const CheckOptions& options)
      : index_(index), options_(options) {}

  // Whether generation `number` is whole; adds to `report` what is wrong with it and what it holds.
  bool whole(std::uint64_t number, CheckReport& report);

  // The newest generation below `before` that is whole; 0: there is none. Adds to `report` what is
  // wrong with newer ones, as notices.
  std::uint64_t newest_whole(std::uint64_t before, CheckReport& report);

 private:
  const SegmentContents& segment(const SegmentInfo& segment);

  const std::filesystem::path& index_;
  const CheckOptions& options_;
  std::map<std::string, SegmentContents> segments_;  // those that were read
};

}  // namespace tome
