// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/compressed.h"

#include <array>
#include <string>

#include "extract/archive.h"

namespace tome {
namespace {

constexpr std::uint64_t kMostBytes = 256ull << 20;  // extract() takes no more

std::string_view without_suffix(std::string_view name) {
  constexpr std::array<std::string_view, 4> kSuffixes = {".gz", ".xz", ".zst", ".bz2"};
  for (const std::string_view suffix : kSuffixes) {
    if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  }
  return name;
}

// POSIX.1-2017, pax, "ustar Interchange Format": the magic stands at byte 257.
bool is_tar(std::string_view bytes) { return bytes.substr(0, 512).find("ustar", 257) == 257; }

}  // namespace

Result<Document> extract_any(std::string_view name, Format format, std::string_view bytes) {
  if (format != Format::kCompressed) return extract(format, bytes);
  if (bytes.empty()) {
    return Error{Code::kUnsupported, "the file is empty", "fetch or copy it again", ""};
  }
  ArchiveLimits limits;
  limits.bytes = kMostBytes;
  const Result<std::string> inside = decompress(bytes, limits);
  if (!inside) return inside.error();
  if (is_tar(*inside)) {
    return Error{Code::kUnsupported,
                 "an archive of several files, which tome does not read: unpack it", "", ""};
  }
  return extract(detect_format(without_suffix(without_suffix(name)), *inside), *inside);
}

}  // namespace tome
