// SPDX-License-Identifier: GPL-2.0-or-later
// Questions: the tree is canonical and comes back from its own question.
#include "query/query.h"

#include "query/complaint.h"
#include "target.h"

namespace tome::fuzz {

void run_query(std::string_view bytes) { require_none(complaint(bytes)); }

}  // namespace tome::fuzz
