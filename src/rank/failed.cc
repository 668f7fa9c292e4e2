// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/failed.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

namespace tome {
namespace fs = std::filesystem;
namespace {

FailedSource::Again again_of(const FailedSource& source, const std::string& root) {
  struct stat st {};
  if (source.file.empty() || ::stat(root.c_str(), &st) != 0)
    return FailedSource::Again::kWhenChanged;
  if (::stat(source.file.c_str(), &st) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? FailedSource::Again::kGone
                                               : FailedSource::Again::kWhenChanged;
  }
  const std::int64_t mtime =
      static_cast<std::int64_t>(st.st_mtim.tv_sec) * 1'000'000'000 + st.st_mtim.tv_nsec;
  const bool same = static_cast<std::uint64_t>(st.st_size) == source.size && mtime == source.mtime;
  return same ? FailedSource::Again::kWhenChanged : FailedSource::Again::kNextUpdate;
}

}  // namespace

std::vector<FailedSource> failed_sources(const std::vector<SourceRecord>& sources,
                                         const std::map<std::string, std::string>& roots) {
  std::vector<FailedSource> failed;
  for (const SourceRecord& record : sources) {
    if (record.state != SourceState::kFailed) continue;
    FailedSource& source = failed.emplace_back();
    source.id = record.id;
    source.root = record.root;
    source.path = record.path;
    source.reason = record.reason;
    source.size = record.size;
    source.mtime = record.mtime;
    const auto root = roots.find(record.root);
    if (root == roots.end()) continue;
    const fs::path base = root->second;
    std::error_code code;
    source.file = fs::is_regular_file(base, code) ? base.string() : (base / record.path).string();
    source.again = again_of(source, root->second);
  }
  return failed;
}

}  // namespace tome
