// SPDX-License-Identifier: GPL-2.0-or-later
// Catalogue: the works of a shelf, joined from what its sources say (decision 4).
//
// Two records are one work when kind and main title (before ": ") are equal after folding and they
// share an author's family name, or one names no author and the title is unique. What front matter
// says wins over a review, a review over what was inferred.
//
// To join the records of many sources takes longer than to answer a question, so what came of it is
// kept in a file (encode(), decode()), of which a question reads the works that it shows. Not safe
// for two threads at once: what was read is kept.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/catalogue_bytes.h"
#include "store/records.h"

namespace tome {

class Catalogue {
 public:
  Catalogue() = default;

  // Joins the records; their order does not matter.
  explicit Catalogue(std::vector<WorkRecord> records);

  // Works are ordered by folded title, then ID.
  std::size_t size() const { return size_; }
  std::size_t books() const { return books_; }  // works of kind book
  const Work& work(std::size_t i) const;        // REQUIRES: i < size()
  const std::vector<Work>& works() const;       // all of them, which takes its time
  // Into `fields`, which is valid as long as this is; REQUIRES: i < size(). Of a catalogue that was
  // decoded it takes a quarter of the time.
  void view(std::size_t i, WorkFields& fields) const;
  bool is_book(std::size_t i) const;  // without reading the work; REQUIRES: i < size()
  // The work that has this key; null when none.
  const Work* find(std::string_view key) const;
  // Its number; size() when none.
  std::size_t index_of(std::string_view key) const;

  // As bytes that decode() reads back (store/catalogue_bytes.h); empty when it has keys or numbers
  // that do not fit them.
  std::string encode() const;
  // Of bytes that live as long as `owner` does, works decoded when they are asked for; nothing when
  // the bytes are not what was encoded.
  static std::optional<Catalogue> decode(std::string_view bytes, std::shared_ptr<const void> owner);

 private:
  const WorkKeys& keys() const;  // made when they are asked for

  std::size_t size_ = 0;
  std::size_t books_ = 0;
  mutable std::vector<Work> works_;    // all, or none as long as only some were asked for
  mutable WorkKeys by_key_;            // empty as long as nobody asked
  std::optional<KeptCatalogue> kept_;  // what a decoded one reads
  mutable std::unordered_map<std::size_t, Work> read_;  // of that, the works that were asked for
};

}  // namespace tome
