// SPDX-License-Identifier: GPL-2.0-or-later
// A question asked of local segments one by one, by sources that know the lengths of all documents.
// For the store's own sources alone: it needs <xapian.h>.
#pragma once

#include <xapian.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/document_set.h"
#include "store/reader.h"
#include "store/weighed_source.h"

namespace tome {

// Candidates behind the first so many.
struct Found {
  std::vector<Candidate> list;  // by falling weight, then document
  std::uint64_t estimate = 0;   // of all that match
};

struct WeighedSegment {
  Xapian::Database database;
  std::shared_ptr<const DocumentLengths> lengths;
  std::shared_ptr<KnownSets> sets;
};

// Whether the words of a match are terms, or stems with the languages that make them: a Weigher
// knows no others.
bool is_of_words(const Match& match);

// Keep one a question. Weights are those that Xapian gives to_xapian(match) over all segments.
class Weigher {
 public:
  // `all`: the database of all segments, in their order.
  Weigher(std::vector<WeighedSegment> segments, const Xapian::Database& all, const Bm25& bm25);

  // Behind the first `from` that weigh at least `least`, at most `count`. REQUIRES: is_of_words().
  Found ask(const Match& match, std::uint64_t from, std::uint64_t count, double least);

 private:
  // Passages of each segment that have a term, and of all.
  struct Frequency {
    std::vector<Xapian::doccount> of;
    double all = 0;
  };

  Xapian::Query query(const Match& match, std::size_t segment, double scale);
  Xapian::Query unweighed(const Match& match, std::size_t segment);
  Xapian::Query any_of(std::span<const Match> parts, std::span<const Match> more,
                       std::size_t segment, double scale);
  void collect(std::span<const Match> parts, std::size_t segment, double scale,
               std::vector<WeighedWord>& words, std::vector<Xapian::Query>& others);
  // Nothing when no passage of the segment has it.
  std::optional<WeighedWord> word(const Match& match, std::size_t segment, double scale);
  const Frequency& frequency(const std::string& term);

  std::vector<WeighedSegment> segments_;
  Bm25Curve curve_;
  double passages_;
  std::unordered_map<std::string, Frequency> frequencies_;
};

// A number as Xapian takes it.
inline Xapian::doccount bounded(std::uint64_t count) {
  return static_cast<Xapian::doccount>(std::min<std::uint64_t>(count, UINT32_MAX / 2));
}

}  // namespace tome
