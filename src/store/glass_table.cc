// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/glass_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tome {
namespace {

// A block: revision (4 bytes), level (1), the largest free run (2), free bytes (2), end of the list
// of places (2), then that list, two bytes a place. Numbers have their highest byte first.
constexpr std::size_t kFront = 11;
constexpr std::size_t kPlace = 2;

// An item of a leaf: its size less three with flags in the three highest bits (2 bytes), the
// length of the key (1), the key, which component of the value it is (2, not of the first), the
// part of the value. At least four fit in a block.
constexpr std::size_t kItemHead = 3;
constexpr std::size_t kComponent = 2;
constexpr std::size_t kMostItem = (kGlassBlock - kFront - 4 * kPlace) / 4;
constexpr unsigned kDeflated = 0x8000;
constexpr unsigned kLast = 0x4000;
constexpr unsigned kFirst = 0x2000;

// With less room than this at the end of a block a value begins in the next, though its beginning
// would fit: the branches' keys get longer by what is split.
constexpr std::size_t kWorthSplitting = 34;

constexpr std::size_t kMostComponents = 0xffff;
constexpr std::size_t kMostLevels = 10;  // Xapian's bound

void put2(std::string& out, std::size_t number) {
  out += static_cast<char>((number >> 8) & 0xffu);
  out += static_cast<char>(number & 0xffu);
}

void set2(std::string& out, std::size_t at, std::size_t number) {
  out[at] = static_cast<char>((number >> 8) & 0xffu);
  out[at + 1] = static_cast<char>(number & 0xffu);
}

void put4(std::string& out, std::uint32_t number) {
  put2(out, number >> 16);
  put2(out, number & 0xffffu);
}

// Key and component as items and branches have them.
std::string told_by(std::string_view key, std::size_t component) {
  std::string out(1, static_cast<char>(key.size()));
  out += key;
  put2(out, component);
  return out;
}

// The shortest key that is after `before` and not after `key`.
std::string separator_of(std::string_view before, std::string_view key, std::size_t component) {
  const std::size_t most = std::min(before.size(), key.size());
  const auto differ =
      std::mismatch(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(most), before.begin());
  const auto shared = static_cast<std::size_t>(differ.first - key.begin());
  return told_by(key.substr(0, std::min(shared + 1, key.size())), component);
}

}  // namespace

bool GlassTableWriter::Block::empty() const { return front == kFront; }

GlassTableWriter::Block GlassTableWriter::new_block(std::size_t level) {
  Block block;
  block.bytes.assign(kGlassBlock, '\0');
  block.bytes[3] = static_cast<char>(kGlassRevision);
  block.bytes[4] = static_cast<char>(level);
  block.front = kFront;
  block.back = kGlassBlock;
  return block;
}

// REQUIRES: there is room for it.
void GlassTableWriter::put_item(Block& block, std::string_view item) {
  block.back -= item.size();
  item.copy(&block.bytes[block.back], item.size());
  set2(block.bytes, block.front, block.back);
  block.front += kPlace;
}

Result<GlassTableWriter> GlassTableWriter::create(const std::filesystem::path& file) {
  Result<NewFile> writer = NewFile::create(file);
  if (!writer) return writer.error();
  GlassTableWriter table(std::move(writer).value());
  table.levels_.push_back(new_block(0));
  // A table begins with an entry that has no key.
  std::string nothing;
  put2(nothing, kFirst | kLast);
  nothing += '\0';
  put_item(table.levels_[0], nothing);
  return table;
}

