// SPDX-License-Identifier: GPL-2.0-or-later
// The file `iamglass` of a database of Xapian: where the root of each of its tables is, as
// backends/glass/glass_version.cc of Xapian 1.4 writes it.
//
// Segments have no table of their documents' terms: it would be two fifths of them, a question
// never reads it, and an analyser gives the terms again. Xapian needs it to take a document out,
// though. So an edit lends a segment such a table for a moment, of the documents that go and no
// others; the table comes from a small database that has only these, under the same numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "store/glass_table.h"

namespace tome {

// The files of a database.
inline constexpr const char* kVersionFile = "iamglass";
inline constexpr const char* kPostingsFile = "postlist.glass";
inline constexpr const char* kDocumentsFile = "docdata.glass";
inline constexpr const char* kTermsFile = "termlist.glass";

// The bytes of `version` with the entry of the table of terms that `lender` has. Empty when either
// is not of the format that is known here.
std::string lend_terms(std::string_view version, std::string_view lender);

// What a database has, in all.
struct GlassCounts {
  std::uint32_t documents = 0;  // their numbers are 1 to this
  std::uint32_t shortest = 0;   // length of a document that has one, in occurrences of its terms
  std::uint32_t longest = 0;
  std::uint32_t most = 0;    // occurrences of one term in a document
  std::uint64_t length = 0;  // of all documents
};

// Whether bytes are of the format that is known here.
bool is_known_version(std::string_view version);

// The bytes of the version of a database that was just made, with these tables and counts in the
// place of its own. Empty when it is not of the format that is known here.
std::string written_version(std::string_view fresh, const GlassRoot& postings,
                            const GlassRoot& documents, const GlassCounts& counts);

}  // namespace tome
