// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/passage_block.h"

#include "store/zstd_frame.h"
#include "text/codec.h"
#include "text/hash.h"

namespace tome {
namespace {

constexpr char kWhole = '\x01';
constexpr char kReference = '\x02';
constexpr std::size_t kCheckBytes = 4;

std::string check_of(std::string_view record) { return digest(record).substr(0, kCheckBytes); }

}  // namespace

std::vector<std::string> write_block(const std::vector<std::string>& records) {
  Encoder out;
  out.number(records.size());
  for (const std::string& record : records) out.text(record);
  std::vector<std::string> data = {kWhole + seal(compress(out.take()))};
  for (std::size_t i = 1; i < records.size(); ++i) {
    Encoder reference;
    reference.number(i);
    data.push_back(kReference + reference.take() + check_of(records[i]));
  }
  return data;
}

bool read_place(std::string_view data, BlockPlace& place) {
  place = {};
  if (data.empty()) return false;
  if (data.front() == kWhole) return true;
  if (data.front() != kReference || data.size() < 2 + kCheckBytes) return false;
  place.check = data.substr(data.size() - kCheckBytes);
  Decoder in(data.substr(1, data.size() - 1 - kCheckBytes));
  const std::uint64_t back = in.number();
  place.back = static_cast<std::uint32_t>(back);
  return in.ok() && in.at_end() && back > 0 && back == place.back;
}

bool PassageBlock::open(std::string_view data) {
  records_.clear();
  std::string_view frame;
  if (data.empty() || data.front() != kWhole || !unseal(data.substr(1), frame)) return false;
  if (!decompress(frame, bytes_)) return false;
  Decoder in(bytes_);
  const std::uint64_t count = in.number();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) records_.push_back(in.text());
  return in.ok() && in.at_end();
}

bool PassageBlock::read(const BlockPlace& place, PassageRecord& record) const {
  if (place.back >= records_.size()) return false;
  const std::string_view bytes = records_[place.back];
  if (place.back > 0 && check_of(bytes) != place.check) return false;
  return read_passage(bytes, record);
}

bool PassageBlock::read(std::size_t number, PassageRecord& record) const {
  return number < records_.size() && read_passage(records_[number], record);
}

}  // namespace tome