Status GlassTableWriter::add(std::string_view key, std::string_view value, bool deflated) {
  if (key.size() > kGlassKey) {
    return Error{Code::kLimit, fmt::format("a key of {} bytes is too long", key.size()), "", ""};
  }
  const std::size_t most =
      kMostItem - kItemHead - key.size() - kComponent;  // of the value, an item
  std::size_t first = most + kComponent;
  if (value.size() <= first) {
    first = value.size();
  } else {
    // What is left of this block takes its beginning, where that spares an item or is worth it.
    const std::size_t head = kPlace + kItemHead + key.size();
    const std::size_t room = levels_[0].free() % (kMostItem + kPlace);
    if (room > head + kComponent) {
      const std::size_t part = room - head - kComponent;
      if (part >= (value.size() - kComponent) % most || part >= key.size() + kWorthSplitting) {
        first = part + kComponent;
      }
    }
  }
  const std::size_t count = 1 + (value.size() - first + most - 1) / most;
  if (count > kMostComponents) {
    return Error{Code::kLimit, fmt::format("a value of {} bytes is too large", value.size()), "",
                 ""};
  }
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string_view part = value.substr(0, i == 1 ? first : most);
    value.remove_prefix(part.size());
    const unsigned flags =
        (deflated ? kDeflated : 0) | (i == 1 ? kFirst : 0) | (i == count ? kLast : 0);
    if (Status status = add_item(key, static_cast<std::uint32_t>(i), part, flags); !status) {
      return status;
    }
  }
  ++entries_;
  return Ok{};
}

Status GlassTableWriter::add_item(std::string_view key, std::uint32_t component,
                                  std::string_view part, unsigned flags) {
  item_.clear();
  const std::size_t size = kItemHead + key.size() + (component > 1 ? kComponent : 0) + part.size();
  put2(item_, (size - kItemHead) | flags);
  item_ += static_cast<char>(key.size());
  item_ += key;
  if (component > 1) put2(item_, component);
  item_ += part;
  if (levels_[0].free() < item_.size() + kPlace) {
    if (Status status = end_block(0); !status) return status;
    separator_ = separator_of(last_key_, key, component);
  }
  put_item(levels_[0], item_);
  last_key_ = key;
  return Ok{};
}

// Writes the block of a level and tells the level above; a new one takes its place.
Status GlassTableWriter::end_block(std::size_t level) {
  Block& block = levels_[level];
  set2(block.bytes, 5, block.free());
  set2(block.bytes, 7, block.free());
  set2(block.bytes, 9, block.front);
  if (Status status = file_.write(block.bytes); !status) return status;
  const std::string separator = level == 0 ? separator_ : block.first;
  block = new_block(level);
  return add_branch(level + 1, written_++, separator);
}

Status GlassTableWriter::add_branch(std::size_t level, std::uint32_t block,
                                    std::string_view separator) {
  if (level == kMostLevels) return Error{Code::kLimit, "a table has too many levels", "", ""};
  if (level == levels_.size()) levels_.push_back(new_block(level));
  std::string item;
  put4(item, block);
  item += separator;
  if (levels_[level].free() < item.size() + kPlace) {
    if (Status status = end_block(level); !status) return status;
  }
  Block& branch = levels_[level];
  if (branch.empty()) {  // its first item has no key: all before the second are there
    branch.first = separator;
    item.resize(4);
    item += told_by("", 0);
  }
  put_item(branch, item);
  return Ok{};
}

Result<GlassRoot> GlassTableWriter::finish() {
  // A level with one block, of which nothing was written before, is the root.
  std::size_t level = 0;
  while (true) {
    const bool root = level + 1 == levels_.size();
    if (root) break;
    if (Status status = end_block(level); !status) return status.error();
    ++level;
  }
  Block& block = levels_[level];
  set2(block.bytes, 5, block.free());
  set2(block.bytes, 7, block.free());
  set2(block.bytes, 9, block.front);
  if (Status status = file_.write(block.bytes); !status) return status.error();
  if (Status status = file_.close(); !status) return status.error();
  GlassRoot root;
  root.block = written_++;
  root.level = static_cast<std::uint32_t>(level);
  root.entries = entries_;
  root.blocks = written_;
  return root;
}

std::string stored_deflate(std::string_view value) {
  std::string out;
  do {
    const std::string_view part = value.substr(0, 0xffff);
    value.remove_prefix(part.size());
    out += value.empty() ? '\1' : '\0';  // whether it is the last part
    for (const std::size_t number : {part.size(), ~part.size()}) {
      out += static_cast<char>(number & 0xffu);
      out += static_cast<char>((number >> 8) & 0xffu);
    }
    out += part;
  } while (!value.empty());
  return out;
}

}  // namespace tome
