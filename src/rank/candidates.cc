// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/candidates.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>
#include <utility>

namespace tome {

Status CandidateStream::ask(std::uint64_t most) {
  Result<Candidates> found = reader_.match(*match_, given_, most, bm25_);
  if (!found) return found.error();
  if (!begun_) {
    if (!found->list.empty()) best_ = found->list.front().weight;
    estimate_ = found->estimate;
    begun_ = true;
  }
  exhausted_ = found->exhausted || found->list.empty();
  list_ = std::move(found->list);
  given_ += list_.size();
  std::erase_if(list_, [&](const Candidate& one) { return known_.contains(one.document); });
  at_ = 0;
  ordered_ = found->by_id ? list_.size() : 0;
  return Ok{};
}

void CandidateStream::narrow(const Match& match) {
  match_ = &match;
  for (const ReadCandidate& one : ready_) known_.erase(one.document);
  list_.clear();
  ready_.clear();
  at_ = 0;
  ordered_ = 0;
  given_ = 0;
  exhausted_ = false;
}

// Behind those that weigh the same as the one before `at`.
std::size_t CandidateStream::end_of_equals(std::size_t at) const {
  const double weight = comparable(list_[at - 1].weight);
  while (at < list_.size() && comparable(list_[at].weight) == weight) ++at;
  return at;
}

// Where a slice ends among equals, these are put in order by what tells IDs without the text:
// thousands may weigh the same.
Status CandidateStream::order_until(std::size_t end) {
  const std::size_t last = end_of_equals(end);
  if (last == end || last <= ordered_) return Ok{};
  const double weight = comparable(list_[end - 1].weight);
  std::size_t first = end - 1;
  while (first > at_ && comparable(list_[first - 1].weight) == weight) --first;
  const std::span<const Candidate> equals = std::span(list_).subspan(first, last - first);
  const Result<std::vector<std::string>> ids = reader_.ids(equals);
  if (!ids) return ids.error();
  std::vector<std::size_t> order(equals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return (*ids)[a] < (*ids)[b]; });
  std::vector<Candidate> ordered;
  ordered.reserve(order.size());
  for (const std::size_t i : order) ordered.push_back(equals[i]);
  std::copy(ordered.begin(), ordered.end(), list_.begin() + static_cast<std::ptrdiff_t>(first));
  ordered_ = last;
  return Ok{};
}

// Adds the records of [at_, end) to ready_.
Status CandidateStream::read_until(std::size_t end) {
  Result<std::vector<PassageRecord>> records =
      reader_.read(std::span(list_).subspan(at_, end - at_));
  if (!records) return records.error();
  std::vector<double> weights(records->size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = comparable(list_[at_ + i].weight);
  std::vector<std::size_t> order(records->size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return weights[a] != weights[b] ? weights[a] > weights[b] : (*records)[a].id < (*records)[b].id;
  });
  for (const std::size_t i : order) {
    known_.insert(list_[at_ + i].document);
    ready_.push_back({list_[at_ + i].document, list_[at_ + i].weight, std::move((*records)[i])});
  }
  at_ = end;
  return Ok{};
}

Result<std::vector<ReadCandidate>> CandidateStream::next(std::uint64_t count, std::uint64_t most) {
  while (ready_.size() < count) {
    if (at_ == list_.size()) {
      if (exhausted_) break;
      if (Status status = ask(most); !status) return status.error();
      continue;
    }
    std::size_t end = std::min<std::size_t>(list_.size(), at_ + (count - ready_.size()));
    // Far away an ID costs as much as the text: what is equal is read whole and kept, but for what
    // came in order.
    if (reader_.is_far()) {
      if (end > ordered_) end = end_of_equals(end);
    } else if (Status status = order_until(end); !status) {
      return status.error();
    }
    if (Status status = read_until(end); !status) return status.error();
  }
  if (ready_.size() <= count) return std::exchange(ready_, {});
  const auto end = ready_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<ReadCandidate> out(std::make_move_iterator(ready_.begin()),
                                 std::make_move_iterator(end));
  ready_.erase(ready_.begin(), end);
  return out;
}

}  // namespace tome
