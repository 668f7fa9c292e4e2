// SPDX-License-Identifier: GPL-2.0-or-later
// Making the text of strangers fit for a terminal. Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tome/search.h"

namespace tome {

struct MarkedText {
  std::string text;
  std::vector<Span> marks;  // in `text`, in order, apart from each other, none empty
};

// Valid UTF-8 whose only control character is \n. Tabulators become spaces up to the next multiple
// of four columns, whatever else is_harmful() and invalid bytes U+FFFD; soft hyphens, \r
// before \n, and empty lines at either end go. Marks follow their text; those outside it go.
MarkedText clean_block(std::string_view text, const std::vector<Span>& marks);

// The same as one line: every run of white space is one space, none at the ends.
std::string clean_line(std::string_view text);

// Whether a terminal would obey it, or a reader not see it: controls, bidirectional embeddings,
// overrides and isolates, tags.
bool is_harmful(std::int32_t character);

// A path or an identifier as it is, but for what would harm: everything that is_harmful() and every
// invalid byte is U+FFFD.
std::string clean_name(std::string_view name);

// "file://" and the path, all but unreserved characters (RFC 3986, 2.3) and / as %XX.
std::string file_url(std::string_view absolute_path);

}  // namespace tome
