// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "store/files.h"
#include "store/records.h"

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

// How a walk from the root comes to a file or folder, or why it does not.
enum class Way { kOpen, kExcluded, kPageSources, kPagePart };

// Whether the pages of a site stand in `folder`, relative to the root, or in one above it.
bool in_site(const fs::path& root, std::string folder) {
  for (;;) {
    if (::access((root / folder / "index.html").c_str(), F_OK) == 0) return true;
    if (folder.empty()) return false;
    const std::size_t slash = folder.rfind('/');
    folder.resize(slash == std::string::npos ? 0 : slash);
  }
}

// What the pages in `below`, relative to the root, make of `name` beside them.
Way beside_pages(const fs::path& root, const std::string& below, std::string_view name,
                 bool folder) {
  const fs::path parent = root / below;
  constexpr std::array<std::string_view, 5> kSearchIndexes = {
      "searchindex.js", "searchindex.json", "search_index.json", "search-index.js",
      "search-index.json"};
  if (!folder) {
    name = unpacked_name(name);
    const bool part = name.ends_with(".js") || name.ends_with(".css") || name.ends_with(".hbs") ||
                      name == "robots.txt";
    if (part && in_site(root, below)) return Way::kPagePart;
    if (name.ends_with(".devhelp") || name.ends_with(".devhelp2")) return Way::kPagePart;
    const bool index =
        std::find(kSearchIndexes.begin(), kSearchIndexes.end(), name) != kSearchIndexes.end();
    return index ? Way::kPagePart : Way::kOpen;
  }
  if (name != "_sources" && name != "_static" && name != "_modules") return Way::kOpen;
  if (::access((parent / "objects.inv").c_str(), F_OK) != 0 &&
      ::access((parent / "searchindex.js").c_str(), F_OK) != 0) {
    return Way::kOpen;
  }
  return name == "_static" ? Way::kPagePart : Way::kPageSources;
}

Way way_to(const fs::path& root, const std::string& below, bool folder, const Ignore& ignore) {
  for (std::size_t begin = 0; begin < below.size();) {
    const std::size_t slash = std::min(below.find('/', begin), below.size());
    const bool is_folder = folder || slash < below.size();
    if (below[begin] == '.' || ignore.excludes(below.substr(0, slash), is_folder)) {
      return Way::kExcluded;
    }
    const Way way = beside_pages(root, below.substr(0, begin == 0 ? 0 : begin - 1),
                                 std::string_view(below).substr(begin, slash - begin), is_folder);
    if (way != Way::kOpen) return way;
    begin = slash + 1;
  }
  return Way::kOpen;
}

// Counts one that is left out.
void count(Way way, Walk& walk) {
  if (way == Way::kExcluded) ++walk.excluded;
  if (way == Way::kPageSources) ++walk.page_sources;
  if (way == Way::kPagePart) ++walk.page_parts;
}

struct Folder {
  std::string path;  // relative to the root
  Way way = Way::kOpen;
};

}  // namespace

Result<Walk> walk(const fs::path& root, const std::string& below, const Ignore& ignore,
                  const EnterFolder& enter) {
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
    const Way way = way_to(root, below, S_ISDIR(st.st_mode), ignore);
    if (way != Way::kOpen) {
      count(way, out);
      return out;
    }
    if (S_ISREG(st.st_mode)) out.files.push_back(found(below, st));
    if (S_ISLNK(st.st_mode)) ++out.links;
    if (!S_ISDIR(st.st_mode)) return out;
  }
  std::vector<Folder> folders{
      {below, Way::kOpen}};  // still to be listed; a stack, so no depth limit
  while (!folders.empty()) {
    const auto [folder, way] = std::move(folders.back());
    folders.pop_back();
    const fs::path full = folder.empty() ? root : root / folder;
    if (enter && way == Way::kOpen) enter(folder);
    DIR* directory = ::opendir(full.c_str());
    if (directory == nullptr) {
      if (folder.empty()) return system_error("list", full);
      out.failures.push_back(system_error("list", full));
      continue;
    }
    // A list that ends too early, or a name that nothing is said of, must not look like files that
    // are gone.
    int failed = 0;
    while (true) {
      errno = 0;
      const dirent* entry = ::readdir(directory);
      if (entry == nullptr) {
        if (errno != 0) failed = errno;
        break;
      }
      const std::string name = entry->d_name;
      if (name[0] == '.') continue;
      if (::fstatat(::dirfd(directory), name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT) failed = errno;
        continue;
      }
      std::string path = folder.empty() ? std::string() : folder + '/';
      path += name;
      if (S_ISLNK(st.st_mode)) {
        ++out.links;
      } else if (ignore.excludes(path, S_ISDIR(st.st_mode))) {
        ++out.excluded;
      } else if (S_ISDIR(st.st_mode)) {
        folders.push_back({path, way == Way::kOpen ? beside_pages(root, folder, name, true) : way});
      } else if (S_ISREG(st.st_mode)) {
        const Way here = way == Way::kOpen ? beside_pages(root, folder, name, false) : way;
        if (here == Way::kOpen) {
          out.files.push_back(found(path, st));
        } else {
          count(here, out);
        }
      }
    }
    ::closedir(directory);
    if (failed != 0 && folder.empty()) return system_error("list", full, failed);
    if (failed != 0) out.failures.push_back(system_error("list", full, failed));
  }
  std::sort(out.files.begin(), out.files.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
  return out;
}

bool passes_over(const fs::path& root, const std::string& below, bool folder,
                 const Ignore& ignore) {
  return way_to(root, below, folder, ignore) != Way::kOpen;
}

Ignore ignore_of(const fs::path& index, const fs::path& root,
                 const std::vector<std::string>& excludes) {
  std::vector<std::string> patterns = excludes;
  const std::string inside = root.string() == "/" ? "/" : root.string() + "/";
  const std::string own = fs::weakly_canonical(fs::absolute(index)).string();
  if (own.starts_with(inside)) {
    patterns.push_back(Ignore::pattern_for(std::string_view(own).substr(inside.size())));
  }
  return Ignore(patterns);
}

bool comes_to(const fs::path& root, const std::string& below, const Ignore& ignore) {
  struct stat st {};
  if (::lstat((root / below).c_str(), &st) != 0) return false;
  return way_to(root, below, S_ISDIR(st.st_mode), ignore) == Way::kOpen;
}

}  // namespace tome
