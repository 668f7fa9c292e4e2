// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/weighed_source.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "store/document_set.h"

namespace tome {
namespace {

constexpr std::size_t kBounds = 64;   // numbers of occurrences whose greatest weight is kept
constexpr std::size_t kMostLazy = 8;  // parts; more are gathered, which takes one look at each

// Calls visit(document, occurrences) for the documents of a part.
template <class Visit>
void each_document(const Xapian::Database& database, const WeighedWord::Part& part, Visit visit) {
  if (part.among.empty()) {
    const auto end = database.postlist_end(part.term);
    for (auto it = database.postlist_begin(part.term); it != end; ++it) visit(*it, it.get_wdf());
    return;
  }
  // A passage has one language: none comes twice.
  const auto end = database.postlist_end(part.term);
  for (const std::string& other : part.among) {
    auto it = database.postlist_begin(part.term);
    const auto last = database.postlist_end(other);
    for (auto among = database.postlist_begin(other); among != last && it != end;) {
      if (*it < *among) {
        it.skip_to(*among);
      } else if (*among < *it) {
        among.skip_to(*it);
      } else {
        visit(*it, it.get_wdf());
        ++it;
        ++among;
      }
    }
  }
}

// The documents of all parts, each once with its occurrences added up.
Occurrences gather(const Xapian::Database& database, const std::vector<WeighedWord::Part>& parts) {
  const std::size_t documents = std::size_t{database.get_lastdocid()} + 1;
  const std::unique_ptr<Xapian::termcount[]> counts(new Xapian::termcount[documents]);
  std::vector<std::uint64_t> held(documents / 64 + 1, 0);
  std::size_t size = 0;
  for (const WeighedWord::Part& part : parts) {
    each_document(database, part, [&](Xapian::docid document, Xapian::termcount occurrences) {
      expect_place(document, documents);
      const std::uint64_t bit = std::uint64_t{1} << (document % 64);
      std::uint64_t& bits = held[document / 64];
      if ((bits & bit) == 0) {
        bits |= bit;
        counts[document] = 0;
        ++size;
      }
      counts[document] += occurrences;
    });
  }
  Occurrences all;
  all.reserve(size);
  for (std::size_t i = 0; i < held.size(); ++i) {
    for (std::uint64_t bits = held[i]; bits != 0; bits &= bits - 1) {
      const auto document =
          static_cast<Xapian::docid>(i * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      all.emplace_back(document, counts[document]);
    }
  }
  return all;
}

}  // namespace

DocumentLengths::DocumentLengths(const Xapian::Database& database) : database_(database) {
  lengths_.resize(std::size_t{database.get_lastdocid()} + 1);
  const auto end = database.postlist_end("");
  for (auto it = database.postlist_begin(""); it != end; ++it) {
    expect_place(*it, lengths_.size());
    lengths_[*it] =
        static_cast<std::uint16_t>(std::min<Xapian::termcount>(it.get_doclength(), kLong));
  }
}

double Bm25Curve::rarity(double passages, double frequency) const {
  double ratio = (passages - frequency + 0.5) / (frequency + 0.5);
  if (ratio < 2) ratio = ratio * 0.5 + 1;  // never negative
  return std::log(ratio) * (k1 + 1);
}

WeighedSource::WeighedSource(WeighedWord word, const Bm25Curve& curve,
                             std::shared_ptr<const DocumentLengths> lengths)
    : word_(std::move(word)), curve_(curve), lengths_(std::move(lengths)) {
  most_.resize(kBounds);
  for (std::size_t i = 0; i < kBounds; ++i) {
    most_[i] = word_.weight * curve_.at(static_cast<double>(i), 0) * (1 + 1e-12);
  }
}

void WeighedSource::init(const Xapian::Database& database) {
  cursors_.clear();
  document_ = 0;
  now_ = 0;
  begun_ = false;
  if (word_.parts.size() > kMostLazy) {
    Cursor& cursor = cursors_.emplace_back();
    cursor.lazy = false;
    cursor.gathered = gather(database, word_.parts);
  } else {
    cursors_.resize(word_.parts.size());
    for (std::size_t i = 0; i < cursors_.size(); ++i) {
      const WeighedWord::Part& part = word_.parts[i];
      cursors_[i].lazy = part.among.empty();
      if (cursors_[i].lazy) {
        cursors_[i].it = database.postlist_begin(part.term);
        cursors_[i].end = database.postlist_end(part.term);
      } else {
        cursors_[i].gathered = gather(database, {part});
      }
    }
  }
  for (Cursor& cursor : cursors_) cursor.settle();
  // Any number of occurrences weighs less than this.
  set_maxweight(word_.weight);
}

void WeighedSource::Cursor::settle() {
  if (lazy) {
    document = it == end ? kEnd : *it;
  } else {
    document = at == gathered.size() ? kEnd : gathered[at].first;
  }
}

void WeighedSource::Cursor::next() {
  if (lazy) {
    ++it;
  } else {
    ++at;
  }
  settle();
}

void WeighedSource::Cursor::skip_to(Xapian::docid wanted) {
  if (document >= wanted) return;
  if (lazy) {
    it.skip_to(wanted);
  } else {
    // Most steps are short.
    std::size_t step = 1;
    while (at + step < gathered.size() && gathered[at + step].first < wanted) step *= 2;
    const auto begin = gathered.begin() + static_cast<std::ptrdiff_t>(at + step / 2);
    const auto end =
        gathered.begin() + static_cast<std::ptrdiff_t>(std::min(at + step + 1, gathered.size()));
    at = static_cast<std::size_t>(
        std::lower_bound(begin, end, wanted,
                         [](const auto& one, Xapian::docid number) { return one.first < number; }) -
        gathered.begin());
  }
  settle();
}

void WeighedSource::first_document() {
  document_ = kEnd;
  for (const Cursor& cursor : cursors_) document_ = std::min(document_, cursor.document);
}

// Whether the document can weigh and does weigh `least`.
bool WeighedSource::weighs(Xapian::termcount occurrences, double least) {
  if (occurrences < kBounds && most_[occurrences] < least) return false;
  const std::uint32_t length = lengths_->of(document_);
  if (word_.parts.size() > 1) occurrences = std::min(occurrences, length);
  now_ = word_.weight * curve_.at(occurrences, length);
  return now_ >= least;
}

void WeighedSource::find(double least) {
  if (cursors_.size() == 1) {
    Cursor& only = cursors_.front();
    while (only.document != kEnd) {
      document_ = only.document;
      if (weighs(only.occurrences(), least)) return;
      only.next();
    }
    document_ = kEnd;
    return;
  }
  for (first_document(); document_ != kEnd; first_document()) {
    Xapian::termcount occurrences = 0;
    for (const Cursor& cursor : cursors_) {
      if (cursor.document == document_) occurrences += cursor.occurrences();
    }
    if (weighs(occurrences, least)) return;
    for (Cursor& cursor : cursors_) {
      if (cursor.document == document_) cursor.next();
    }
  }
}

void WeighedSource::next(double least) {
  if (begun_) {
    for (Cursor& cursor : cursors_) {
      if (cursor.document == document_) cursor.next();
    }
  }
  begun_ = true;
  find(least);
}

void WeighedSource::skip_to(Xapian::docid document, double least) {
  if (begun_ && document <= document_) return;
  begun_ = true;
  for (Cursor& cursor : cursors_) cursor.skip_to(document);
  find(least);
}

}  // namespace tome
