// SPDX-License-Identifier: GPL-2.0-or-later
// The Xapian database that a chunk is written into: by tome itself, block by block, where Xapian's
// files are of the format that it knows (store/glass_table.h); else by Xapian.
//
// Both have the same postings, lengths, values and data. From one thread; errors are kIo
// with the path of the folder or of a file in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/records.h"
#include "store/segment.h"
#include "tome/result.h"

namespace tome {

class ChunkDatabase {
 public:
  virtual ~ChunkDatabase() = default;
  // The next document: its terms and its ID, without data.
  virtual Status add(const PassageRecord& passage, const std::vector<Posting>& postings) = 0;
  // Data of the first documents that have none.
  virtual Status add_data(const std::vector<std::string>& data) = 0;
  virtual std::uint64_t pending() const = 0;  // bytes of memory that flush() or finish() gives back
  // Whether it can write what is pending before it is finished; it does so then.
  virtual Result<bool> flush() = 0;
  virtual Status finish() = 0;
};

// A new database in `folder`, which takes the place of one that is there.
Result<std::unique_ptr<ChunkDatabase>> create_chunk_database(const std::filesystem::path& folder,
                                                             ChunkForm form);

}  // namespace tome
