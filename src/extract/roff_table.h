// SPDX-License-Identifier: GPL-2.0-or-later
// Tables of tbl(1), from .TS to .TE.
#pragma once

#include <functional>
#include <string>

#include "extract/man_page.h"
#include "extract/roff.h"

namespace tome {

// Reads the lines up to .TE and puts the rows on the page. `inline_text`: the words of one line.
void read_roff_table(RoffReader& reader, ManPage& page,
                     const std::function<std::string(const RoffLine&)>& inline_text);

}  // namespace tome
