// SPDX-License-Identifier: GPL-2.0-or-later
// JSON catalogues: one object a line, or one array of objects. Linear in the text; nesting is
// bounded.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "extract/row_fields.h"
#include "extract/row_span.h"

namespace tome {

// Calls row(span) for each line of `text` that is not blank, until it returns false.
void each_json_line(std::string_view text, const std::function<bool(RowSpan)>& row,
                    const BadRow& bad);

// Calls row(span) for each element of the array that `text` is. row() says whether the element
// could be read; where it could not, reading goes on with the next line that begins an object as it
// did.
enum class Next { kGoOn, kMend, kStop };
void each_json_element(std::string_view text, const std::function<Next(RowSpan)>& row,
                       const BadRow& bad);

// The cells of an object; nothing when `text` is not JSON, no object, or nested too deeply.
std::optional<std::vector<Cell>> json_cells(std::string_view text);

}  // namespace tome
