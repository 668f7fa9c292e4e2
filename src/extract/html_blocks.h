// SPDX-License-Identifier: GPL-2.0-or-later
// An element of a page -> blocks. Safe from any thread.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <string>
#include <vector>

#include "extract/document.h"

namespace tome {

// Reads what stands below `root` and is not furniture. `in_main`: root is the page's main content.
// One walk without recursion, because pages nest as they like.
Document read_blocks(const GumboNode* root, bool in_main);

// An element with an id, and the index of the block that begins at or behind it or holds it; the
// number of blocks when none does.
struct IdPlace {
  std::string id;
  std::size_t block;
};

// The same for a chapter of a book (see is_furniture()); `ids` gets all places in order.
Document read_book_blocks(const GumboNode* root, std::vector<IdPlace>& ids);

}  // namespace tome
