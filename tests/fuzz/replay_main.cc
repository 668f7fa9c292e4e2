// SPDX-License-Identifier: GPL-2.0-or-later
// Feeds files to a fuzz target, without a fuzzer and with any compiler.
//   fuzz_replay TARGET FOLDER...   every file of the folders, which may be missing but for one
//   fuzz_replay --list             names of the targets
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "target.h"

namespace {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

int list() {
  for (const tome::fuzz::Target& target : tome::fuzz::targets()) {
    std::printf("%.*s\n", static_cast<int>(target.name.size()), target.name.data());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "";
  if (name == "--list") return list();
  const tome::fuzz::Target* target = tome::fuzz::find_target(name);
  if (target == nullptr) {
    std::fprintf(stderr, "fuzz_replay: there is no target \"%s\"\n", name.c_str());
    return 2;
  }
  std::size_t count = 0;
  target->run("");
  for (int i = 2; i < argc; ++i) {
    for (const std::filesystem::path& file : files_of(argv[i])) {
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);  // the last one told is the one that broke it
      std::ifstream in(file, std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      target->run(bytes);
      ++count;
    }
  }
  if (count == 0) std::fprintf(stderr, "fuzz_replay: there is no file for %s\n", name.c_str());
  return count == 0 ? 1 : 0;
}
