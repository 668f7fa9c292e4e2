// SPDX-License-Identifier: GPL-2.0-or-later
// What made an index: versions of tome, its analyser and the libraries that decide terms.
#pragma once

#include "store/generation.h"

namespace tome {

// A manifest of generation 0 that carries the versions of this program.
Manifest this_version();

}  // namespace tome
