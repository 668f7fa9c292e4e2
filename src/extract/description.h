// SPDX-License-Identifier: GPL-2.0-or-later
// A book description that is a record rather than a text: a row of a catalogue, a metadata.opf.
// Plain values and pure functions; safe from any thread.
#pragma once

#include <cstdint>
#include <string>

#include "extract/document.h"
#include "tome/result.h"

namespace tome {

struct BookDescription {
  WorkInfo info;
  std::string id;           // what its source calls it; may be empty
  std::string series;       // "Discworld, 7"
  std::string description;  // text; HTML where it holds tags
  std::string review;       // what the owner thinks of it; the same
  std::uint32_t line = 0;   // 1-based line of its file; 0: not known
};

// All that it says, in one text, but for its line: equal texts are equal descriptions.
std::string canonical_text(const BookDescription& book);

// Title as heading, then description, review and series; authors and topics instead of a
// description that is missing, so that the work can be found. Fails with kLimit as read_html does.
Result<Document> describe_book(const BookDescription& book);

// Whether `text` holds a tag of HTML, and not only a < of its own.
bool has_tags(std::string_view text);

}  // namespace tome
