// SPDX-License-Identifier: GPL-2.0-or-later
// Every row of a catalogue, one after the other.
#pragma once

#include <functional>

#include "extract/rows.h"

namespace tome {

// Calls row(span, book) for each row that describes a book, and bad() for the others.
inline void each_row(const RowFile& file,
                     const std::function<void(RowSpan, const BookDescription&)>& row,
                     const BadRow& bad) {
  for (const RowSpan span : file.spans(bad)) {
    const Result<BookDescription> book = file.read(span);
    if (book.ok()) {
      row(span, *book);
    } else {
      bad(span.line, book.error().message);
    }
  }
}

}  // namespace tome
