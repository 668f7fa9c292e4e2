// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of catalogues as sources: each row of books.csv is a source "books.csv#KEY" of its own, so
// that one changed row is one changed source.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "extract/row_fields.h"
#include "extract/rows.h"
#include "ingest/inspect.h"
#include "ingest/walk.h"
#include "store/packed_source.h"
#include "store/records.h"
#include "tome/result.h"

namespace tome {

// The catalogues of one root.
class CatalogueRows {
 public:
  // `map`: the root's own names of columns. `options` outlive it.
  CatalogueRows(std::filesystem::path base, std::string root, ColumnMap map,
                const IndexOptions& options);

  // The rows of a file, by path, held against what the index has of them; nothing when it is no
  // catalogue. A file of the same size and time is not opened; else its text stays in memory until
  // the jobs of its rows are done.
  std::optional<Files> inspect(const FoundFile& found, KnownSources known);

  // kUsage when no catalogue that was looked at has a column of the map; its hint lists those that
  // are there.
  Status check_map() const;

  std::vector<Error> warnings;  // rows that are left out, a few of each file
  std::vector<Error> failures;  // catalogues that could not be read; the index keeps their rows
  std::uint64_t replaced = 0;   // invalid sequences
  std::uint64_t empty = 0;      // catalogues without a row

 private:
  // The text of a file, packed or not; of a packed one it says what was invalid.
  Result<std::string> read_text(const std::string& path, std::uint64_t& mended);
  Files read(const FoundFile& found, const std::shared_ptr<const RowFile>& file,
             KnownSources known);
  File row_file(const FoundFile& found, const std::shared_ptr<const RowFile>& file, RowSpan span,
                const std::string& key, const std::string& digest, KnownSources known) const;

  std::filesystem::path base_;
  std::string root_;
  ColumnMap map_;
  std::string fingerprint_;  // of the map; empty without one
  const IndexOptions& options_;
  Extractor extractor_;            // unpacks
  bool mapped_ = false;            // a catalogue was read with this map before
  std::set<std::string> columns_;  // keys of all columns that were seen
  std::string example_;            // "books.csv: Title, Author"
};

}  // namespace tome
