// SPDX-License-Identifier: GPL-2.0-or-later
// Manifests: as they come, and with the checksum that they should have, so that what stands behind
// it is read too.
#include "store/manifest.h"

#include <nlohmann/json.hpp>

#include "support/folder.h"
#include "target.h"
#include "text/hash.h"

namespace tome::fuzz {
namespace {

void read(std::string_view bytes) {
  static const TestFolder folder;
  folder.write("generations/000007.json", bytes);
  const Result<Manifest> manifest = read_manifest(folder.path(), 7);
  if (!manifest.ok()) {
    require(!manifest.error().message.empty(), "an error without a message");
    return;
  }
  require(manifest->generation == 7, "another generation");
  for (const SegmentInfo& segment : manifest->segments) {
    require(segment.id.find('/') == std::string::npos && segment.id != "..", "a path as ID");
    for (const SegmentFile& file : segment.files) {
      require(file.name.find('/') == std::string::npos && file.name != "..", "a path as name");
    }
  }
  // What it says is written as it was read.
  Manifest same = *manifest;
  folder.write("generations/000007.json", encode_manifest(same));
  require(read_manifest(folder.path(), 7).ok(), "a manifest that cannot be read again");
}

}  // namespace

void run_manifest(std::string_view bytes) {
  read(bytes);
  nlohmann::json json = nlohmann::json::parse(bytes, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return;
  json.erase("checksum");
  json["checksum"] = hex_digest(json.dump());
  read(json.dump(1) + "\n");
}

}  // namespace tome::fuzz
