// SPDX-License-Identifier: GPL-2.0-or-later
// The passages that have any of some words, by what all of them weigh, for Xapian's matcher. For
// the store's own sources alone: it needs <xapian.h>.
//
// Once the best so far are known, words that together cannot weigh as much as the last of these
// bring no passages any more and are looked at only where the others come near enough: MaxScore
// (Turtle and Flood, Query evaluation: strategies and optimizations, IPM 1995). Xapian's tree of
// ORs does the same by pairs, which takes twice the instructions.
#pragma once

#include <xapian.h>

#include <memory>
#include <vector>

#include "store/word_cursor.h"

namespace tome {

class WeighedSource final : public Xapian::PostingSource {
 public:
  // `more`: words that add to the weight and bring no passages. REQUIRES: `words` is not empty, and
  // each word has parts.
  WeighedSource(std::vector<WeighedWord> words, std::vector<WeighedWord> more,
                const Bm25Curve& curve, std::shared_ptr<const DocumentLengths> lengths);

  void init(const Xapian::Database& database) override;
  Xapian::doccount get_termfreq_min() const override { return about_.fewest; }
  Xapian::doccount get_termfreq_est() const override { return about_.about; }
  Xapian::doccount get_termfreq_max() const override { return about_.most; }
  void next(double least) override;
  void skip_to(Xapian::docid document, double least) override;
  bool at_end() const override { return document_ == WordCursor::kEnd; }
  Xapian::docid get_docid() const override { return document_; }
  double get_weight() const override { return now_; }

 private:
  struct About {
    Xapian::doccount fewest = 0;
    Xapian::doccount about = 0;
    Xapian::doccount most = 0;
  };
  static About any_of(std::vector<About> words, Xapian::doccount documents);

  void raise(double least);
  void find(double least);  // the first that a word brings and that weighs `least`
  bool weighs(double least);
  void pass();

  std::vector<WordCursor> words_;  // first what only adds, then by rising weight
  std::vector<double> weights_;    // of each in document_
  std::vector<Xapian::termcount> occurrences_;
  std::size_t adding_ = 0;     // how many only add
  std::size_t essential_ = 0;  // the first that brings passages
  double rest_ = 0;            // what those before it weigh at most
  std::shared_ptr<const DocumentLengths> lengths_;
  About about_;
  Xapian::docid document_ = 0;
  double now_ = 0;
  bool begun_ = false;
};

}  // namespace tome
