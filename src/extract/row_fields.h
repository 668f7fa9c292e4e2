// SPDX-License-Identifier: GPL-2.0-or-later
// Columns of catalogues: which one holds the title, the authors, the description, told by the names
// that Goodreads, Calibre, Open Library and their like give them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/description.h"

namespace tome {

enum class RowField : std::uint8_t {
  kNone,
  kTitle,
  kSubtitle,
  kAuthors,
  kMoreAuthors,
  kAuthorsTurned,  // "Lee, Ann", used when nothing else names an author
  kDescription,
  kReview,
  kPublisher,
  kYear,
  kIsbn,
  kLanguage,
  kTopics,
  kShelves,  // topics, but for "to-read" and its like
  kSeries,
  kSeriesNumber,
  kEdition,
  kUrl,
  kKind,
  kId,
  kIdentifiers,  // "isbn:9780131103627,goodreads:515601"
};

// Field name, as in "title=Name", -> the column that holds it.
using ColumnMap = std::map<std::string, std::string>;

// Names that a ColumnMap may have as keys, by comma.
std::string mappable_fields();
bool is_mappable(const std::string& field);

// A column's name without case, accents, spaces, _ and -.
std::string column_key(std::string_view column);

// What stands in one column of a row.
struct Cell {
  std::string column;
  std::vector<std::string> values;
  bool list = false;  // each value is an item of its own; else one value, perhaps a list in words
};

class ColumnNames {
 public:
  // A field that `map` names is read from that column alone.
  explicit ColumnNames(const ColumnMap& map);

  // What a column holds, and its rank among those that hold the same (0 goes first).
  struct Meaning {
    RowField field = RowField::kNone;
    int rank = 0;
  };
  Meaning of(std::string_view column) const;

  // Whether rows of these columns describe books: a title and authors, a description or an ISBN.
  bool describe_books(const std::vector<std::string>& columns) const;

 private:
  std::unordered_map<std::string, Meaning> meanings_;
};

// A row as the description of a book; its title is empty when it has none.
BookDescription describe_row(const std::vector<Cell>& cells, const ColumnNames& names);

}  // namespace tome
