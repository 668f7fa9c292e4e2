// SPDX-License-Identifier: GPL-2.0-or-later
// Documents that a filter of many terms admits. For the store's own sources alone: it needs
// <xapian.h>.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tome {

// A bit for each document of a database.
struct DocumentSet {
  std::vector<std::uint64_t> bits;
  Xapian::doccount size = 0;
};

// Throws Xapian's error of a damaged database unless a document that its postings name has a
// place in a table of `size`, which was made for the last one.
void expect_place(Xapian::docid document, std::size_t size);

// The documents with any of `terms`.
DocumentSet documents_with(const Xapian::Database& database, const std::vector<std::string>& terms);

// The sets that were asked for last: the works of a kind, a topic or a title are thousands of
// terms, and who filters by them does so again.
class KnownSets {
 public:
  std::shared_ptr<const DocumentSet> of(const Xapian::Database& database,
                                        const std::vector<std::string>& terms);

 private:
  std::list<std::pair<std::string, std::shared_ptr<const DocumentSet>>> sets_;  // last used first
};

// The documents of a set, for Xapian's matcher; they weigh nothing.
class SetSource final : public Xapian::PostingSource {
 public:
  explicit SetSource(std::shared_ptr<const DocumentSet> set) : set_(std::move(set)) {}

  void init(const Xapian::Database&) override { at_ = 0; }
  Xapian::doccount get_termfreq_min() const override { return set_->size; }
  Xapian::doccount get_termfreq_est() const override { return set_->size; }
  Xapian::doccount get_termfreq_max() const override { return set_->size; }
  void next(double) override { find(at_ + 1); }
  void skip_to(Xapian::docid document, double) override {
    if (document > at_) find(document);
  }
  bool at_end() const override { return at_ == kEnd; }
  Xapian::docid get_docid() const override { return at_; }

 private:
  static constexpr Xapian::docid kEnd = UINT32_MAX;

  void find(Xapian::docid from);  // the first from there on

  std::shared_ptr<const DocumentSet> set_;
  Xapian::docid at_ = 0;
};

}  // namespace tome
