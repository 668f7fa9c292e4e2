// SPDX-License-Identifier: GPL-2.0-or-later
// What the writers of Xapian databases share. For the store's own sources alone: it needs
// <xapian.h>.
#pragma once

#include <xapian.h>

#include <filesystem>
#include <vector>

#include "store/manifest.h"
#include "store/record_writer.h"
#include "store/word_list.h"
#include "tome/result.h"

namespace tome {

// Flags for a database that nobody else reads, synced as a whole at the end, without a table of its
// documents' terms (store/glass_version.h).
inline constexpr int kWithTerms = Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS;
inline constexpr int kPrivate = kWithTerms | Xapian::DB_NO_TERMLIST;

// kIo: what the system says when Xapian's message names that, else the message.
Error write_failed(const Xapian::Error& error, const std::filesystem::path& path);

// Xapian takes a table of documents that it cannot open for one that was never written. kIo unless
// the last document of each run of `counts` documents, in their order, has its data.
Status expect_contents(const Xapian::Database& database, const std::vector<std::uint64_t>& counts,
                       const std::filesystem::path& path);

// The word list of a folder's table; kDamaged when it is not what was written.
Result<std::vector<WordCount>> read_words(const RecordTable& table,
                                          const std::filesystem::path& path);

// Puts `words` (sorted) into `records`, which have none.
void write_words(RecordMap& records, const std::vector<WordCount>& words);

}  // namespace tome
