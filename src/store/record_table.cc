// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/record_table.h"

#include <algorithm>

#include "store/manifest.h"
#include "store/zstd_frame.h"
#include "text/codec.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "tomeREC\n";
constexpr std::uint64_t kFormat = 1;

}  // namespace

std::string encode_footer(const RecordFooter& footer) {
  std::string payload(kMagic);
  for (const std::uint64_t number :
       {kFormat, footer.entries, footer.blocks, footer.block_bytes, footer.index_bytes}) {
    put_fixed(payload, number);
  }
  return seal(payload);
}

bool decode_footer(std::string_view bytes, RecordFooter& footer) {
  std::string_view payload;
  if (bytes.size() != kFooterBytes || !unseal(bytes, payload)) return false;
  if (!payload.starts_with(kMagic)) return false;
  const auto number = [&](std::size_t i) {
    return fixed_number(payload.substr(kMagic.size() + i * kFixedNumber));
  };
  if (number(0) != kFormat) return false;
  footer = {number(1), number(2), number(3), number(4)};
  return true;
}

std::string pack_block(std::string_view entries, int level) {
  return seal(compress(entries, level));
}

bool unpack_block(std::string_view packed, std::string& entries) {
  std::string_view frame;
  return unseal(packed, frame) && decompress(frame, entries);
}

Error RecordTable::broken() const { return damaged(std::string(kDamagedRecord), folder_); }

Result<RecordTable> RecordTable::open(const fs::path& folder) {
  Result<FileReader> file = FileReader::open(folder / kRecordsFile);
  if (!file && file.error().code == Code::kNotFound) {
    return damaged("the index is damaged: a file is missing", folder / kRecordsFile);
  }
  if (!file) return file.error();
  RecordTable table(folder, std::move(file).value(), {});
  const std::uint64_t size = table.file_.size();
  if (size < kFooterBytes) return table.broken();
  const Result<std::string> bytes = table.file_.read(size - kFooterBytes, kFooterBytes);
  if (!bytes) return bytes.error();
  RecordFooter& footer = table.footer_;
  if (!decode_footer(*bytes, footer)) return table.broken();
  const std::uint64_t rest = size - kFooterBytes;
  if (footer.block_bytes > rest || footer.index_bytes != rest - footer.block_bytes) {
    return table.broken();
  }
  return table;
}

Status RecordTable::read_index() const {
  if (index_) return Ok{};
  const Result<std::string> packed =
      file_.read(footer_.block_bytes, static_cast<std::size_t>(footer_.index_bytes));
  if (!packed) return packed.error();
  std::string bytes;
  if (!unpack_block(*packed, bytes)) return broken();
  std::vector<Block> index;
  Decoder in(bytes);
  std::uint64_t offset = 0;
  while (in.ok() && !in.at_end()) {
    Block block;
    block.last = in.text();
    block.offset = offset;
    const std::uint64_t size = in.number();
    if (size > footer_.block_bytes - offset) return broken();
    if (!index.empty() && block.last <= index.back().last) return broken();
    block.size = static_cast<std::size_t>(size);
    offset += size;
    index.push_back(std::move(block));
  }
  if (!in.ok() || offset != footer_.block_bytes || index.size() != footer_.blocks) return broken();
  index_ = std::move(index);
  return Ok{};
}

Result<std::string> RecordTable::packed(std::size_t block) const {
  const Block& place = (*index_)[block];
  return file_.read(place.offset, place.size);
}

Result<RecordTable::Entries> RecordTable::entries_of(std::size_t block) const {
  if (entries_ != nullptr && kept_ == block) return entries_;
  const Result<std::string> bytes = packed(block);
  if (!bytes) return bytes.error();
  const auto entries = std::make_shared<std::string>();
  if (!unpack_block(*bytes, *entries) || entries->empty()) return broken();
  kept_ = block;
  entries_ = entries;
  return entries_;
}

std::size_t RecordTable::block_of(std::string_view key) const {
  const auto block =
      std::lower_bound(index_->begin(), index_->end(), key,
                       [](const Block& one, std::string_view wanted) { return one.last < wanted; });
  return static_cast<std::size_t>(block - index_->begin());
}

Result<std::optional<std::string>> RecordTable::get(std::string_view key) const {
  RecordCursor cursor(*this);
  if (Status status = cursor.seek(key); !status) return status.error();
  if (cursor.at_end() || cursor.key() != key) return std::optional<std::string>();
  return std::optional<std::string>(cursor.value());
}

Status RecordTable::visit(std::string_view prefix, const Visit& visit) const {
  RecordCursor cursor(*this);
  Status status = cursor.seek(prefix);
  while (status && !cursor.at_end() && cursor.key().starts_with(prefix)) {
    if (!visit(cursor.key(), cursor.value())) return broken();
    status = cursor.next();
  }
  return status;
}

Status RecordCursor::enter(std::size_t block) {
  block_ = block;
  entries_ = nullptr;
  if (block == table_->index_->size()) return Ok{};
  Result<RecordTable::Entries> entries = table_->entries_of(block);
  if (!entries) return entries.error();
  entries_ = std::move(entries).value();
  left_ = *entries_;
  key_.clear();
  return next();
}

Status RecordCursor::next() {
  const std::string& last = (*table_->index_)[block_].last;
  if (left_.empty()) {
    if (key_ != last) return table_->broken();
    return enter(block_ + 1);
  }
  const bool first = left_.size() == entries_->size();
  Decoder in(left_);
  const std::uint64_t shared = in.number();
  const std::string_view rest = in.text();
  value_ = in.text();
  if (!in.ok() || shared > key_.size()) return table_->broken();
  // Keys rise: within a block by the first byte that differs, and over the last of the block
  // before.
  const auto common = static_cast<std::size_t>(shared);
  const bool rises = first
                         ? shared == 0 && (block_ == 0 || rest > (*table_->index_)[block_ - 1].last)
                         : rest > std::string_view(key_).substr(common);
  if (!rises) return table_->broken();
  key_.resize(common);
  key_.append(rest);
  if (key_ > last) return table_->broken();
  left_ = left_.substr(static_cast<std::size_t>(value_.data() + value_.size() - left_.data()));
  return Ok{};
}

Status RecordCursor::seek(std::string_view key) {
  if (Status status = table_->read_index(); !status) return status;
  Status status = enter(table_->block_of(key));
  while (status && !at_end() && key_ < key) status = next();
  return status;
}

Status RecordCursor::seek_floor(std::string_view key) {
  if (Status status = table_->read_index(); !status) return status;
  const std::size_t block = table_->block_of(key);
  Status status = enter(block);
  if (!status || (!at_end() && key_ == key)) return status;
  if (at_end() || key_ > key) {  // then it is the last of the block before
    entries_ = nullptr;
    if (block > 0) status = enter(block - 1);
    while (status && !at_end() && !left_.empty()) status = next();
    return status;
  }
  while (true) {  // the last of this block is not before `key`
    RecordCursor before = *this;
    if (status = next(); !status || key_ == key) return status;
    if (key_ < key) continue;
    *this = std::move(before);
    return status;
  }
}

}  // namespace tome
