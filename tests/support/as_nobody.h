// SPDX-License-Identifier: GPL-2.0-or-later
// Permissions do not bind root: while this lives the process acts as a user whom they bind.
#pragma once

#include <unistd.h>

#include <filesystem>

namespace tome {

class AsNobody {
 public:
  // `folder` and what is in it becomes that user's own.
  explicit AsNobody(const std::filesystem::path& folder) : root_(::geteuid() == 0) {
    if (!root_) return;
    own(folder);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      own(entry.path());
    }
    failed_ = ::seteuid(kNobody) != 0;
  }
  ~AsNobody() {
    if (root_ && ::seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  bool ok() const { return !failed_; }

 private:
  static constexpr uid_t kNobody = 65534;
  void own(const std::filesystem::path& path) {
    failed_ = ::lchown(path.c_str(), kNobody, static_cast<gid_t>(-1)) != 0 || failed_;
  }
  bool root_ = false;
  bool failed_ = false;
};

}  // namespace tome
