// SPDX-License-Identifier: GPL-2.0-or-later
// A folder of its own for a test, and files in it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "eval/temporary_folder.h"

namespace tome {

class Folder : public testing::Test {
 protected:
  Folder() : folder_(TemporaryFolder::make("tome-eval-test").value()) {}

  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace tome
