// SPDX-License-Identifier: GPL-2.0-or-later
// Running headers, footers and page numbers: what stands at the edge of many pages.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/pdf_line.h"

namespace tome {

// Takes out the lines at the top and bottom of `pages` that three or more pages have at the same
// height, digits apart (two, where others repeat at that height: left and right pages), that are
// the page's number, or that hold it or a heading (`is_title`) where many pages have such a line.
// `labels` are the pages' own names; `body` is the font size of most text. Does nothing to
// fewer than three pages, nor where more than half of the text would go.
void drop_margins(std::vector<PdfPage>& pages, const std::vector<std::string>& labels, double body,
                  const std::function<bool(std::string_view)>& is_title);

}  // namespace tome
