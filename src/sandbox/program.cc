// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/program.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <vector>

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr const char* kName = "tome-extract";

bool can_run(const fs::path& path) {
  struct stat st {};
  return ::stat(path.c_str(), &st) == 0 && S_ISREG(st.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

Result<fs::path> find_own_program(const char* name) {
  std::error_code code;
  const fs::path folder = fs::read_symlink("/proc/self/exe", code).parent_path();
  const std::vector<fs::path> places = {folder / name, folder / "../libexec/tome" / name,
                                        fs::path(TOME_LIBEXEC) / name};
  for (const fs::path& place : places) {
    if (can_run(place)) return place;
  }
  return Error{Code::kNotFound, std::string("the program ") + name + " is missing",
               "install tome again", ""};
}

Result<fs::path> find_extract_program() {
  if (const std::string given = environment("TOME_EXTRACT"); !given.empty()) {
    if (can_run(given)) return fs::path(given);
    return Error{Code::kNotFound, "TOME_EXTRACT names no program: " + given,
                 "name the program tome-extract, or none", ""};
  }
  if (Result<fs::path> found = find_own_program(kName)) return found;
  return Error{Code::kNotFound,
               "the program tome-extract, which reads this kind of file, is missing: install it, "
               "or say in TOME_EXTRACT where it is, then run: tome index --retry",
               "", ""};
}

Result<std::string> find_program(const std::string& name) {
  const Error missing{Code::kNotFound, "the program " + name + " is not found", "install it", ""};
  if (name.find('/') != std::string::npos) {
    if (can_run(name)) return name;
    return missing;
  }
  const std::string path = environment("PATH");
  std::string_view rest = path.empty() ? std::string_view("/bin:/usr/bin") : path;
  for (;;) {
    const std::size_t end = rest.find(':');
    const std::string_view folder = rest.substr(0, end);
    const fs::path place = fs::path(folder.empty() ? "." : folder) / name;
    if (can_run(place)) return place.string();
    if (end == std::string_view::npos) return missing;
    rest.remove_prefix(end + 1);
  }
}

bool is_program(const std::string& name) { return find_program(name).ok(); }

}  // namespace tome
