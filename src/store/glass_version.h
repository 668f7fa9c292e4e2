// SPDX-License-Identifier: GPL-2.0-or-later
// The file `iamglass` of a database of Xapian: where the root of each of its tables is, as
// backends/glass/glass_version.cc of Xapian 1.4 writes it.
//
// Segments have no table of their documents' terms: it would be two fifths of them, a question
// never reads it, and an analyser gives the terms again. Xapian needs it to take a document out,
// though. So an edit lends a segment such a table for a moment, of the documents that go and no
// others; the table comes from a small database that has only these, under the same numbers.
#pragma once

#include <string>
#include <string_view>

namespace tome {

// The bytes of `version` with the entry of the table of terms that `lender` has. Empty when either
// is not of the format that is known here.
std::string lend_terms(std::string_view version, std::string_view lender);

}  // namespace tome
