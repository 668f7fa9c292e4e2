// SPDX-License-Identifier: GPL-2.0-or-later
// What the fields of catalogues mean: lists, names, years, numbers. Pure; each takes a field of any
// size and gives a bounded answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tome {

// White space folded, valid UTF-8, cut to at most `limit` bytes.
std::string clean_field(std::string_view text, std::size_t limit = 1000);

// Names from "Ann Lee & Bob Ray", "Ann Lee; Bob Ray", "Ann Lee/Bob Ray", "['Ann Lee', 'Bob Ray']",
// without "by" and roles in parentheses; "Lee, Ann" is turned round.
std::vector<std::string> author_names(std::string_view text);

// One name: role and "by" off, "Lee, Ann" turned round.
std::string author_name(std::string_view text);

// Topics from a list at ; or | (at commas where there are none), or from "['a', 'b']".
std::vector<std::string> topic_names(std::string_view text);

// The first number from 1000 to 2199 of four digits, or of eight that begin so ("20190501"); 0:
// none.
int year_in(std::string_view text);

// "2nd" -> 2; 0 when no number from 1 to 999 opens it.
int edition_in(std::string_view text);

// The 10 or 13 characters of the ISBN that `text` is, or begins with ("=\"0131103628\"",
// "978-0-13-110362-7", "urn:isbn:..."); empty: none. Its check digit may be wrong.
std::string isbn_in(std::string_view text);

// Whether these 10 or 13 characters have the check digit of an ISBN (ISO 2108, annex C).
bool is_isbn(std::string_view digits);

// "eng", "en-US", "English" -> "en"; "grc" stays, which has no shorter code; empty when it is no
// language that has one.
std::string language_code(std::string_view text);

}  // namespace tome
