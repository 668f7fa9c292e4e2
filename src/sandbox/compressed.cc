// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/compressed.h"

#include <array>
#include <string>
#include <utility>

#include "extract/archive.h"
#include "extract/decode.h"

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

Result<std::string> unpack(std::string_view bytes) {
  if (bytes.empty()) {
    return Error{Code::kUnsupported, "the file is empty", "fetch or copy it again", ""};
  }
  ArchiveLimits limits;
  limits.bytes = kMostBytes;
  Result<std::string> inside = decompress(bytes, limits);
  if (inside && is_tar(*inside)) {
    return Error{Code::kUnsupported,
                 "an archive of several files, which tome does not read: unpack it", "", ""};
  }
  return inside;
}

}  // namespace

Result<Document> extract_any(std::string_view name, Format format, std::string_view bytes) {
  if (format != Format::kCompressed) return extract(format, bytes);
  const Result<std::string> inside = unpack(bytes);
  if (!inside) return inside.error();
  return extract(detect_format(without_suffix(without_suffix(name)), *inside), *inside);
}

Result<Document> unpack_text(std::string_view bytes) {
  Result<std::string> inside = unpack(bytes);
  if (!inside) return inside.error();
  Decoded decoded = decode(*inside, "");
  inside->clear();
  inside->shrink_to_fit();
  Document document;
  document.format = format_name(Format::kText);
  document.text = std::move(decoded.text);
  document.encoding = std::move(decoded.encoding);
  document.replaced = decoded.replaced;
  if (document.text.empty()) return document;
  Block block;
  block.style = Style::kCode;
  block.end = static_cast<std::uint32_t>(document.text.size());
  block.line = 1;
  document.blocks.push_back(std::move(block));
  return document;
}

}  // namespace tome
