// SPDX-License-Identifier: GPL-2.0-or-later
// Writing tables of records (store/record_table.h): entry by entry, or from what others hold.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/file_parts.h"
#include "store/record_table.h"
#include "store/zstd_frame.h"
#include "tome/result.h"

namespace tome {

// Writes the table of one folder, in the place of one that is there and not open. Not synced.
class RecordWriter {
 public:
  static Result<RecordWriter> create(const std::filesystem::path& folder, int level = kZstdLevel);
  // REQUIRES: `key` is after all before.
  Status add(std::string_view key, std::string_view value);
  // Takes over a whole block of another table, of so many entries up to the key `last`.
  Status add_block(std::string_view packed, const std::string& last, std::uint64_t entries);
  // Ends the file; nothing can be added then.
  Status finish();

 private:
  RecordWriter(NewFile file, int level) : file_(std::move(file)), level_(level) {}
  Status end_block();
  Status put_block(std::string_view packed);

  NewFile file_;
  int level_;
  std::string block_;  // entries of one that is not full
  std::string index_;
  std::string last_;  // key
  RecordFooter footer_;
};

// Key -> value.
using RecordMap = std::map<std::string, std::string, std::less<>>;

// Writes a folder's table of `own` and of those entries of `tables`, which are of other folders,
// that `stays` accepts. Of a key that several have, the first counts, `own` before all.
Status write_records(const std::filesystem::path& folder, const RecordMap& own,
                     const std::vector<RecordTable>& tables,
                     const std::function<bool(std::string_view key)>& stays);

// The same of `own` alone, which is compressed in haste: for what is soon merged.
Status write_records(const std::filesystem::path& folder, const RecordMap& own);

}  // namespace tome
