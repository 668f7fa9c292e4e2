// SPDX-License-Identifier: GPL-2.0-or-later
// One XHTML file of an EPUB -> its blocks. Safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/html_blocks.h"
#include "tome/result.h"

namespace tome::epub {

struct Chapter {
  Document document;         // text, blocks, replaced
  std::vector<IdPlace> ids;  // in the order of the file
};

// kLimit: larger than 64 MB, nested too deeply, too large a tree.
Result<Chapter> read_chapter(std::string_view bytes);

// XHTML as a parser of HTML understands it, thinned: <title/> becomes <title></title>, where HTML
// would take all that follows for the title, and CDATA sections become text. Lines are unchanged.
Result<std::string> html_of(std::string_view xhtml);

}  // namespace tome::epub
