// SPDX-License-Identifier: GPL-2.0-or-later
// Which elements of a page are its text and which are furniture. Tables of names, and no parser
// state; safe from any thread.
#pragma once

#include <gumbo.h>

#include <string_view>

namespace tome {

// The value of an attribute; empty when it is missing.
std::string_view attribute_of(const GumboNode* element, const char* name);

// Navigation, scripts, form controls, hidden elements and the like: nothing below it is read.
// `in_main` is true inside <main> or <article>, where a <header> is the text's own.
bool is_furniture(const GumboNode* element, bool in_main);

// Elements that neither end nor begin a line: <em>, <code>, <a>, <span> ...
bool is_inline(GumboTag tag);

// Whether any of the space-separated words of `list` is `word`.
bool has_word(std::string_view list, std::string_view word);

}  // namespace tome
