// SPDX-License-Identifier: GPL-2.0-or-later
// Reading passages of one Xapian database. For the store's own sources alone: it needs <xapian.h>.
#pragma once

#include <xapian.h>

#include "store/passage_block.h"

namespace tome {

// Keeps the block that was read last: documents are best read in their order. One database, one
// thread.
class PassageReader {
 public:
  // False when the record is not what was written; Xapian's exceptions go through.
  bool read(const Xapian::Database& database, Xapian::docid document, PassageRecord& record);
  // The same where the first document of its block is known: that alone is asked for.
  bool read(const Xapian::Database& database, Xapian::docid document, Xapian::docid head,
            PassageRecord& record);

 private:
  Xapian::docid first_ = 0;  // the document that holds block_; 0: none
  PassageBlock block_;
};

}  // namespace tome
