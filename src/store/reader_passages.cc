// SPDX-License-Identifier: GPL-2.0-or-later
// Reader's walk over all that there is.
#include "store/reader_impl.h"

namespace tome {

Status Reader::each_passage(const std::function<bool(const PassageRecord&)>& visit) const {
  for (std::size_t i = 0; i < impl_->segments.size(); ++i) {
    const Xapian::Database& segment = impl_->segments[i].database;
    PassageReader reader;
    try {
      for (auto it = segment.postlist_begin(""); it != segment.postlist_end(""); ++it) {
        PassageRecord record;
        if (!reader.read(segment, *it, record)) {
          return impl_->broken(i);
        }
        if (!visit(record)) return Ok{};
      }
    } catch (const Xapian::Error& error) {
      return impl_->failed(error, i);
    }
  }
  return Ok{};
}

}  // namespace tome
