// SPDX-License-Identifier: GPL-2.0-or-later
// An element of a page -> blocks. Safe from any thread.
#pragma once

#include <gumbo.h>

#include "extract/document.h"

namespace tome {

// Reads what stands below `root` and is not furniture. `in_main`: root is the page's main content.
// One walk without recursion, because pages nest as they like.
Document read_blocks(const GumboNode* root, bool in_main);

}  // namespace tome
