// SPDX-License-Identifier: GPL-2.0-or-later
// A file of any format, compressed or not. Pure, as extract() is.
#pragma once

#include <string_view>

#include "extract/extract.h"
#include "tome/result.h"

namespace tome {

// extract() for every format. Of a kCompressed file, what is inside is read, as a file of that name
// without its .gz, .xz, .zst or .bz2; it may be compressed twice. Document::format is that of
// what is inside. kUnsupported: an archive of several files (tar) is inside; see also extract().
Result<Document> extract_any(std::string_view name, Format format, std::string_view bytes);

// The text that is packed in `bytes`, as one block, whatever it means; of any encoding, which was
// told as extract() tells it. Lines have the numbers that they have in what was packed.
Result<Document> unpack_text(std::string_view bytes);

}  // namespace tome
