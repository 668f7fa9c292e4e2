// SPDX-License-Identifier: GPL-2.0-or-later
// Numeric expressions of roff. Safe from any thread.
#pragma once

#include <string_view>

namespace tome {

// The value of the expression at the beginning of `text`, which is moved past it. Left to right,
// without precedence, as in roff; units are left out; what cannot be read is 0.
long roff_number(std::string_view& text);

}  // namespace tome
