// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/generation.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "store/files.h"
#include "store/step.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostGenerations = 1'000'000'000'000'000;  // a number above is none

// In `current` while the first manifest is written: a manifest without pointer is damage.
constexpr std::string_view kNothingYet = "none\n";

// Of a manifest's name; 0 for another file.
std::uint64_t number_of(const fs::path& manifest) {
  const std::string stem = manifest.stem().string();
  std::uint64_t number = 0;
  const auto parsed = std::from_chars(stem.data(), stem.data() + stem.size(), number);
  const bool all = parsed.ec == std::errc() && parsed.ptr == stem.data() + stem.size();
  return all && number < kMostGenerations && manifest.extension() == ".json" ? number : 0;
}

// With a checksum: a flipped bit must not name another generation.
std::string pointer_line(std::uint64_t generation) {
  const std::string number = std::to_string(generation);
  return number + " " + short_digest(number, 8) + "\n";
}

// The highest number of a manifest that is there; 0 for none.
Result<std::uint64_t> newest_manifest(const fs::path& index) {
  const Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index);
  if (!numbers) return numbers.error();
  return numbers->empty() ? std::uint64_t{0} : numbers->front();
}

// What lies in `folder` and is not in use; what cannot be listed stays.
template <class InUse>
void remove_others(const fs::path& folder, InUse in_use, const char* name_of_step) {
  const Result<std::vector<fs::path>> list = list_folder(folder);
  if (!list) return;
  for (const fs::path& path : *list) {
    if (in_use(path)) continue;
    std::error_code code;
    fs::remove_all(path, code);
    step(name_of_step);
  }
}

}  // namespace

fs::path segment_path(const fs::path& index, const std::string& id) {
  return index / "segments" / id;
}

Result<std::vector<std::uint64_t>> generations_on_disk(const fs::path& index) {
  std::vector<std::uint64_t> numbers;
  const Result<std::vector<fs::path>> list = list_folder(index / "generations");
  if (!list && list.error().code == Code::kNotFound) return numbers;
  if (!list) return list.error();
  for (const fs::path& path : *list) {
    if (const std::uint64_t number = number_of(path); number > 0) numbers.push_back(number);
  }
  std::sort(numbers.rbegin(), numbers.rend());
  return numbers;
}

Result<std::uint64_t> current_generation(const fs::path& index) {
  const fs::path pointer = index / "current";
  Result<std::string> line = read_file(pointer, 64);
  if (!line) {
    if (line.error().code != Code::kNotFound) return line.error();
    Result<std::uint64_t> newest = newest_manifest(index);
    if (!newest || *newest == 0) return newest;
    return damaged("the index is damaged: its pointer to the generation in force is missing",
                   pointer);
  }
  if (*line == kNothingYet) return std::uint64_t{0};
  std::uint64_t number = 0;
  const char* end = line->data() + line->size();
  const auto parsed = std::from_chars(line->data(), end, number);
  const bool known = parsed.ec == std::errc() && number > 0 && number < kMostGenerations;
  // A number alone, as a person may write it, will do.
  if (!known || (*line != pointer_line(number) && std::string_view(parsed.ptr, end) != "\n")) {
    return damaged("the index is damaged: its pointer is not a generation's number", pointer);
  }
  return number;
}

Result<Manifest> read_manifest(const fs::path& index) {
  // Two publications between reading the pointer and the manifest that it names remove that
  // manifest: then the pointer has moved.
  for (int attempt = 0;; ++attempt) {
    const Result<std::uint64_t> number = current_generation(index);
    if (!number) return number.error();
    if (*number == 0) return Manifest{};
    Result<Manifest> manifest = read_manifest(index, *number);
    if (manifest.ok() || attempt == 3) return manifest;
    const Result<std::uint64_t> now = current_generation(index);
    if (!now.ok() || *now == *number) return manifest;
  }
}

