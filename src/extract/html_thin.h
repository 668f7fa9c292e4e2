// SPDX-License-Identifier: GPL-2.0-or-later
// A pass over a page before it is parsed. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

// Whose text it is: a chapter of a book keeps its links and its navigation, which lead to others.
enum class MarkupOf { kPage, kBook };

// The page without what says nothing about its text, its lines unchanged: inline tags (<span
// class="k">, <em>, <a href>), attributes that nobody reads, comments, and what stands in scripts,
// styles, drawings and <nav>. The parser takes most of the time, and the text of a manual is a
// fifth of its pages. kLimit when elements nest deeper than 20,000, or so, or have so many
// attributes, that the parser would take minutes.
Result<std::string> thin_markup(std::string_view html, MarkupOf of = MarkupOf::kPage);

}  // namespace tome
