// SPDX-License-Identifier: GPL-2.0-or-later
// A pass over a page before it is parsed. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

// The page without the inline tags that say nothing about its text (<span class="k">, <em>), its
// lines unchanged. The parser takes most of the time, and half of the tags of a manual are of that
// kind. kLimit when elements nest deeper than 20,000, or so, or have so many attributes, that the
// parser would take minutes.
Result<std::string> thin_markup(std::string_view html);

}  // namespace tome
