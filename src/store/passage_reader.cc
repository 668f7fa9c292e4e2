// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/passage_reader.h"

namespace tome {

bool PassageReader::read(const Xapian::Database& database, Xapian::docid document,
                         PassageRecord& record) {
  std::string data = database.get_document(document, Xapian::DOC_ASSUME_VALID).get_data();
  BlockPlace place;
  if (!read_place(data, place) || place.back >= document) return false;
  const Xapian::docid first = document - place.back;
  if (first != first_) {
    first_ = 0;
    if (place.back > 0) {
      const std::string block = database.get_document(first, Xapian::DOC_ASSUME_VALID).get_data();
      if (!block_.open(block)) return false;
    } else if (!block_.open(data)) {
      return false;
    }
    first_ = first;
  }
  return block_.read(place, record);
}

bool PassageReader::read(const Xapian::Database& database, Xapian::docid document,
                         Xapian::docid head, PassageRecord& record) {
  if (head != first_) {
    first_ = 0;
    if (!block_.open(database.get_document(head, Xapian::DOC_ASSUME_VALID).get_data())) {
      return false;
    }
    first_ = head;
  }
  return block_.read(document - head, record);
}

}  // namespace tome
