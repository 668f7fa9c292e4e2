// SPDX-License-Identifier: GPL-2.0-or-later
// Writes a table of Xapian's glass backend, a B-tree, from entries that come in order: each block
// is filled, written once and not touched again, where Xapian's own writer looks for the place of
// each entry. The format is that of backends/glass/glass_table.h of Xapian 1.4 (14 March 2016).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "store/file_parts.h"
#include "tome/result.h"

namespace tome {

// What the version file says of a table (store/glass_version.h).
struct GlassRoot {
  std::uint32_t block = 0;    // the root's
  std::uint32_t level = 0;    // 0: the root is a leaf
  std::uint64_t entries = 0;  // a value that spans items counts once
  std::uint32_t blocks = 0;   // of the file
};

inline constexpr std::uint32_t kGlassBlock = 8192;  // bytes
inline constexpr std::uint32_t kGlassRevision = 1;  // of what is written here
inline constexpr std::size_t kGlassKey = 255;       // bytes of the longest key

// From one thread. An empty value is one.
class GlassTableWriter {
 public:
  static Result<GlassTableWriter> create(const std::filesystem::path& file);

  // REQUIRES: `key` is not empty and after the one before, bytewise. kLimit when it is longer than
  // kGlassKey, or the value than 65,535 items.
  // `deflated`: the value is a stream of RFC 1951, which Xapian opens when it reads it.
  Status add(std::string_view key, std::string_view value, bool deflated = false);

  Result<GlassRoot> finish();
  std::uint64_t entries() const { return entries_; }

 private:
  // A block of one level that is being filled: items from its end down, their places from its
  // front.
  struct Block {
    std::string bytes;
    std::size_t front = 0;  // end of the list of places
    std::size_t back = 0;   // beginning of the items
    std::string first;  // key and component that tell it from the block before; of a branch only
    bool empty() const;
    std::size_t free() const { return back - front; }
  };

  explicit GlassTableWriter(NewFile file) : file_(std::move(file)) {}
  static Block new_block(std::size_t level);
  static void put_item(Block& block, std::string_view item);
  Status add_item(std::string_view key, std::uint32_t component, std::string_view part,
                  unsigned flags);
  Status end_block(std::size_t level);
  Status add_branch(std::size_t level, std::uint32_t block, std::string_view separator);

  NewFile file_;
  std::vector<Block> levels_;  // 0: leaves
  std::uint32_t written_ = 0;  // blocks
  std::uint64_t entries_ = 0;
  std::string item_;       // its room is kept
  std::string last_key_;   // of the leaf's last item
  std::string separator_;  // of the leaf that is being filled from the one before
};

// `value` as a stream of RFC 1951 that holds it as it is (its section 3.2.4): of what is compressed
// already, so that nobody tries again.
std::string stored_deflate(std::string_view value);

}  // namespace tome
