// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/block_heads.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "text/codec.h"

namespace tome {

void HeadPieces::add(std::uint32_t document, bool is_head) {
  while (pieces_.size() < heads_piece(document)) end_piece();
  if (is_head) heads_.push_back(document);
}

std::vector<std::string> HeadPieces::take() {
  end_piece();
  return std::move(pieces_);
}

void HeadPieces::end_piece() {
  pieces_.push_back(encode_heads(heads_));
  if (!heads_.empty()) heads_ = {heads_.back()};
}

std::string encode_heads(const std::vector<std::uint32_t>& heads) {
  Encoder out;
  std::uint32_t last = 0;
  for (const std::uint32_t head : heads) {
    out.number(head - last);
    last = head;
  }
  return seal(out.take());
}

bool decode_heads(std::string_view piece, std::vector<std::uint32_t>& heads) {
  heads.clear();
  std::string_view payload;
  if (!unseal(piece, payload)) return false;
  Decoder in(payload);
  std::uint64_t last = 0;
  while (in.ok() && !in.at_end()) {
    const std::uint64_t step = in.number();
    if (step == 0 || step > std::numeric_limits<std::uint32_t>::max() - last) return false;
    last += step;
    heads.push_back(static_cast<std::uint32_t>(last));
  }
  return in.ok();
}

std::uint32_t head_of(const std::vector<std::uint32_t>& heads, std::uint32_t document) {
  const auto after = std::upper_bound(heads.begin(), heads.end(), document);
  return after == heads.begin() ? 0 : *(after - 1);
}

}  // namespace tome
