// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/passage_block.h"

#include <zstd.h>

#include <memory>
#include <new>

#include "text/codec.h"
#include "text/hash.h"

namespace tome {
namespace {

constexpr char kWhole = '\x01';
constexpr char kReference = '\x02';
constexpr std::size_t kCheckBytes = 4;
constexpr int kLevel = 3;  // level 9 saves 3 % and takes four times as long
constexpr std::uint64_t kLargest = 256u << 20;

std::string check_of(std::string_view record) { return digest(record).substr(0, kCheckBytes); }

template <auto Free>
struct Freed {
  template <class Context>
  void operator()(Context* context) const {
    Free(context);
  }
};

// One a thread: making one costs more than a block.
ZSTD_CCtx* compressor() {
  thread_local const std::unique_ptr<ZSTD_CCtx, Freed<ZSTD_freeCCtx>> context(ZSTD_createCCtx());
  return context.get();
}
ZSTD_DCtx* decompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, Freed<ZSTD_freeDCtx>> context(ZSTD_createDCtx());
  return context.get();
}

std::string compress(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(compressor(), out.data(), out.size(), bytes.data(), bytes.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // there is room: it lacks memory
  out.resize(size);
  return out;
}

bool decompress(std::string_view bytes, std::string& out) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size > kLargest) return false;  // not known and not a frame are such sizes too
  out.resize(size);
  return ZSTD_decompressDCtx(decompressor(), out.data(), out.size(), bytes.data(), bytes.size()) ==
         size;
}

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
