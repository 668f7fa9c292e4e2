// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/inverter.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace tome {
namespace {

constexpr std::size_t kFirstSlots = 1u << 12;

std::uint64_t head_of(std::string_view term) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < sizeof head; ++i) {
    head = head << 8 | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0u);
  }
  return head;
}

}  // namespace

void Inverter::begin_document() { begins_.push_back(static_cast<std::uint32_t>(log_.size())); }

void Inverter::add(std::string_view term, std::uint32_t count) {
  const std::uint32_t number = number_of(term);
  Term& known = terms_[number];
  if (known.last > begins_.back()) {  // in this document
    log_[known.last - 1].count += count;
    return;
  }
  log_.push_back({number, count});
  known.last = static_cast<std::uint32_t>(log_.size());
  ++known.count;
}

std::uint64_t Inverter::bytes() const {
  constexpr std::uint64_t kSorted = sizeof(Occurrences);  // each entry once more at the end
  return text_.size() + terms_.size() * (sizeof(Term) + sizeof(std::uint64_t)) +
         slots_.size() * sizeof(Slot) + log_.size() * (sizeof(Entry) + kSorted) +
         begins_.size() * sizeof(std::uint32_t);
}

std::uint32_t Inverter::number_of(std::string_view term) {
  if (terms_.size() * 2 >= slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  const std::size_t hash = std::hash<std::string_view>()(term);
  const auto kept = static_cast<std::uint32_t>(hash >> 32);
  std::size_t at = hash & mask;
  for (; slots_[at].term != 0; at = (at + 1) & mask) {
    if (slots_[at].hash != kept) continue;
    const std::uint32_t number = slots_[at].term - 1;
    if (text(terms_[number]) == term) return number;
  }
  Term added;
  added.head = head_of(term);
  added.text = text_.size();
  added.size = static_cast<std::uint32_t>(term.size());
  text_ += term;
  terms_.push_back(added);
  slots_[at] = {kept, static_cast<std::uint32_t>(terms_.size())};
  return static_cast<std::uint32_t>(terms_.size() - 1);
}

void Inverter::grow() {
  slots_.assign(std::max(kFirstSlots, slots_.size() * 2), {});
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    const std::size_t hash = std::hash<std::string_view>()(text(terms_[i]));
    std::size_t at = hash & mask;
    while (slots_[at].term != 0) at = (at + 1) & mask;
    slots_[at] = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(i + 1)};
  }
}

bool Inverter::finish(const Visit& visit) {
  slots_ = {};
  // Each term's entries side by side, in the order of the log, which is that of documents.
  std::vector<std::uint32_t> next(terms_.size() + 1);
  for (std::size_t i = 0; i < terms_.size(); ++i) next[i + 1] = next[i] + terms_[i].count;
  std::vector<Occurrences> lists(log_.size());
  std::size_t entry = 0;
  for (std::size_t i = 0; i < begins_.size(); ++i) {
    const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] : log_.size();
    const auto document = static_cast<std::uint32_t>(i + 1);
    for (; entry < end; ++entry) lists[next[log_[entry].term]++] = {document, log_[entry].count};
  }
  std::vector<std::uint32_t> order(terms_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Term& one = terms_[a];
    const Term& two = terms_[b];
    return one.head != two.head ? one.head < two.head : text(one) < text(two);
  });
  for (const std::uint32_t number : order) {
    const Term& term = terms_[number];
    const std::size_t end = next[number];
    const std::span<const Occurrences> all(lists);
    if (!visit(text(term), all.subspan(end - term.count, term.count))) return false;
  }
  return true;
}

}  // namespace tome
