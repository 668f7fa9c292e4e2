// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/kept_works.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "store/files.h"
#include "store/reader.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestLine = 256;

fs::path file_of(const fs::path& index) { return index / "works"; }

// Tells a generation from another of the same number, of an index that was made anew; 2: the form
// of the bytes (store/catalogue_bytes.h).
std::string name_of(const Manifest& manifest) {
  std::string segments;
  for (const SegmentInfo& segment : manifest.segments) segments += segment.id + '\n';
  return fmt::format("works/2 {} {}", manifest.generation, short_digest(segments, 16));
}

struct FirstLine {
  WorkCounts counts;
  std::size_t catalogue = 0;  // bytes of it; the acronyms follow
};

std::string line_of(const Manifest& manifest, const FirstLine& line) {
  const std::string said = fmt::format("{} {} {} {}", name_of(manifest), line.counts.works,
                                       line.counts.books, line.catalogue);
  return fmt::format("{} {}\n", said, hex_digest(said));
}

std::optional<FirstLine> read_line(const std::string& text, const Manifest& manifest) {
  const std::string name = name_of(manifest) + ' ';
  if (!text.starts_with(name)) return std::nullopt;
  std::istringstream in(text.substr(name.size()));
  FirstLine line;
  if (!(in >> line.counts.works >> line.counts.books >> line.catalogue) ||
      text != line_of(manifest, line)) {
    return std::nullopt;
  }
  return line;
}

// A file in memory, for reading; empty when there is none.
struct Mapping {
  explicit Mapping(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat status {};
    if (::fstat(file, &status) == 0 && status.st_size > 0) {
      const auto size = static_cast<std::size_t>(status.st_size);
      void* const place = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
      if (place != MAP_FAILED) bytes = {static_cast<const char*>(place), size};
    }
    ::close(file);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (!bytes.empty()) ::munmap(const_cast<char*>(bytes.data()), bytes.size());
  }
  std::string_view bytes;
};

struct Kept {
  std::shared_ptr<const Mapping> file;
  std::string_view works, acronyms;
};

std::optional<Kept> open_kept(const fs::path& index, const Manifest& manifest) {
  auto file = std::make_shared<const Mapping>(file_of(index));
  const std::size_t end = file->bytes.substr(0, kLongestLine).find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view rest = file->bytes.substr(end + 1);
  const std::optional<FirstLine> line =
      read_line(std::string(file->bytes.substr(0, end + 1)), manifest);
  if (!line || line->catalogue > rest.size()) return std::nullopt;
  return Kept{std::move(file), rest.substr(0, line->catalogue), rest.substr(line->catalogue)};
}

}  // namespace

std::optional<WorkCounts> read_kept_counts(const fs::path& index, const Manifest& manifest) {
  std::ifstream in(file_of(index), std::ios::binary);
  std::string start(kLongestLine, '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(in.gcount()));
  const std::size_t end = start.find('\n');
  if (end == std::string::npos) return std::nullopt;
  const std::optional<FirstLine> line = read_line(start.substr(0, end + 1), manifest);
  return line ? std::optional(line->counts) : std::nullopt;
}

std::optional<Catalogue> read_kept_works(const fs::path& index, const Manifest& manifest) {
  const std::optional<Kept> kept = open_kept(index, manifest);
  return kept ? Catalogue::decode(kept->works, kept->file) : std::nullopt;
}

std::optional<AcronymTable> read_kept_acronyms(const fs::path& index, const Manifest& manifest) {
  const std::optional<Kept> kept = open_kept(index, manifest);
  return kept ? AcronymTable::decode(kept->acronyms, kept->file) : std::nullopt;
}

Status keep_works(const Reader& reader) {
  const Result<const Catalogue*> catalogue = reader.catalogue();
  if (!catalogue) return catalogue.error();
  const Result<const AcronymTable*> acronyms = reader.acronyms();
  if (!acronyms) return acronyms.error();
  const std::string works = (*catalogue)->encode();
  const FirstLine line{{(*catalogue)->size(), (*catalogue)->books()}, works.size()};
  return write_file_atomically(file_of(reader.index()), line_of(reader.manifest(), line) + works +
                                                            std::string((*acronyms)->bytes()));
}

}  // namespace tome
