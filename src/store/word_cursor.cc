// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/word_cursor.h"

#include <bit>
#include <cmath>
#include <memory>

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

WordCursor::WordCursor(WeighedWord word, const Bm25Curve& curve)
    : word_(std::move(word)), curve_(curve), most_(kBounds) {
  for (std::size_t i = 0; i < kBounds; ++i) {
    most_[i] = word_.weight * curve_.at(static_cast<double>(i), 0) * (1 + 1e-12);
  }
}

void WordCursor::open(const Xapian::Database& database) {
  parts_.clear();
  if (word_.parts.size() > kMostLazy) {
    Part& part = parts_.emplace_back();
    part.lazy = false;
    part.gathered = gather(database, word_.parts);
  } else {
    parts_.resize(word_.parts.size());
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const WeighedWord::Part& part = word_.parts[i];
      parts_[i].lazy = part.among.empty();
      if (parts_[i].lazy) {
        parts_[i].it = database.postlist_begin(part.term);
        parts_[i].end = database.postlist_end(part.term);
      } else {
        parts_[i].gathered = gather(database, {part});
      }
    }
  }
  for (Part& part : parts_) part.settle();
  settle();
}

void WordCursor::Part::settle() {
  if (lazy) {
    document = it == end ? kEnd : *it;
  } else {
    document = at == gathered.size() ? kEnd : gathered[at].first;
  }
}

void WordCursor::Part::next() {
  if (lazy) {
    ++it;
  } else {
    ++at;
  }
  settle();
}

void WordCursor::Part::skip_to(Xapian::docid wanted) {
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

void WordCursor::settle() {
  document_ = kEnd;
  for (const Part& part : parts_) document_ = std::min(document_, part.document);
}

void WordCursor::next() {
  if (parts_.size() == 1) {
    parts_.front().next();
    document_ = parts_.front().document;
    return;
  }
  for (Part& part : parts_) {
    if (part.document == document_) part.next();
  }
  settle();
}

void WordCursor::skip_to(Xapian::docid wanted) {
  if (document_ >= wanted) return;
  for (Part& part : parts_) part.skip_to(wanted);
  settle();
}

Xapian::termcount WordCursor::occurrences() const {
  if (parts_.size() == 1) return parts_.front().occurrences();
  Xapian::termcount all = 0;
  for (const Part& part : parts_) {
    if (part.document == document_) all += part.occurrences();
  }
  return all;
}

double WordCursor::weight(Xapian::termcount occurrences, std::uint32_t length) const {
  if (word_.parts.size() > 1) occurrences = std::min(occurrences, length);
  return word_.weight * curve_.at(occurrences, length);
}

}  // namespace tome
