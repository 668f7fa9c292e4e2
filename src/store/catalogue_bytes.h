// SPDX-License-Identifier: GPL-2.0-or-later
// A catalogue as it is kept (store/kept_works.h), opened without reading its works:
//
//   head    how many works, books and keys there are
//   keys    in their order, each with the number of its work
//   books   a bit a work, the lowest first: set of books
//   blocks  where each one ends, then they: so many works each, compressed (store/zstd_frame.h)
//
// One checksum seals it all. Works stand by title, so those of a block repeat each other's words:
// of 245,113 works the blocks take 7.8 MB, their records 21.9.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tome/work.h"

namespace tome {

struct Work {
  std::string id;  // key of its surest record: stable while that record stays
  WorkInfo info;
  std::vector<std::string> keys;  // of all its records
  std::vector<std::string>
      sources;  // IDs of the sources that describe it, whole of many files: none
};

// What filters ask of a work, as it stands somewhere.
struct WorkFields {
  Kind kind = Kind::kUnknown;
  int year = 0;
  std::string_view title, subtitle;
  std::vector<std::string_view> authors, topics;
};

// Number of a work by its key; sorted, each key once.
using WorkKeys = std::vector<std::pair<std::string, std::size_t>>;

inline constexpr std::size_t kWorkKeyBytes = 16;
// 128 would take 1.5 MB less of 245,113 works, and 8 microseconds to read one instead of 2.4.
inline constexpr std::size_t kWorksPerBlock = 16;

// The parts that encode_works() puts together: each can be made in a thread of its own.
struct WorkBlocks {
  std::size_t works = 0;
  std::size_t books = 0;
  std::string bits;  // which are books
  std::string ends, blocks;
};
WorkBlocks pack_works(const std::vector<Work>& works);  // in two threads
// Nothing when there is a key that is not of kWorkKeyBytes, or a number that is too large.
std::optional<std::string> pack_keys(const WorkKeys& keys);

// Empty when there are no `keys`.
std::string encode_works(const std::optional<std::string>& keys, const WorkBlocks& works);

// What encode_works() gave. Keeps the blocks that were read (22 MB of 245,113 works): one thread at
// a time.
class KeptCatalogue {
 public:
  // Looks into `bytes`, which live as long as `owner`; nothing when they are not what was encoded.
  static std::optional<KeptCatalogue> open(std::string_view bytes,
                                           std::shared_ptr<const void> owner);

  std::size_t size() const { return size_; }
  std::size_t books() const { return books_count_; }
  bool is_book(std::size_t i) const;  // REQUIRES: i < size()
  // Number of the work that has this key; size() when none.
  std::size_t index_of(std::string_view key) const;
  // REQUIRES: i < size(). Without title when its block is none, which the checksum lets through
  // only where somebody made both.
  Work read(std::size_t i) const;
  // Into `fields`, which is valid as long as this is. REQUIRES: i < size().
  void view(std::size_t i, WorkFields& fields) const;

 private:
  std::string_view record(std::size_t i) const;

  std::size_t size_ = 0;
  std::size_t books_count_ = 0;
  std::shared_ptr<const void> owner_;
  std::string_view keys_, books_, ends_, blocks_;
  mutable std::vector<std::string> opened_;  // blocks; empty: not yet
};

}  // namespace tome
