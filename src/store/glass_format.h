// SPDX-License-Identifier: GPL-2.0-or-later
// How a database of Xapian's glass backend spells its keys on disk, as common/pack.h and
// backends/glass/ of Xapian 1.4 do: for the store's own sources, which write such tables themselves
// (store/glass_table.h). Its numbers are those of text/codec.h.
//
// All keys but those of documents are of the table of postings, and sort as their tables do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tome {

// Appends a number so that bytes sort as numbers do.
void put_sorted(std::string& out, std::uint32_t number);

// Appends a term so that bytes sort as terms do, whatever may follow but the byte 0xff.
void put_sorted(std::string& out, std::string_view term);

std::string document_key(std::uint32_t document);
std::string value_bounds_key(std::uint32_t slot);
// Of a piece of the values of a slot that begins with `document`.
std::string values_key(std::uint32_t slot, std::uint32_t document);
// Of a term's list of documents; the empty term has all, with their lengths.
std::string postings_key(std::string_view term);
// Of another piece of it, which begins with `document`.
std::string postings_key(std::string_view term, std::uint32_t document);

}  // namespace tome
