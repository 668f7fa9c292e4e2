// SPDX-License-Identifier: GPL-2.0-or-later
// Passages and works for an assistant, as text and as structured content of the same meaning. Pure.
#pragma once

#include <string>
#include <string_view>

#include "mcp/json.h"
#include "tome/search.h"

namespace tome::mcp {

// Work, headings, place, ID and text of a passage, one a line, the text last; `mark` stands before
// the work: "[1] ".
std::string passage_text(const PassageHit& hit, std::string_view mark);
// The same as evidence for `book`, which is named above it: its title is left out.
std::string evidence_text(const PassageHit& hit, const WorkRef& book);
Json passage_json(const PassageHit& hit);

// A work in one line, with its address.
std::string work_text(const WorkView& view);
Json work_json(const WorkRef& work);  // what WorkView and BookHit add is added by the caller

// JSON Schemas of what passage_json and work_json give.
Json passage_schema();
Json work_schema();

// "tome://work/ID".
std::string work_address(std::string_view id);
std::string kind_name(Kind kind);  // "book", "article", "work"

}  // namespace tome::mcp
