// SPDX-License-Identifier: GPL-2.0-or-later
// One reader a format, for extract() alone: decoded text -> Document without its format, encoding
// and replaced. `text` is valid UTF-8 without NUL, its lines end in \n. Safe from any thread.
#pragma once

#include <string_view>

#include "extract/document.h"
#include "tome/result.h"

namespace tome {

Document read_plain(std::string_view text);
Document read_markdown(std::string_view text);
Result<Document> read_html(std::string_view text);  // kLimit: nested too deeply, too large a tree

}  // namespace tome
