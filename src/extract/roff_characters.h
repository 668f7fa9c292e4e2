// SPDX-License-Identifier: GPL-2.0-or-later
// The named characters of roff: \(em, \[aq], \[u2014]. Safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace tome {

// What the name between \[ and ] stands for, in UTF-8; empty when it is not known. Hyphen and minus
// are "-" and ligatures their letters, because people search for these.
std::string roff_character(std::string_view name);

}  // namespace tome
