// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/generation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "store/files.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kSmallIndexBytes = 64u << 20;
constexpr std::string_view kRebuildHint = "run: tome rebuild";

fs::path manifest_path(const fs::path& index, std::uint64_t generation) {
  return index / "generations" / fmt::format("{:06}.json", generation);
}

// Of a manifest's name; 0 for another file.
std::uint64_t number_of(const fs::path& manifest) {
  const std::string stem = manifest.stem().string();
  std::uint64_t number = 0;
  std::from_chars(stem.data(), stem.data() + stem.size(), number);
  return number;
}

Error damaged(std::string message, const fs::path& path) {
  return Error{Code::kDamaged, std::move(message), std::string(kRebuildHint), path.string()};
}

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

// A segment's ID and file names come to stand in paths: nothing but plain names.
bool plain_name(const std::string& name) {
  return !name.empty() && name[0] != '.' && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
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

fs::path segment_path(const fs::path& index, const std::string& id) {
  return index / "segments" / id;
}

Result<std::uint64_t> current_generation(const fs::path& index) {
  const fs::path pointer = index / "current";
  Result<std::string> line = read_file(pointer, 64);
  if (!line) {
    if (line.error().code == Code::kNotFound) return std::uint64_t{0};
    return line.error();
  }
  std::uint64_t number = 0;
  const char* end = line->data() + line->size();
  const auto parsed = std::from_chars(line->data(), end, number);
  if (parsed.ec != std::errc() || number == 0 || std::string_view(parsed.ptr, end) != "\n") {
    return damaged("the index is damaged: its pointer is not a generation's number", pointer);
  }
  return number;
}

Result<Manifest> read_manifest(const fs::path& index) {
  Result<std::uint64_t> number = current_generation(index);
  if (!number) return number.error();
  if (*number == 0) return Manifest{};
  return read_manifest(index, *number);
}

Result<Manifest> read_manifest(const fs::path& index, std::uint64_t generation) {
  const fs::path path = manifest_path(index, generation);
  Result<std::string> bytes = read_file(path, 256u << 20);
  if (!bytes) {
    return damaged("the index is damaged: the manifest that `current` names cannot be read", path);
  }
  Manifest manifest;
  try {
    Json json = Json::parse(*bytes);
    const int schema = json.at("schema").get<int>();
    if (schema != kSchemaVersion) {
      return Error{
          Code::kUnsupported,
          fmt::format("the index has schema {}, this tome writes {}", schema, kSchemaVersion),
          schema > kSchemaVersion ? "use the newer tome that made it" : std::string(kRebuildHint),
          index.string()};
    }
    const std::string sum = json.at("checksum").get<std::string>();
    json.erase("checksum");
    if (sum != checksum(json)) throw std::invalid_argument("checksum");
    manifest = from_json(json);
  } catch (const std::exception&) {
    return damaged("the index is damaged: its manifest is not what was written", path);
  }
  if (manifest.generation != generation) {
    return damaged("the index is damaged: its manifest is of another generation", path);
  }
  return manifest;
}

Status verify_segments(const fs::path& index, const Manifest& manifest, bool digests) {
  std::uint64_t total = 0;
  for (const SegmentInfo& segment : manifest.segments) total += segment.bytes;
  const bool all = digests || total <= kSmallIndexBytes;
  for (const SegmentInfo& segment : manifest.segments) {
    for (const SegmentFile& file : segment.files) {
      const fs::path path = segment_path(index, segment.id) / file.name;
      std::error_code code;
      const std::uint64_t size = fs::file_size(path, code);
      if (code) return damaged("the index is damaged: a file is missing", path);
      if (size != file.size) return damaged("the index is damaged: a file has another size", path);
      if (!all && file.name != "iamglass") continue;
      Result<std::string> bytes = read_file(path);
      if (!bytes) return bytes.error();
      if (hex_digest(*bytes) != file.digest) {
        return damaged("the index is damaged: a file has changed", path);
      }
    }
  }
  return Ok{};
}

Result<SegmentInfo> describe_segment(const fs::path& index, const std::string& id,
                                     std::uint64_t passages) {
  SegmentInfo segment;
  segment.id = id;
  segment.passages = passages;
  const fs::path folder = segment_path(index, id);
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    SegmentFile file;
    file.name = entry.path().filename().string();
    if (file.name == "flintlock") {  // Xapian's writer lock: empty, no part of the data
      std::error_code ignored;
      fs::remove(entry.path(), ignored);
      continue;
    }
    Result<std::string> bytes = read_file(entry.path());
    if (!bytes) return bytes.error();
    file.size = bytes->size();
    file.digest = hex_digest(*bytes);
    segment.bytes += file.size;
    segment.files.push_back(std::move(file));
  }
  if (code) return Error{Code::kIo, "cannot list: " + code.message(), "", folder.string()};
  std::sort(segment.files.begin(), segment.files.end(),
            [](const SegmentFile& a, const SegmentFile& b) { return a.name < b.name; });
  return segment;
}

Status publish(const fs::path& index, Manifest& manifest) {
  // A damaged pointer must not stop a rebuild: number after the newest manifest there is.
  std::uint64_t newest = 0;
  if (Result<std::uint64_t> number = current_generation(index)) newest = *number;
  std::error_code code;
  fs::create_directories(index / "generations", code);
  fs::create_directories(index / "segments", code);
  for (const auto& entry : fs::directory_iterator(index / "generations", code)) {
    const std::uint64_t number = number_of(entry.path());
    newest = std::max(newest, number);
  }
  manifest.generation = newest + 1;
  manifest.passages = 0;
  for (const SegmentInfo& segment : manifest.segments) manifest.passages += segment.passages;
  const fs::path path = manifest_path(index, manifest.generation);
  if (Status status = sync_folder(index / "segments"); !status) return status;
  Json json = to_json(manifest);
  json["checksum"] = checksum(json);
  if (Status status = write_file_atomically(path, json.dump(1) + "\n"); !status) {
    return status;
  }
  return write_file_atomically(index / "current", fmt::format("{}\n", manifest.generation));
}

void collect_garbage(const fs::path& index) {
  Result<std::uint64_t> current = current_generation(index);
  if (!current) return;
  std::set<std::string> segments;
  std::set<std::uint64_t> generations;
  std::error_code code;
  std::vector<std::uint64_t> numbers;
  for (const auto& entry : fs::directory_iterator(index / "generations", code)) {
    const std::uint64_t number = number_of(entry.path());
    if (number <= *current) numbers.push_back(number);
  }
  std::sort(numbers.rbegin(), numbers.rend());
  for (std::size_t i = 0; i < numbers.size() && generations.size() < 2; ++i) {
    Result<Manifest> manifest = read_manifest(index, numbers[i]);
    if (!manifest) {
      if (numbers[i] == *current) return;  // cannot tell what is in use: remove nothing
      continue;
    }
    generations.insert(numbers[i]);
    for (const SegmentInfo& segment : manifest->segments) segments.insert(segment.id);
  }
  for (const auto& entry : fs::directory_iterator(index / "segments", code)) {
    if (!segments.contains(entry.path().filename().string())) fs::remove_all(entry.path(), code);
  }
  for (const auto& entry : fs::directory_iterator(index / "generations", code)) {
    const std::uint64_t number = number_of(entry.path());
    if (entry.path().extension() != ".json" || !generations.contains(number)) {
      fs::remove(entry.path(), code);
    }
  }
  fs::remove_all(index / "tmp", code);
}

}  // namespace tome
