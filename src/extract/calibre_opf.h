// SPDX-License-Identifier: GPL-2.0-or-later
// metadata.opf: what Calibre writes beside the files of a book. Pure; safe from any thread.
#pragma once

#include <string_view>

#include "extract/description.h"
#include "tome/result.h"

namespace tome {

// The book that the file describes. kUnsupported when it is no XML, has no title, or is the package
// of an unpacked EPUB (it lists files); kLimit above 1 MB.
Result<BookDescription> read_calibre_opf(std::string_view bytes);

// What the metadata says of a document goes before what the document says of itself.
void apply_description(const BookDescription& book, Document& document);

}  // namespace tome
