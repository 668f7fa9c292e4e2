// SPDX-License-Identifier: GPL-2.0-or-later
// TemporaryFolder: a new folder that is removed, with all that is in it, when its owner goes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

class TemporaryFolder {
 public:
  // In the system's folder for temporary files ($TMPDIR), its name beginning with `prefix`.
  static Result<TemporaryFolder> make(std::string_view prefix);
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace tome
