// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/acronym_table.h"

#include <algorithm>
#include <numeric>

#include "text/codec.h"

namespace tome {
namespace {

std::uint64_t nth(std::string_view numbers, std::size_t n) {
  return fixed_number(numbers.substr(n * kFixedNumber, kFixedNumber));
}

// The first of `count` for which `reached` holds; it holds for all that follow.
template <class Reached>
std::size_t first_of(std::size_t count, Reached reached) {
  std::size_t begin = 0;
  while (begin < count) {
    const std::size_t middle = begin + (count - begin) / 2;
    if (reached(middle)) {
      count = middle;
    } else {
      begin = middle + 1;
    }
  }
  return begin;
}

}  // namespace

std::string AcronymTable::encode(const std::vector<AcronymCount>& sorted) {
  std::vector<std::size_t> order(sorted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return sorted[a].expansion < sorted[b].expansion;
  });
  std::string out;
  std::string entries;
  put_fixed(out, sorted.size());
  for (const AcronymCount& one : sorted) {
    put_fixed(out, entries.size());
    Encoder entry;
    entry.text(one.acronym);
    entry.text(one.expansion);
    entry.number(one.count);
    entries += entry.take();
  }
  for (const std::size_t number : order) put_fixed(out, number);
  return seal(out + entries);
}

std::optional<AcronymTable> AcronymTable::decode(std::string_view bytes,
                                                 std::shared_ptr<const void> owner) {
  std::string_view rest;
  if (!unseal(bytes, rest) || rest.size() < kFixedNumber) return std::nullopt;
  AcronymTable table;
  table.bytes_ = bytes;
  table.size_ = fixed_number(rest);
  rest.remove_prefix(kFixedNumber);
  if (table.size_ > rest.size() / (2 * kFixedNumber)) return std::nullopt;
  table.offsets_ = rest.substr(0, table.size_ * kFixedNumber);
  table.order_ = rest.substr(table.offsets_.size(), table.size_ * kFixedNumber);
  table.entries_ = rest.substr(2 * table.offsets_.size());
  table.owner_ = std::move(owner);
  return table;
}

AcronymTable AcronymTable::of(const std::vector<AcronymCount>& sorted) {
  const auto bytes = std::make_shared<const std::string>(encode(sorted));
  return *decode(*bytes, bytes);
}

AcronymCount AcronymTable::entry(std::size_t number) const {
  const std::uint64_t offset = number < size_ ? nth(offsets_, number) : entries_.size();
  Decoder in(entries_.substr(std::min<std::uint64_t>(offset, entries_.size())));
  AcronymCount entry;
  entry.acronym = in.text();
  entry.expansion = in.text();
  entry.count = in.number();
  return entry;
}

std::size_t AcronymTable::by_expansion(std::size_t rank) const { return nth(order_, rank); }

std::vector<AcronymCount> AcronymTable::readings(std::string_view acronym) const {
  std::vector<AcronymCount> found;
  const std::size_t first =
      first_of(size_, [&](std::size_t i) { return entry(i).acronym >= acronym; });
  for (std::size_t i = first; i < size_; ++i) {
    AcronymCount one = entry(i);
    if (one.acronym != acronym) break;
    found.push_back(std::move(one));
  }
  return found;
}

std::vector<AcronymCount> AcronymTable::beginning_with(std::string_view word) const {
  std::vector<AcronymCount> found;
  const std::string start = std::string(word) + ' ';
  const std::size_t first =
      first_of(size_, [&](std::size_t i) { return entry(by_expansion(i)).expansion >= start; });
  for (std::size_t i = first; i < size_; ++i) {
    AcronymCount one = entry(by_expansion(i));
    if (!one.expansion.starts_with(start)) break;
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace tome