Status verify_segments(const fs::path& index, const Manifest& manifest, std::uint64_t most) {
  std::uint64_t total = 0;
  for (const SegmentInfo& segment : manifest.segments) total += segment.bytes;
  const bool all = total <= most;
  for (const SegmentInfo& segment : manifest.segments) {
    for (const SegmentFile& file : segment.files) {
      const fs::path path = segment_path(index, segment.id) / file.name;
      std::error_code code;
      const std::uint64_t size = fs::file_size(path, code);
      if (code == std::errc::no_such_file_or_directory || code == std::errc::is_a_directory ||
          code == std::errc::not_a_directory) {
        return damaged("the index is damaged: a file is missing", path);
      }
      if (code) return system_error("read", path, code.value());
      if (size != file.size) return damaged("the index is damaged: a file has another size", path);
      if (!all && file.name != "iamglass") continue;
      const Result<FileDigest> digest = digest_file(path);
      if (!digest) return digest.error();
      if (digest->hex != file.digest) {
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
  const Result<std::vector<fs::path>> list = list_folder(segment_path(index, id));
  if (!list) return list.error();
  for (const fs::path& path : *list) {
    SegmentFile file;
    file.name = path.filename().string();
    if (file.name == "flintlock") {  // Xapian's writer lock: empty, no part of the data
      std::error_code ignored;
      fs::remove(path, ignored);
      continue;
    }
    Result<FileDigest> digest = digest_file(path);
    if (!digest) return digest.error();
    file.size = digest->size;
    file.digest = std::move(digest->hex);
    segment.bytes += file.size;
    segment.files.push_back(std::move(file));
  }
  std::sort(segment.files.begin(), segment.files.end(),
            [](const SegmentFile& a, const SegmentFile& b) { return a.name < b.name; });
  return segment;
}

Status install(const fs::path& index, const Manifest& manifest) {
  std::error_code code;
  fs::create_directories(index / "generations", code);
  fs::create_directories(index / "segments", code);
  const Result<std::uint64_t> newest = newest_manifest(index);
  if (!newest) return newest.error();
  const fs::path pointer = index / "current";
  if (*newest == 0 && !fs::exists(pointer, code)) {
    if (Status status = write_file_atomically(pointer, kNothingYet); !status) return status;
  }
  step("publication begun");
  if (Status status = sync_folder(index / "segments"); !status) return status;
  step("folder of segments synced");
  const fs::path path = manifest_path(index, manifest.generation);
  if (Status status = write_file_atomically(path, encode_manifest(manifest)); !status) {
    return status;
  }
  step("manifest written");
  return write_pointer(index, manifest.generation);
}

Status publish(const fs::path& index, Manifest& manifest) {
  // A damaged pointer must not stop a rebuild: number after the newest manifest there is.
  Result<std::uint64_t> newest = newest_manifest(index);
  if (!newest) return newest.error();
  if (Result<std::uint64_t> number = current_generation(index)) {
    newest = std::max(*newest, *number);
  }
  manifest.generation = *newest + 1;
  manifest.passages = 0;
  for (const SegmentInfo& segment : manifest.segments) manifest.passages += segment.passages;
  return install(index, manifest);
}

Status write_pointer(const fs::path& index, std::uint64_t generation) {
  return write_file_atomically(index / "current", pointer_line(generation));
}

void collect_garbage(const fs::path& index) {
  std::error_code code;
  fs::remove_all(index / "tmp", code);
  for (const char* name : {"current.new", "shelf.toml.new", "works.new", "counts"})
    fs::remove(index / name, code);
  const Result<std::uint64_t> current = current_generation(index);
  Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index);
  if (!current || !numbers) return;
  std::set<std::string> segments;
  std::set<std::uint64_t> generations;
  std::erase_if(*numbers, [&](std::uint64_t number) { return number > *current; });
  for (std::size_t i = 0; i < numbers->size() && generations.size() < 2; ++i) {
    Result<Manifest> manifest = read_manifest(index, (*numbers)[i]);
    if (!manifest && manifest.error().code == Code::kIo) return;
    if (!manifest) continue;
    generations.insert((*numbers)[i]);
    for (const SegmentInfo& segment : manifest->segments) segments.insert(segment.id);
  }
  // Else it cannot be told what is in use.
  if (*current != 0 && !generations.contains(*current)) return;
  step("clean-up begun");
  remove_others(
      index / "segments",
      [&](const fs::path& path) { return segments.contains(path.filename().string()); },
      "segment removed");
  remove_others(
      index / "generations",
      [&](const fs::path& path) { return generations.contains(number_of(path)); },
      "manifest removed");
  step("clean-up done");
}

}  // namespace tome
