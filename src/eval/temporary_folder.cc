// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/temporary_folder.h"

#include <cstdlib>

#include "store/files.h"

namespace tome {

Result<TemporaryFolder> TemporaryFolder::make(std::string_view prefix) {
  std::error_code code;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(code);
  if (code) {
    return Error{Code::kIo, "there is no folder for temporary files: " + code.message(),
                 "set TMPDIR to a folder that exists", ""};
  }
  std::string name = (parent / prefix).string() + "-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) return system_error("make a temporary folder", name);
  return TemporaryFolder(name);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code code;  // what cannot be removed is left to the system's own sweep
  if (!path_.empty()) std::filesystem::remove_all(path_, code);
}

}  // namespace tome
