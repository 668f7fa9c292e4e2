// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/document_set.h"

#include <algorithm>
#include <bit>

#include "text/hash.h"

namespace tome {
namespace {

constexpr std::size_t kMostSets = 16;  // of a segment; each takes a bit a passage

std::string key_of(const std::vector<std::string>& terms) {
  std::string all;
  for (const std::string& term : terms) {
    all += term;
    all.push_back('\n');
  }
  return digest(all);
}

}  // namespace

void expect_place(Xapian::docid document, std::size_t size) {
  if (document >= size) throw Xapian::DatabaseCorruptError("postings name an unknown document");
}

DocumentSet documents_with(const Xapian::Database& database,
                           const std::vector<std::string>& terms) {
  DocumentSet set;
  const std::size_t documents = std::size_t{database.get_lastdocid()} + 1;
  set.bits.resize(documents / 64 + 1);
  for (const std::string& term : terms) {
    const auto end = database.postlist_end(term);
    for (auto it = database.postlist_begin(term); it != end; ++it) {
      expect_place(*it, documents);
      std::uint64_t& bits = set.bits[*it / 64];
      const std::uint64_t bit = std::uint64_t{1} << (*it % 64);
      set.size += (bits & bit) == 0 ? 1 : 0;
      bits |= bit;
    }
  }
  return set;
}

std::shared_ptr<const DocumentSet> KnownSets::of(const Xapian::Database& database,
                                                 const std::vector<std::string>& terms) {
  const std::string key = key_of(terms);
  const auto known =
      std::find_if(sets_.begin(), sets_.end(), [&](const auto& set) { return set.first == key; });
  if (known != sets_.end()) {
    sets_.splice(sets_.begin(), sets_, known);
  } else {
    sets_.emplace_front(key, std::make_shared<const DocumentSet>(documents_with(database, terms)));
    if (sets_.size() > kMostSets) sets_.pop_back();
  }
  return sets_.front().second;
}

void SetSource::find(Xapian::docid from) {
  std::size_t word = from / 64;
  if (word < set_->bits.size()) {
    std::uint64_t bits = set_->bits[word] & (~std::uint64_t{0} << (from % 64));
    while (bits == 0 && ++word < set_->bits.size()) bits = set_->bits[word];
    if (bits != 0) {
      at_ =
          static_cast<Xapian::docid>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      return;
    }
  }
  at_ = kEnd;
}

}  // namespace tome
