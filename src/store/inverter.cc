// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/inverter.h"

namespace tome {

void Inverter::begin_document() { begins_.push_back(static_cast<std::uint32_t>(log_.size())); }

void Inverter::add(std::string_view term, std::uint32_t hash, std::uint32_t count) {
  Term& known = terms_.at(term, hash);
  if (known.count == 0) known.number = static_cast<std::uint32_t>(terms_.size() - 1);
  if (known.last > begins_.back()) {  // in this document
    log_[known.last - 1].count += count;
    return;
  }
  log_.push_back({known.number, count});
  known.last = static_cast<std::uint32_t>(log_.size());
  ++known.count;
}

std::uint64_t Inverter::bytes() const {
  constexpr std::uint64_t kSorted = sizeof(Occurrences);  // each entry once more at the end
  return terms_.bytes() + log_.size() * (sizeof(Entry) + kSorted) +
         begins_.size() * sizeof(std::uint32_t);
}

bool Inverter::finish(const Visit& visit) {
  // Each term's entries side by side, in the order of the log, which is that of documents.
  std::vector<std::uint32_t> next(terms_.size() + 1);
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    next[i + 1] = next[i] + terms_.entry(i).value.count;
  }
  std::vector<Occurrences> lists(log_.size());
  std::size_t entry = 0;
  for (std::size_t i = 0; i < begins_.size(); ++i) {
    const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] : log_.size();
    const auto document = static_cast<std::uint32_t>(i + 1);
    for (; entry < end; ++entry) lists[next[log_[entry].term]++] = {document, log_[entry].count};
  }
  const std::span<const Occurrences> all(lists);
  for (const std::uint32_t number : terms_.sorted()) {
    const std::uint32_t count = terms_.entry(number).value.count;
    const std::size_t begin = next[number] - count;
    if (!visit(terms_.entry(number).word, all.subspan(begin, count))) return false;
  }
  return true;
}

}  // namespace tome
