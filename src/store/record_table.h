// SPDX-License-Identifier: GPL-2.0-or-later
// The records of a segment or a chunk: the file `records` in its folder, a table of keys
// (store/metadata_keys.h, store/word_list.h) and values that is sorted by key and read in blocks,
// as the tables of LevelDB are.
//
//   blocks    about 16 KB of entries each: how many bytes the key has in common with the one
//   before,
//             the rest of it, the value
//   index     of each block its last key and how many bytes it takes
//   footer    at the end of the file: magic, version of this form, counts and sizes
//
// Blocks and index are compressed (store/zstd_frame.h). Each part is sealed by a checksum that is
// verified when it is read, so records need none. What is not as it was written is kDamaged, with
// the path of the folder; what the system does not read is kIo.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/file_parts.h"
#include "tome/result.h"

namespace tome {

inline constexpr const char* kRecordsFile = "records";

// What the end of the file says.
struct RecordFooter {
  std::uint64_t entries = 0;
  std::uint64_t blocks = 0;
  std::uint64_t block_bytes = 0;  // of all blocks, as they stand in the file
  std::uint64_t index_bytes = 0;
};

inline constexpr std::size_t kFooterBytes = 64;
std::string encode_footer(const RecordFooter& footer);
// False when `bytes` are not what encode_footer() gave.
bool decode_footer(std::string_view bytes, RecordFooter& footer);

// Compressed and sealed, and back; false when it is not what was packed.
std::string pack_block(std::string_view entries, int level);
bool unpack_block(std::string_view packed, std::string& entries);

// An open table. Keeps the block that was read last: one thread at a time.
class RecordTable {
 public:
  // Reads the footer alone.
  static Result<RecordTable> open(const std::filesystem::path& folder);

  std::uint64_t size() const { return footer_.entries; }
  Result<std::optional<std::string>> get(std::string_view key) const;
  // Calls visit(key, value) for each key that begins with `prefix`, in order; they are valid during
  // the call. False from it is damage.
  using Visit = std::function<bool(std::string_view, std::string_view)>;
  Status visit(std::string_view prefix, const Visit& visit) const;
  // A block as it stands in the file; its checksum is not verified.
  // REQUIRES: it is that of a cursor.
  Result<std::string> packed(std::size_t block) const;

 private:
  friend class RecordCursor;
  struct Block {
    std::string last;  // key
    std::uint64_t offset = 0;
    std::size_t size = 0;
  };
  using Entries = std::shared_ptr<const std::string>;

  RecordTable(std::filesystem::path folder, FileReader file, RecordFooter footer)
      : folder_(std::move(folder)), file_(std::move(file)), footer_(footer) {}
  Error broken() const;
  Status read_index() const;
  Result<Entries> entries_of(std::size_t block) const;
  // Of the first block that may hold `key`; REQUIRES: the index was read.
  std::size_t block_of(std::string_view key) const;

  std::filesystem::path folder_;
  FileReader file_;
  RecordFooter footer_;
  mutable std::optional<std::vector<Block>> index_;  // read when it is wanted
  mutable std::size_t kept_ = 0;                     // the block that `entries_` are of
  mutable Entries entries_;
};

// Goes through a table in the order of its keys. Looks into the table, which must live as long.
class RecordCursor {
 public:
  explicit RecordCursor(const RecordTable& table) : table_(&table) {}

  // To the first entry whose key is not before `key`.
  Status seek(std::string_view key);
  // To the last entry whose key is not after `key`; to the end when there is none.
  Status seek_floor(std::string_view key);
  Status next();  // REQUIRES: !at_end()
  bool at_end() const { return entries_ == nullptr; }
  // REQUIRES: !at_end(). Valid until the cursor is moved.
  const std::string& key() const { return key_; }
  std::string_view value() const { return value_; }
  std::size_t block() const { return block_; }  // the number of the one that it stands in

 private:
  Status enter(std::size_t block);  // and read its first entry

  const RecordTable* table_;
  std::size_t block_ = 0;
  RecordTable::Entries entries_;  // of that block; null: at the end
  std::string_view left_;         // of them
  std::string key_;
  std::string_view value_;
};

}  // namespace tome
