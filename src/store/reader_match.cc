// SPDX-License-Identifier: GPL-2.0-or-later
// Reader: the candidates of a question. Where all segments are local they are asked one by one, by
// sources that weigh as Xapian's BM25 does and know the lengths of all documents; else Xapian asks
// all of them together.
#include <algorithm>
#include <cmath>

#include "store/reader_impl.h"
#include "store/terms.h"
#include "store/weigher.h"
#include "store/xapian_query.h"

namespace tome {
namespace {

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

void add(const Xapian::MSet& found, std::vector<Candidate>& list) {
  for (auto it = found.begin(); it != found.end(); ++it) list.push_back({*it, it.get_weight()});
}

// All segments by Xapian's own means.
Found ask_all(const Xapian::Database& all, const Match& match, const Bm25& bm25, bool weightless,
              std::uint64_t from, std::uint64_t count, double least) {
  Xapian::Enquire enquire(all);
  enquire.set_query(to_xapian(match));
  if (weightless) {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_value(kIdSlot, false);
  } else {
    enquire.set_weighting_scheme(Xapian::BM25Weight(bm25.k1, 0, 1, bm25.b, 0.5));
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  }
  if (least > 0) enquire.set_cutoff(0, least);
  const Xapian::MSet found = enquire.get_mset(bounded(from), bounded(count));
  Found out;
  add(found, out.list);
  out.estimate = found.get_matches_estimated();
  return out;
}

}  // namespace

double comparable(double weight) { return std::round(weight * 1e6) / 1e6; }

// The first question of a process does without: it takes as long to read the lengths of all
// passages as to look up those that most questions need.
bool Reader::Impl::uses_lengths() {
  if (remote || ++matches < 2) return false;
  for (Segment& segment : segments) {
    if (segment.lengths) continue;
    segment.lengths = std::make_shared<const DocumentLengths>(segment.database);
    segment.sets = std::make_shared<KnownSets>();
  }
  return true;
}

Result<Candidates> Reader::match(const Match& match, std::uint64_t first, std::uint64_t count,
                                 const Bm25& bm25) const {
  try {
    Candidates out;
    if (impl_->segments.empty() || impl_->all.get_doccount() == 0) {
      out.exhausted = true;
      return out;
    }
    const auto passages = static_cast<std::uint64_t>(impl_->all.get_doccount());
    const bool ties = !is_weightless(match);
    out.by_id = !ties;
    first = std::min(first, passages);
    count = std::min(count, passages);
    std::optional<Weigher> weigher;
    if (ties && is_of_words(match) && impl_->uses_lengths()) {
      std::vector<WeighedSegment> segments;
      for (const Impl::Segment& segment : impl_->segments) {
        segments.push_back({segment.database, segment.lengths, segment.sets});
      }
      weigher.emplace(std::move(segments), impl_->all, bm25);
    }
    const auto take = [&](std::uint64_t size, double least) {
      return weigher ? weigher->ask(match, first, size, least)
                     : ask_all(impl_->all, match, bm25, !ties, first, size, least);
    };
    // What weighs the same as the last of the first `count` is given too; whether the list ends
    // before all that was found does.
    const auto fill = [&](const std::vector<Candidate>& found) {
      std::size_t end = std::min<std::size_t>(found.size(), count);
      while (ties && end > 0 && end < found.size() &&
             comparable(found[end].weight) == comparable(found[end - 1].weight)) {
        ++end;
      }
      out.list.assign(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(end));
      return end < found.size();
    };
    const std::uint64_t more = ties ? kMore : 1;
    Found found = take(count + more, 0);
    bool cut = fill(found.list);
    out.exhausted = !cut && found.list.size() < count + more;
    out.estimate = out.exhausted ? first + out.list.size() : found.estimate;
    if (cut || out.exhausted || !ties) return out;
    // More weigh the same: asked for nothing lighter, Xapian passes over most of the rest.
    found = take(count + kMostTies, out.list.back().weight - kTie);
    cut = fill(found.list);
    if (!cut && found.list.size() == count + kMostTies) {
      out.list.resize(std::min<std::size_t>(out.list.size(), count));
    }
    return out;
  } catch (const Xapian::Error& error) {
    return impl_->failed(error, [&](const Xapian::Database& database) {
      Xapian::Enquire enquire(database);
      enquire.set_query(to_xapian(match));
      enquire.get_mset(0, 1, database.get_doccount());  // every posting is read
      const DocumentLengths lengths(database);          // of each document, see uses_lengths()
    });
  }
}

}  // namespace tome
