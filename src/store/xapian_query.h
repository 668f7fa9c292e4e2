// SPDX-License-Identifier: GPL-2.0-or-later
// Match -> Xapian::Query. For the store's own sources alone: it needs <xapian.h>.
#pragma once

#include <xapian.h>

#include "store/match.h"

namespace tome {

Xapian::Query to_xapian(const Match& match);

}  // namespace tome
