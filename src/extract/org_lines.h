// SPDX-License-Identifier: GPL-2.0-or-later
// What a line of Org is. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tome::org {

// Stars of a headline; 0: it is none.
std::size_t stars(std::string_view text);

// Bytes of "- ", "1) " ... before an item; 0: none. A star at the margin is a headline. REQUIRES:
// text is not empty.
std::size_t bullet(std::string_view text, std::uint32_t indent);

// "#+key: value" -> both, the key in lower case; "#+begin_src c" -> "begin_src", "c".
std::pair<std::string, std::string_view> keyword(std::string_view text);

// ":NAME:" alone on its line.
bool opens_drawer(std::string_view text);

bool is_planning(std::string_view text);

// The tags " :a:b:" at the end of a headline cut off.
std::string_view without_tags(std::string_view title);

std::vector<std::string> split_tags(std::string_view text);

}  // namespace tome::org
