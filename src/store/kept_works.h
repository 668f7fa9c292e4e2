// SPDX-License-Identifier: GPL-2.0-or-later
// index/works: what came of joining the records of one generation, so that a question need not join
// them again, how many works and books that are, and its acronyms.
//
// One line (generation, its segments, counts, bytes of the Catalogue, a checksum), then the encoded
// Catalogue and AcronymTable. The file is no part of the index: where it is missing, damaged or
// speaks of another generation, the records and the word list are read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "store/acronym_table.h"
#include "store/catalogue.h"
#include "store/manifest.h"
#include "tome/result.h"

namespace tome {

struct WorkCounts {
  std::uint64_t works = 0;
  std::uint64_t books = 0;
};

// What is kept of this generation; nothing when it has to be joined. The file stays mapped into
// memory as long as what was read from it lives.
std::optional<WorkCounts> read_kept_counts(const std::filesystem::path& index,
                                           const Manifest& manifest);
std::optional<Catalogue> read_kept_works(const std::filesystem::path& index,
                                         const Manifest& manifest);
std::optional<AcronymTable> read_kept_acronyms(const std::filesystem::path& index,
                                               const Manifest& manifest);

class Reader;

// Replaces the file by one of the reader's generation. REQUIRES: the writer lock is held.
Status keep_works(const Reader& reader);

}  // namespace tome
