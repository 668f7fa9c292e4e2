// SPDX-License-Identifier: GPL-2.0-or-later
// Which elements of a page are its text and which are furniture. Tables of names, no state; safe
// from any thread.
#pragma once

#include <gumbo.h>

#include <string_view>

namespace tome {

// The value of an attribute; empty when it is missing.
std::string_view attribute_of(const GumboNode* element, const char* name);

// Navigation, scripts, form controls, hidden elements and the like: nothing below it is read.
// `in_main` is true inside <main> or <article>, where a <header> is the text's own. In a chapter of
// a book asides, boxes at the side and footers are text; the printed page's number and the marks
// that lead to a note and back are not.
bool is_furniture(const GumboNode* element, bool in_main, bool of_book = false);

// Whether a class attribute has a word that the functions here look for.
bool has_known_class(std::string_view classes);

// Elements that neither end nor begin a line: <em>, <code>, <a>, <span> ...
bool is_inline(GumboTag tag);

// Whether any of the space-separated words of `list` is `word`.
bool has_word(std::string_view list, std::string_view word);

// 1 to 6 for <h1> to <h6>, else 0.
int heading_level(GumboTag tag);

// A box with a note or warning in it, as DocBook, Sphinx and Asciidoctor make them.
bool is_note(const GumboNode* element);

// Whether a <table> holds rows of data. One of a single column, or of a single row without <th>, or
// around code, headings or another table, only places things.
bool is_data_table(const GumboNode* table);

}  // namespace tome
