// SPDX-License-Identifier: GPL-2.0-or-later
// A passage between its neighbours, and a work's outline, as bounded text. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tome/search.h"

namespace tome::mcp {

inline constexpr int kMaxContext = 5;  // neighbours on either side

// Drops the neighbours farthest away until the view fits on a page; true when it dropped any.
bool keep_what_fits(PassageView& view);

// In reading order. `cut`: says that neighbours were dropped and how to read them.
std::string view_text(const PassageView& view, bool cut);

// What a work covers: headings, terms, files, like works. `roots`: of the shelf.
std::string outline_text(const WorkDetail& work, const std::vector<RootStatus>& roots);

}  // namespace tome::mcp
