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

// Members of a ZIP by name: valid UTF-8, / between folders, no leading ./; a name ends at its first
// NUL. A member whose name is absolute, has a part "..", holds a backslash that is no separator, or
// is longer than 512 bytes is left out, as are folders and links. Of two of one name the first
// counts. `wanted` says which are unpacked (all when empty). kUnsupported: damaged or encrypted,
// with the reason; kLimit. What was cut off behind the last member's data is not missed.
using Members = std::map<std::string, std::string>;
Result<Members> unzip(std::string_view bytes, bool (*wanted)(std::string_view name) = nullptr,
                      const ArchiveLimits& limits = {});

// gzip, xz, zstd, bzip2, one or two of them around each other: what was packed. kUnsupported when
// damaged or none of these; kLimit.
Result<std::string> decompress(std::string_view bytes, const ArchiveLimits& limits = {});

}  // namespace tome
