// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "store/reader_impl.h"
#include "store/terms.h"
#include "store/xapian_query.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostFrequencies = 100'000;  // that are kept
constexpr std::size_t kTermsAtOnce = 1'000;
constexpr std::uint64_t kMore = 32;          // candidates beyond those asked for, to see what ties
constexpr std::uint64_t kMostTies = 16'384;  // candidates of the same weight that are given
constexpr double kTie = 2e-6;                // weights further apart than this are never comparable

// Whether no passage can weigh anything.
bool is_weightless(const Match& match) {
  switch (match.op) {
    case Match::Op::kAll:
    case Match::Op::kNone:
      return true;
    case Match::Op::kFilter:
    case Match::Op::kAndNot:
      return match.parts.empty() || is_weightless(match.parts.front());
    case Match::Op::kTerm:
    case Match::Op::kSynonym:
      return match.scale == 0;
    default:
      return std::all_of(match.parts.begin(), match.parts.end(), is_weightless);
  }
}

// Fills `list` with the first `count` and what weighs the same as the last of them; whether that
// ends before all that was found does.
bool add_candidates(const Xapian::MSet& found, std::uint64_t count, bool ties,
                    std::vector<Candidate>& list) {
  list.clear();
  for (auto it = found.begin(); it != found.end(); ++it) {
    if (list.size() >= count &&
        (!ties || comparable(it.get_weight()) < comparable(list.back().weight))) {
      return true;
    }
    list.push_back({*it, it.get_weight()});
  }
  return false;
}

// Reads all postings of a term.
auto walk_of(const std::string& term) {
  return [term](const Xapian::Database& database) {
    for (auto it = database.postlist_begin(term); it != database.postlist_end(term); ++it) {
    }
  };
}

}  // namespace

double comparable(double weight) { return std::round(weight * 1e6) / 1e6; }

const Manifest& Reader::manifest() const { return impl_->manifest; }
const fs::path& Reader::index() const { return impl_->index; }

Result<Candidates> Reader::match(const Match& match, std::uint64_t first, std::uint64_t count,
                                 const Bm25& bm25) const {
  try {
    Candidates out;
    if (impl_->segments.empty() || impl_->all.get_doccount() == 0) {
      out.exhausted = true;
      return out;
    }
    Xapian::Enquire enquire(impl_->all);
    enquire.set_query(to_xapian(match));
    const bool ties = !is_weightless(match);
    if (ties) {
      enquire.set_weighting_scheme(Xapian::BM25Weight(bm25.k1, 0, 1, bm25.b, 0.5));
      enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    } else {
      enquire.set_weighting_scheme(Xapian::BoolWeight());
      enquire.set_sort_by_value(kIdSlot, false);
    }
    out.by_id = !ties;
    const auto passages = static_cast<std::uint64_t>(impl_->all.get_doccount());
    count = std::min(count, passages);
    const auto from = static_cast<Xapian::doccount>(std::min(first, passages));
    const auto take = [&](std::uint64_t size) {
      return enquire.get_mset(from, static_cast<Xapian::doccount>(std::min(size, passages)));
    };
    const std::uint64_t more = ties ? kMore : 1;
    Xapian::MSet found = take(count + more);
    bool cut = add_candidates(found, count, ties, out.list);
    out.exhausted = !cut && found.size() < count + more;
    out.estimate = out.exhausted ? first + out.list.size() : found.get_matches_estimated();
    if (cut || out.exhausted || !ties) return out;
    // More weigh the same: asked for nothing lighter, Xapian passes over most of the rest.
    enquire.set_cutoff(0, out.list.back().weight - kTie);
    found = take(count + kMostTies);
    cut = add_candidates(found, count, ties, out.list);
    if (!cut && found.size() == count + kMostTies) {
      out.list.resize(std::min<std::size_t>(out.list.size(), count));
    }
    return out;
  } catch (const Xapian::Error& error) {
    return impl_->failed(error, [&](const Xapian::Database& database) {
      Xapian::Enquire enquire(database);
      enquire.set_query(to_xapian(match));
      enquire.get_mset(0, 1, database.get_doccount());  // every posting is read
    });
  }
}

Result<PassageRecord> Reader::find(std::string_view passage) const {
  const std::string term = passage_term(passage);
  try {
    const auto it = impl_->all.postlist_begin(term);
    if (it != impl_->all.postlist_end(term)) return read(*it);
  } catch (const Xapian::Error& error) {
    return impl_->failed(error, walk_of(term));
  }
  return Error{Code::kNotFound, fmt::format("no passage has the ID {}", passage),
               "IDs stand beside each result of: tome search", ""};
}

Result<std::vector<PassageRecord>> Reader::passages_of(std::string_view source) const {
  const std::string term = source_term(source);
  std::vector<Candidate> documents;
  try {
    for (auto it = impl_->all.postlist_begin(term); it != impl_->all.postlist_end(term); ++it) {
      documents.push_back({*it, 0});
    }
  } catch (const Xapian::Error& error) {
    return impl_->failed(error, walk_of(term));
  }
  Result<std::vector<PassageRecord>> records = read(documents);
  if (!records) return records;
  std::sort(records->begin(), records->end(),
            [](const auto& a, const auto& b) { return a.ordinal < b.ordinal; });
  return records;
}

Result<std::uint64_t> Reader::frequency(const std::string& term) const {
  try {
    if (!impl_->remote) return std::uint64_t{impl_->all.get_termfreq(term)};
    const auto known = impl_->frequencies.find(term);
    if (known != impl_->frequencies.end()) return known->second;
    const std::uint64_t frequency = impl_->all.get_termfreq(term);
    if (impl_->frequencies.size() >= kMostFrequencies) impl_->frequencies.clear();
    impl_->frequencies.emplace(term, frequency);
    return frequency;
  } catch (const Xapian::Error& error) {
    return impl_->failed(
        error, [&](const Xapian::Database& database) { (void)database.get_termfreq(term); });
  }
}

void Reader::expect(const std::vector<std::string>& terms) const {
  if (!impl_->remote || impl_->all.get_doccount() == 0) return;
  std::vector<std::string> unknown;
  for (const std::string& term : terms) {
    if (!term.empty() && !impl_->frequencies.contains(term)) unknown.push_back(term);
  }
  if (impl_->frequencies.size() + unknown.size() >= kMostFrequencies) impl_->frequencies.clear();
  for (std::size_t begin = 0; begin < unknown.size(); begin += kTermsAtOnce) {
    const auto first = unknown.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = unknown.begin() +
                      static_cast<std::ptrdiff_t>(std::min(unknown.size(), begin + kTermsAtOnce));
    try {
      // A match of no candidates gathers the statistics of its terms from all shards at once.
      Xapian::Enquire enquire(impl_->all);
      enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, first, last));
      const Xapian::MSet none = enquire.get_mset(0, 0);
      for (auto term = first; term != last; ++term) {
        impl_->frequencies.emplace(*term, none.get_termfreq(*term));
      }
    } catch (const Xapian::Error& error) {
      [[maybe_unused]] const Error told =
          impl_->failed(error, [&](const Xapian::Database& database) {
            for (auto term = first; term != last; ++term) (void)database.get_termfreq(*term);
          });
      return;
    }
  }
}

std::uint64_t Reader::passages() const { return impl_->all.get_doccount(); }
double Reader::average_length() const { return impl_->all.get_avlength(); }
const std::map<std::string, std::uint64_t>& Reader::languages() const { return impl_->languages; }

}  // namespace tome
