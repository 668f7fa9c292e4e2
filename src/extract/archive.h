// SPDX-License-Identifier: GPL-2.0-or-later
// Archives and compressed bytes in memory, within bounds (zip bombs, odd names). libarchive does
// the work. Nothing touches the file system.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

struct ArchiveLimits {
  std::uint64_t bytes = 512ull << 20;  // of all members together, unpacked
  std::uint64_t ratio = 200;           // unpacked over packed, counted from 16 MB on
  std::uint64_t members = 20'000;
};

// Members of a ZIP by name: / between folders, no leading ./ or /. A member whose name holds "..",
// a NUL or a backslash is left out, as are folders and links. `wanted` says which are unpacked (all
// when empty). kUnsupported: damaged or encrypted, with the reason; kLimit.
using Members = std::map<std::string, std::string>;
Result<Members> unzip(std::string_view bytes, bool (*wanted)(std::string_view name) = nullptr,
                      const ArchiveLimits& limits = {});

// gzip, xz, zstd, bzip2: what was packed. kUnsupported when damaged; kLimit.
Result<std::string> decompress(std::string_view bytes, const ArchiveLimits& limits = {});

}  // namespace tome
