// SPDX-License-Identifier: GPL-2.0-or-later
// Steps: the instants of a build at which it may be interrupted.
#pragma once

namespace tome {

// Does nothing, and has an object file of its own: a test that defines this function itself is
// linked to that one, and may end the process at the step that it wants. The names are those of
// the places that call it: "manifest written".
void step(const char* name);

}  // namespace tome
