// SPDX-License-Identifier: GPL-2.0-or-later
// CSV: rows of fields, quoted or not, by libcsv. Linear in the text, whatever its quotes are.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/row_span.h"

namespace tome {

// The separator that the first line speaks for: , ; or tab.
char csv_separator(std::string_view text);

// The fields of the first row of `text`; empty when it does not end.
std::vector<std::string> csv_fields(std::string_view text, char separator);

struct CsvRow {
  std::vector<std::string> cells;
  std::uint32_t line = 0;  // lines before it
};

// The rows of a table within a document, however many cells each has; blank lines left out. A
// quotation that is never closed ends with the text.
std::vector<CsvRow> csv_table(std::string_view text, char separator);

// Calls row(span, fields) for each row of `text`, blank lines left out, until it returns false.
// `columns`: how many fields a row must have at most; fewer leave the last ones empty. A row that
// has more or never ends is given to bad(line, why); where a quote was left open, reading goes on
// with the next line.
void each_csv_row(std::string_view text, char separator, std::size_t columns,
                  const std::function<bool(RowSpan, std::vector<std::string>&)>& row,
                  const BadRow& bad);

}  // namespace tome
