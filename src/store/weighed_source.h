// SPDX-License-Identifier: GPL-2.0-or-later
// What weighs a word's passages for Xapian's matcher. For the store's own sources alone: it needs
// <xapian.h>.
//
// Xapian fetches the length of each document that it weighs from its B-tree, 80 to 150 ns each,
// which was half of the time of a question. A WeighedSource has the lengths of all in a table, and
// looks a length up only where the document could still be among the best. The weights are those of
// Xapian's BM25Weight.
#pragma once

#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/match.h"

namespace tome {

// The lengths of a database's documents.
class DocumentLengths {
 public:
  explicit DocumentLengths(const Xapian::Database& database);
  std::uint32_t of(Xapian::docid document) const {
    if (document >= lengths_.size()) return 0;
    return lengths_[document] != kLong ? lengths_[document] : database_.get_doclength(document);
  }

 private:
  static constexpr std::uint16_t kLong = UINT16_MAX;  // or more
  Xapian::Database database_;
  std::vector<std::uint16_t> lengths_;
};

// Documents with how often a word stands in each, by rising number.
using Occurrences = std::vector<std::pair<Xapian::docid, Xapian::termcount>>;

// BM25 of one collection, but for how rare a word is.
struct Bm25Curve {
  double k1 = 1.2;
  double b = 0.75;
  double inverse_length = 0;  // one by the average

  // As Xapian: BM25Weight(k1, 0, 1, b, 0.5).
  double rarity(double passages, double frequency) const;
  double at(double occurrences, double length) const {
    const double relative = length * inverse_length;
    const double below = k1 * (std::max(relative, kLeastLength) * b + (1 - b)) + occurrences;
    return below > 0 ? occurrences / below : 0;
  }

  static constexpr double kLeastLength = 0.5;
};

// A word, or several that count as one.
struct WeighedWord {
  // A term; with `among`, only documents with one of these too.
  struct Part {
    std::string term;
    std::vector<std::string> among;
  };
  std::vector<Part> parts;
  double weight = 0;  // Bm25Curve::rarity()
  // Documents of this database that have it.
  Xapian::doccount fewest = 0;
  Xapian::doccount about = 0;
  Xapian::doccount most = 0;
};

class WeighedSource final : public Xapian::PostingSource {
 public:
  WeighedSource(WeighedWord word, const Bm25Curve& curve,
                std::shared_ptr<const DocumentLengths> lengths);

  void init(const Xapian::Database& database) override;
  Xapian::doccount get_termfreq_min() const override { return word_.fewest; }
  Xapian::doccount get_termfreq_est() const override { return word_.about; }
  Xapian::doccount get_termfreq_max() const override { return word_.most; }
  void next(double least) override;
  void skip_to(Xapian::docid document, double least) override;
  bool at_end() const override { return document_ == kEnd; }
  Xapian::docid get_docid() const override { return document_; }
  double get_weight() const override { return now_; }

 private:
  static constexpr Xapian::docid kEnd = UINT32_MAX;

  // The documents of one part: read from the database as they are needed, or gathered.
  struct Cursor {
    Xapian::PostingIterator it, end;
    Occurrences gathered;
    std::size_t at = 0;
    bool lazy = true;
    Xapian::docid document = 0;

    void settle();
    void next();
    void skip_to(Xapian::docid wanted);
    Xapian::termcount occurrences() const { return lazy ? it.get_wdf() : gathered[at].second; }
  };

  bool weighs(Xapian::termcount occurrences, double least);
  void find(double least);  // the first from document_ on that weighs `least`
  void first_document();

  WeighedWord word_;
  Bm25Curve curve_;
  std::shared_ptr<const DocumentLengths> lengths_;
  std::vector<Cursor> cursors_;
  std::vector<double> most_;  // that a document with so many occurrences can weigh
  Xapian::docid document_ = 0;
  double now_ = 0;
  bool begun_ = false;
};

}  // namespace tome
