// SPDX-License-Identifier: GPL-2.0-or-later
// The lines of one page, made of the words that poppler finds on it.
#pragma once

#include <poppler-page.h>

#include <cstdint>

#include "extract/pdf_line.h"

namespace tome {

// In reading order: column by column as far as poppler tells them. Words of a table's row stand on
// one line. `number` is 1-based. poppler's calls on one document are for one thread at a time.
PdfPage read_pdf_page(const poppler::page& page, std::uint32_t number);

}  // namespace tome
