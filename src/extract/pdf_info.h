// SPDX-License-Identifier: GPL-2.0-or-later
// What a PDF says of itself: title, authors, year, topics, the names of its pages.
#pragma once

#include <poppler-document.h>

#include <string_view>

#include "tome/work.h"

namespace tome {

// The information dictionary without what programs put there by themselves ("Microsoft Word -
// report.doc", "untitled", "user").
WorkInfo read_pdf_info(const poppler::document& document);

// Empty when it is a file's name or a placeholder; "Microsoft Word - " before it is left out.
std::string_view real_title(std::string_view title);

}  // namespace tome
