// SPDX-License-Identifier: GPL-2.0-or-later
// Tables of a page. Poppler reads a table column by column; a reader wants its rows.
#pragma once

#include <vector>

#include "extract/pdf_rows.h"

namespace tome {

// Where neighbouring short rows make a grid, they come row by row, as cells. Columns of text, and
// of an index, stay as they are: a grid holds numbers, or is small.
std::vector<PdfRow> gather_tables(std::vector<PdfRow> rows, double page_width);

}  // namespace tome
