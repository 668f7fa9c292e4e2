// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/resources.h"

#include <cstdint>
#include <string>

namespace tome::cli {
namespace {

constexpr std::uint64_t kMostMemory = std::uint64_t{1} << 50;

// Writes `size` as bytes; what is wrong with it when it is none to index with.
std::string memory_size(std::string& size) {
  const std::string given = size;
  std::uint64_t bytes = 0;
  try {
    const std::string wrong = CLI::AsSizeValue(false)(size);
    if (!wrong.empty() || !CLI::detail::lexical_cast(size, bytes))
      throw CLI::ValidationError(wrong);
  } catch (const CLI::ValidationError&) {  // it tells of factors and of every unit that there is
    return given + " is no size; write 200MB or 2GB";
  }
  if (bytes < kLeastMemory) {
    return given + " is too little, at least " + std::to_string(kLeastMemory >> 20) + "MB";
  }
  if (bytes > kMostMemory) {
    return given + " is too much, at most " + std::to_string(kMostMemory >> 40) + "TB";
  }
  return {};
}

}  // namespace

void add_resource_options(CLI::App& command, IndexOptions& options) {
  command.add_option("--workers", options.workers, "Threads (0: one a core)")
      ->check(CLI::Range(0u, 256u))
      ->capture_default_str();
  command
      .add_option("--memory", options.memory,
                  "Keep to so much memory, beside about 0.6 kB a file or row: 200MB, 2GB")
      ->transform(CLI::Validator(memory_size, ""))
      ->type_name("SIZE")
      ->default_str("400MB");
}

}  // namespace tome::cli
