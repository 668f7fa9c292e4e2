// SPDX-License-Identifier: GPL-2.0-or-later
// How passages are stored: those that follow each other share a block, compressed by Zstandard
// (RFC 8878), since they repeat the words of their neighbours and where they stand.
//
// The first document of a block holds it whole, sealed by a checksum; each other one holds how many
// documents to go back and a digest of its own record, so that neither can stand for another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/records.h"

namespace tome {

// Bytes of records, before they are compressed, at which a block is full: 16,384 gives blocks that
// are 7 % smaller and take 1.4 times as long to read.
inline constexpr std::size_t kBlockBytes = 8192;

// The data of each document of one block. REQUIRES: `records` is not empty, each is what
// write_passage() gave, or empty where there is no document any more; the first is not.
std::vector<std::string> write_block(const std::vector<std::string>& records);

// What the data of a document says.
struct BlockPlace {
  std::uint32_t back = 0;  // documents to go back to the one that holds the block
  std::string_view check;  // of the record; empty in the block's first
};
bool read_place(std::string_view data, BlockPlace& place);

// An opened block.
class PassageBlock {
 public:
  // False when `data` is no block, or not what was written.
  bool open(std::string_view data);
  // How many records there are, and what write_passage() gave of one; empty: it was taken out.
  std::size_t size() const { return records_.size(); }
  std::string_view bytes(std::size_t number) const { return records_[number]; }
  // The record of the document `place` leads here from; false when it is not what was written.
  bool read(const BlockPlace& place, PassageRecord& record) const;
  // The record of the block's document `number`, from 0, where that is known for sure.
  bool read(std::size_t number, PassageRecord& record) const;

 private:
  std::string bytes_;
  std::vector<std::string_view> records_;
};

}  // namespace tome
