// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/work_counts.h"

#include <fmt/format.h>

#include <optional>
#include <sstream>

#include "store/files.h"
#include "store/reader.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kFirstWord = "counts";

std::optional<WorkCounts> kept(const fs::path& file, std::uint64_t generation) {
  const Result<std::string> bytes = read_file(file, 256);
  if (!bytes || !bytes->ends_with('\n')) return std::nullopt;
  const std::size_t end = bytes->rfind(' ');  // then the checksum of what stands before
  const std::string_view said = std::string_view(*bytes).substr(0, end);
  if (end == std::string::npos || bytes->substr(end + 1) != hex_digest(said) + "\n") {
    return std::nullopt;
  }
  std::istringstream in(*bytes);
  std::string word;
  std::uint64_t of = 0;
  WorkCounts counts;
  if (!(in >> word >> of >> counts.works >> counts.books)) return std::nullopt;
  if (word != kFirstWord || of != generation) return std::nullopt;
  return counts;
}

}  // namespace

Result<WorkCounts> works_on_shelf(const fs::path& index, std::uint64_t generation) {
  const fs::path file = index / "counts";
  if (const std::optional<WorkCounts> counts = kept(file, generation)) return *counts;
  Result<Reader> reader = Reader::open(index);
  if (!reader) return reader.error();
  Result<const Catalogue*> catalogue = reader->catalogue();
  if (!catalogue) return catalogue.error();
  WorkCounts counts;
  counts.works = (*catalogue)->works().size();
  for (const Work& work : (*catalogue)->works()) counts.books += work.info.kind == Kind::kBook;
  // One that cannot be kept is counted again.
  const std::string said =
      fmt::format("{} {} {} {}", kFirstWord, generation, counts.works, counts.books);
  [[maybe_unused]] const Status status =
      write_file_atomically(file, fmt::format("{} {}\n", said, hex_digest(said)));
  return counts;
}

}  // namespace tome
