// SPDX-License-Identifier: GPL-2.0-or-later
// A source record in a third of its memory, for lists of all sources of a shelf: the bytes of the
// table of records.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "store/records.h"

namespace tome {

class PackedSource {
 public:
  PackedSource() = default;  // of an empty record
  explicit PackedSource(const SourceRecord& record);
  // Of what the table holds; false when that is no record.
  static bool take(std::string_view encoded, PackedSource& source);

  SourceRecord unpack() const;
  // Valid as long as this is neither changed nor moved, as are the single ones.
  SourceFields fields() const;
  std::string_view id() const { return text(0); }
  std::string_view root() const { return text(1); }
  std::string_view path() const { return text(2); }
  std::string_view bytes() const { return bytes_; }  // as the table holds them
  bool empty() const { return bytes_.empty(); }

 private:
  std::string_view text(int number) const;  // of the texts that the bytes begin with
  std::string bytes_;
};

// What an index has of a root, by path.
using KnownSources = std::span<const PackedSource>;

// By root, then path.
bool comes_before(const PackedSource& a, const PackedSource& b);

// Those of one root. REQUIRES: `sources` are by root, then path.
KnownSources of_root(KnownSources sources, std::string_view root);

// Those whose path is `path` or comes after it. REQUIRES: of one root, by path.
KnownSources from_path(KnownSources sources, std::string_view path);

// The one with this path; null when there is none. REQUIRES: of one root, by path.
const PackedSource* find_path(KnownSources sources, std::string_view path);

}  // namespace tome
