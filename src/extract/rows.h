// SPDX-License-Identifier: GPL-2.0-or-later
// Catalogue: a file of book descriptions, one a row: CSV, JSON Lines, or one JSON array of objects.
// Immutable once opened; safe from any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/description.h"
#include "extract/row_fields.h"
#include "extract/row_span.h"
#include "tome/result.h"

namespace tome {

class RowFile {
 public:
  // Reads the columns of `bytes` in any encoding; `name` tells the format by its extension (csv,
  // tsv, jsonl, ndjson, json). Nothing when the bytes have no columns at all.
  static std::optional<RowFile> open(std::string_view name, std::string bytes,
                                     const ColumnMap& map);

  // Whether the rows describe books: a title column, and authors, a description or an ISBN.
  bool is_catalogue() const { return names_.describe_books(columns_); }
  const std::vector<std::string>& columns() const { return columns_; }  // as written
  std::string_view format() const;                                      // "csv", "jsonl", "json"
  std::uint64_t replaced() const { return replaced_; }  // invalid sequences that became U+FFFD

  // Where the rows stand, in file order; those that cannot be told from their neighbours cost
  // themselves and a call of bad().
  std::vector<RowSpan> spans(const BadRow& bad) const;

  // The row there; an error that says why when it describes no book.
  Result<BookDescription> read(RowSpan span) const;

 private:
  enum class Form { kCsv, kJsonLines, kJsonArray };
  RowFile(Form form, std::string text, const ColumnMap& map);
  std::vector<Cell> cells_of(std::vector<std::string>& fields) const;
  void read_columns();
  std::string_view row_at(RowSpan span) const;

  Form form_;
  std::string text_;
  ColumnNames names_;
  char separator_ = ',';
  std::vector<std::string> columns_;
  std::uint64_t replaced_ = 0;
};

// What a row is called in its file: its ID, else its ISBN, else a hash of title and authors; of
// letters, digits, . _ and - alone.
std::string row_key(const BookDescription& book);

}  // namespace tome
