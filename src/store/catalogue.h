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

#include "store/records.h"

namespace tome {

struct Work {
  std::string id;  // key of its surest record: stable while that record stays
  WorkInfo info;
  std::vector<std::string> keys;  // of all its records
  std::vector<std::string>
      sources;  // IDs of the sources that describe it, whole of many files: none
};

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
  // The work that has this key; null when none.
  const Work* find(std::string_view key) const;
  // Its number; size() when none.
  std::size_t index_of(std::string_view key) const;

  // As bytes that decode() reads back; empty when there is a key that is not of kKeyBytes.
  std::string encode() const;
  // Of bytes that live as long as `owner` does, works decoded when they are asked for; nothing when
  // the bytes are not what was encoded.
  static std::optional<Catalogue> decode(std::string_view bytes, std::shared_ptr<const void> owner);

  static constexpr std::size_t kKeyBytes = 16;

 private:
  using Keys = std::vector<std::pair<std::string, std::size_t>>;  // sorted, each once
  std::string_view record(std::size_t i) const;
  const Keys& keys() const;  // of one that was not decoded

  std::size_t size_ = 0;
  std::size_t books_ = 0;
  mutable std::vector<Work> works_;  // all, or none as long as only some were asked for
  mutable Keys by_key_;              // empty as long as nobody asked

  // Of a decoded one:
  std::shared_ptr<const void> owner_;
  std::string_view keys_;     // kKeyBytes and 8 bytes of number each, ordered
  std::string_view offsets_;  // 8 bytes each, into records_, and the end
  std::string_view records_;
  mutable std::unordered_map<std::size_t, Work> read_;  // the works that were asked for
};

}  // namespace tome
