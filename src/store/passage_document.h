// SPDX-License-Identifier: GPL-2.0-or-later
// The Xapian document of a passage. For the store's own sources alone: it needs <xapian.h>.
#pragma once

#include <xapian.h>

#include <vector>

#include "store/records.h"
#include "store/segment.h"

namespace tome {

// All but its data, which stands in a block with that of others (store/passage_block.h).
Xapian::Document passage_document(const PassageRecord& passage,
                                  const std::vector<Posting>& postings);

}  // namespace tome
