// SPDX-License-Identifier: GPL-2.0-or-later
// What the macros of mdoc(7) put around their words. Safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace tome {

// Whether a word of a macro line is a macro itself when it is so called.
bool mdoc_is_callable(std::string_view word);

struct MdocFence {
  std::string_view open;  // empty: no such macro
  std::string_view close;
};

// ".Op": the fence around the rest of the line. ".Oo" and ".Oc": `open` alone, `close` alone.
MdocFence mdoc_rest_fence(std::string_view macro);
MdocFence mdoc_part_fence(std::string_view macro);

// ".Fx" -> "FreeBSD"; empty when the macro names no system.
std::string_view mdoc_system(std::string_view macro);

// "-p1003.1-2008" -> "POSIX.1-2008"; the argument without its hyphen when it is not known.
std::string mdoc_standard(std::string_view argument);

}  // namespace tome
