// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "store/files.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

FoundFile found(std::string path, const struct stat& st) {
  FoundFile file;
  file.path = std::move(path);
  file.size = static_cast<std::uint64_t>(st.st_size);
  file.mtime = static_cast<std::int64_t>(st.st_mtim.tv_sec) * 1'000'000'000 + st.st_mtim.tv_nsec;
  return file;
}

// Whether a walk from the root would not come to `below`.
bool left_out(const std::string& below, bool folder, const Ignore& ignore) {
  for (std::size_t begin = 0; begin < below.size();) {
    const std::size_t slash = std::min(below.find('/', begin), below.size());
    if (below[begin] == '.' ||
        ignore.excludes(below.substr(0, slash), folder || slash < below.size())) {
      return true;
    }
    begin = slash + 1;
  }
  return false;
}

}  // namespace

Result<Walk> walk(const fs::path& root, const std::string& below, const Ignore& ignore) {
  Walk out;
  struct stat st {};
  if (::stat(root.c_str(), &st) != 0) return system_error("read", root);
  if (S_ISREG(st.st_mode)) {
    out.files.push_back(found(root.filename().string(), st));
    return out;
  }
  if (!below.empty()) {
    const fs::path start = root / below;
    if (::lstat(start.c_str(), &st) != 0) return out;
    if (left_out(below, S_ISDIR(st.st_mode), ignore)) {
      ++out.excluded;
      return out;
    }
    if (S_ISREG(st.st_mode)) {
      out.files.push_back(found(below, st));
      return out;
    }
  }
  std::vector<std::string> folders{below};  // still to be listed; a stack, so no depth limit
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    const fs::path full = folder.empty() ? root : root / folder;
    DIR* directory = ::opendir(full.c_str());
    if (directory == nullptr) {
      if (folder == below) return system_error("list", full);
      out.failures.push_back(system_error("list", full));
      continue;
    }
    while (const dirent* entry = ::readdir(directory)) {
      const std::string name = entry->d_name;
      if (name[0] == '.') continue;
      if (::fstatat(::dirfd(directory), name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0) continue;
      const std::string path = folder.empty() ? name : folder + "/" + name;
      if (S_ISLNK(st.st_mode)) {
        ++out.links;
      } else if (ignore.excludes(path, S_ISDIR(st.st_mode))) {
        ++out.excluded;
      } else if (S_ISDIR(st.st_mode)) {
        folders.push_back(path);
      } else if (S_ISREG(st.st_mode)) {
        out.files.push_back(found(path, st));
      }
    }
    ::closedir(directory);
  }
  std::sort(out.files.begin(), out.files.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  return out;
}

}  // namespace tome
