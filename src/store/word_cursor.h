// SPDX-License-Identifier: GPL-2.0-or-later
// The passages of a word and what it weighs in each. For the store's own sources alone: it needs
// <xapian.h>.
//
// Xapian fetches the length of each document that it weighs from its B-tree, 80 to 150 ns each,
// which was half of the time of a question. Here the lengths of all stand in a table. The weights
// are those of Xapian's BM25Weight.
#pragma once

#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

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

// Goes through the passages of a word by rising number.
class WordCursor {
 public:
  static constexpr Xapian::docid kEnd = UINT32_MAX;

  WordCursor(WeighedWord word, const Bm25Curve& curve);

  const WeighedWord& word() const { return word_; }
  // To the first one of `database`.
  void open(const Xapian::Database& database);
  Xapian::docid document() const { return document_; }  // kEnd behind the last
  void next();                                          // REQUIRES: document() is not kEnd
  void skip_to(Xapian::docid wanted);                   // the first that is not before it

  // How often the word stands in document(). REQUIRES: it is not kEnd.
  Xapian::termcount occurrences() const;
  // What it weighs there; what it weighs at most, however long the passage is; and that anywhere.
  double weight(Xapian::termcount occurrences, std::uint32_t length) const;
  double most(Xapian::termcount occurrences) const {
    return occurrences < most_.size() ? most_[occurrences] : word_.weight;
  }
  double most() const { return word_.weight; }

 private:
  // The documents of one part: read from the database as they are needed, or gathered.
  struct Part {
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
  void settle();

  WeighedWord word_;
  Bm25Curve curve_;
  std::vector<Part> parts_;
  std::vector<double> most_;  // by occurrences
  Xapian::docid document_ = kEnd;
};

}  // namespace tome
