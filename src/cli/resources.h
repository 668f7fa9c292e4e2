// SPDX-License-Identifier: GPL-2.0-or-later
// What commands that index may take of the machine.
#pragma once

#include <CLI/CLI.hpp>

#include "tome/index.h"

namespace tome::cli {

// --workers and --memory.
inline void add_resource_options(CLI::App& command, IndexOptions& options) {
  command.add_option("--workers", options.workers, "Threads (0: one a core)")
      ->check(CLI::Range(0u, 256u))
      ->capture_default_str();
  command
      .add_option("--memory", options.memory,
                  "Keep to so much memory, beside about 1 kB a file or row: 200MB, 2GB")
      ->transform(CLI::AsSizeValue(false))
      ->check(CLI::Range(kLeastMemory, std::uint64_t{1} << 50).description(""))
      ->type_name("SIZE")
      ->default_str("400MB");
}

}  // namespace tome::cli
