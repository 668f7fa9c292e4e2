// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/manifest.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "analysis/analyser.h"
#include "store/files.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::string_view kRebuildHint = "run: tome rebuild";

Json to_json(const Manifest& manifest) {
  Json segments = Json::array();
  for (const SegmentInfo& segment : manifest.segments) {
    Json files = Json::array();
    for (const SegmentFile& file : segment.files) {
      files.push_back({{"name", file.name}, {"size", file.size}, {"digest", file.digest}});
    }
    segments.push_back({{"id", segment.id},
                        {"passages", segment.passages},
                        {"bytes", segment.bytes},
                        {"files", std::move(files)}});
  }
  return {{"generation", manifest.generation}, {"schema", manifest.schema},
          {"analyser", manifest.analyser},     {"tome", manifest.tome},
          {"xapian", manifest.xapian},         {"icu", manifest.icu},
          {"passages", manifest.passages},     {"segments", std::move(segments)}};
}

// Of all that the manifest says; a flipped digit is no other manifest.
std::string checksum(const Json& manifest) { return hex_digest(manifest.dump()); }

std::string written(const Json& manifest) { return manifest.dump(1) + "\n"; }

// A segment's ID and file names come to stand in paths: nothing but plain names.
bool plain_name(const std::string& name) {
  return !name.empty() && name[0] != '.' && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
}

// Of a number that says how the index was made, when it is not this program's.
std::optional<Error> made_otherwise(const char* what, int theirs, int ours, const fs::path& index) {
  if (theirs == ours) return std::nullopt;
  return Error{Code::kUnsupported,
               fmt::format("the index has {} {}, this tome writes {}", what, theirs, ours),
               theirs > ours ? kNewerHint : std::string(kRebuildHint), index.string()};
}

Manifest from_json(const Json& json) {
  Manifest manifest;
  manifest.generation = json.at("generation").get<std::uint64_t>();
  manifest.schema = json.at("schema").get<int>();
  manifest.analyser = json.at("analyser").get<int>();
  manifest.tome = json.at("tome").get<std::string>();
  manifest.xapian = json.at("xapian").get<std::string>();
  manifest.icu = json.at("icu").get<std::string>();
  manifest.passages = json.at("passages").get<std::uint64_t>();
  for (const Json& item : json.at("segments")) {
    SegmentInfo segment;
    segment.id = item.at("id").get<std::string>();
    segment.passages = item.at("passages").get<std::uint64_t>();
    segment.bytes = item.at("bytes").get<std::uint64_t>();
    if (!plain_name(segment.id)) throw std::invalid_argument("segment ID");
    for (const Json& entry : item.at("files")) {
      SegmentFile file;
      file.name = entry.at("name").get<std::string>();
      file.size = entry.at("size").get<std::uint64_t>();
      file.digest = entry.at("digest").get<std::string>();
      if (!plain_name(file.name)) throw std::invalid_argument("file name");
      segment.files.push_back(std::move(file));
    }
    manifest.segments.push_back(std::move(segment));
  }
  return manifest;
}

}  // namespace

Error damaged(std::string message, const fs::path& path) {
  return Error{Code::kDamaged, std::move(message), kDamagedHint, path.string()};
}

fs::path manifest_path(const fs::path& index, std::uint64_t generation) {
  return index / "generations" / fmt::format("{:06}.json", generation);
}

std::string encode_manifest(const Manifest& manifest) {
  Json json = to_json(manifest);
  json["checksum"] = checksum(json);
  return written(json);
}

Result<Manifest> decode_manifest(const std::string& bytes) {
  try {
    Json json = Json::parse(bytes);
    // First of all: of what another schema's checksum is of, nothing is known.
    if (std::optional<Error> error =
            made_otherwise("schema", json.at("schema").get<int>(), kSchemaVersion, "")) {
      return *error;
    }
    const std::string sum = json.at("checksum").get<std::string>();
    json.erase("checksum");
    if (sum != checksum(json)) throw std::invalid_argument("checksum");
    json["checksum"] = sum;
    if (bytes != written(json)) throw std::invalid_argument("white space");
    Manifest manifest = from_json(json);
    if (std::optional<Error> error =
            made_otherwise("analyser", manifest.analyser, kAnalyserVersion, "")) {
      return *error;
    }
    return manifest;
  } catch (const std::exception&) {
    return damaged("the index is damaged: its manifest is not what was written", "");
  }
}

Result<Manifest> read_manifest(const fs::path& index, std::uint64_t generation) {
  const fs::path path = manifest_path(index, generation);
  Result<std::string> bytes = read_file(path, 256u << 20);
  if (!bytes && bytes.error().code != Code::kNotFound) return bytes.error();
  if (!bytes) {
    return damaged("the index is damaged: the manifest that `current` names is missing", path);
  }
  Result<Manifest> manifest = decode_manifest(*bytes);
  if (!manifest) {
    Error error = manifest.error();
    error.path = error.code == Code::kUnsupported ? index.string() : path.string();
    return error;
  }
  if (manifest->generation != generation) {
    return damaged("the index is damaged: its manifest is of another generation", path);
  }
  return manifest;
}

}  // namespace tome
