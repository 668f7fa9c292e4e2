// SPDX-License-Identifier: GPL-2.0-or-later
// Catalogue: the works of a shelf, joined from what its sources say (decision 4).
//
// Two records are one work when kind and main title (before ": ") are equal after folding and they
// share an author's family name, or one names no author and the title is unique. What front matter
// says wins over a review, a review over what was inferred. A plain value once built; read-only use
// is safe from any thread.
#pragma once

#include <cstdint>
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

  const std::vector<Work>& works() const { return works_; }  // ordered by folded title, then ID
  // The work that has this key; null when none.
  const Work* find(std::string_view key) const;
  // Index into works(); works().size() when none.
  std::size_t index_of(std::string_view key) const;

 private:
  std::vector<Work> works_;
  std::unordered_map<std::string, std::size_t> by_key_;
};

}  // namespace tome
