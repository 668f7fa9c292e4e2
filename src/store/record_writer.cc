// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/record_writer.h"

#include <algorithm>

#include "text/codec.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBlockBytes = 16 << 10;  // of entries, at which a block is full
constexpr int kHasty = -50;                    // a tenth is saved, in next to no time

// The entries of several tables in one order, each key once.
class Merge {
  // Whether the entry of one cursor comes after that of another.
  auto after() const {
    return [this](std::size_t a, std::size_t b) {
      const int order = cursors_[a].key().compare(cursors_[b].key());
      return order != 0 ? order > 0 : a > b;
    };
  }

 public:
  explicit Merge(const std::vector<RecordTable>& tables) {
    cursors_.reserve(tables.size());
    for (const RecordTable& table : tables) cursors_.emplace_back(table);
  }

  Status begin() {
    for (std::size_t i = 0; i < cursors_.size(); ++i) {
      if (Status status = cursors_[i].seek(""); !status) return status;
      put(i);
    }
    return Ok{};
  }
  // Null: at the end.
  const RecordCursor* top() const { return heap_.empty() ? nullptr : &cursors_[heap_.front()]; }
  // Goes on behind the key.
  Status pass(const std::string& key) {
    while (!heap_.empty() && cursors_[heap_.front()].key() == key) {
      std::pop_heap(heap_.begin(), heap_.end(), after());
      const std::size_t i = heap_.back();
      heap_.pop_back();
      if (Status status = cursors_[i].next(); !status) return status;
      put(i);
    }
    return Ok{};
  }

 private:
  void put(std::size_t i) {
    if (cursors_[i].at_end()) return;
    heap_.push_back(i);
    std::push_heap(heap_.begin(), heap_.end(), after());
  }

  std::vector<RecordCursor> cursors_;
  std::vector<std::size_t> heap_;  // of cursors that are not at their end
};

using Entries = std::vector<std::pair<std::string, std::string_view>>;

// The entries of the block that the cursor stands in the first of, which it leaves behind.
Status take_block(RecordCursor& cursor, Entries& entries) {
  entries.clear();
  const std::size_t block = cursor.block();
  Status status = Ok{};
  while (status && !cursor.at_end() && cursor.block() == block) {
    entries.emplace_back(cursor.key(), cursor.value());
    status = cursor.next();
  }
  return status;
}

// Writes one table with changes: blocks of which nothing goes and into which nothing comes are not
// compressed again, which is most of the work.
Status edit_table(RecordWriter& writer, const RecordMap& own, const RecordTable& table,
                  const std::function<bool(std::string_view key)>& stays) {
  auto mine = own.begin();
  RecordCursor cursor(table);
  Status status = cursor.seek("");
  Entries entries;
  while (status && !cursor.at_end()) {
    const std::size_t block = cursor.block();
    const RecordCursor held = cursor;  // keeps the values
    if (status = take_block(cursor, entries); !status) return status;
    const std::string& last = entries.back().first;
    const bool all = std::all_of(entries.begin(), entries.end(),
                                 [&](const auto& entry) { return stays(entry.first); });
    if (all && (mine == own.end() || mine->first > last)) {
      const Result<std::string> packed = table.packed(block);
      if (!packed) return packed.error();
      status = writer.add_block(*packed, last, entries.size());
      continue;
    }
    for (const auto& [key, value] : entries) {
      for (; status && mine != own.end() && mine->first < key; ++mine) {
        status = writer.add(mine->first, mine->second);
      }
      const bool replaced = mine != own.end() && mine->first == key;
      if (status && !replaced && stays(key)) status = writer.add(key, value);
    }
  }
  for (; status && mine != own.end(); ++mine) status = writer.add(mine->first, mine->second);
  return status;
}

}  // namespace

Result<RecordWriter> RecordWriter::create(const fs::path& folder, int level) {
  Result<NewFile> file = NewFile::create(folder / kRecordsFile);
  if (!file) return file.error();
  return RecordWriter(std::move(file).value(), level);
}

Status RecordWriter::add(std::string_view key, std::string_view value) {
  std::size_t shared = 0;
  if (!block_.empty()) {
    const auto differ = std::mismatch(key.begin(), key.end(), last_.begin(), last_.end());
    shared = static_cast<std::size_t>(differ.first - key.begin());
  }
  Encoder entry;
  entry.number(shared);
  entry.text(key.substr(shared));
  entry.text(value);
  block_ += entry.take();
  last_ = key;
  ++footer_.entries;
  return block_.size() < kBlockBytes ? Status(Ok{}) : end_block();
}

Status RecordWriter::end_block() {
  if (block_.empty()) return Ok{};
  const std::string packed = pack_block(block_, level_);
  block_.clear();
  return put_block(packed);
}

Status RecordWriter::add_block(std::string_view packed, const std::string& last,
                               std::uint64_t entries) {
  if (Status status = end_block(); !status) return status;
  last_ = last;
  footer_.entries += entries;
  return put_block(packed);
}

Status RecordWriter::put_block(std::string_view packed) {
  Encoder entry;
  entry.text(last_);
  entry.number(packed.size());
  index_ += entry.take();
  ++footer_.blocks;
  footer_.block_bytes += packed.size();
  return file_.write(packed);
}

Status RecordWriter::finish() {
  if (Status status = end_block(); !status) return status;
  const std::string index = pack_block(index_, level_);
  footer_.index_bytes = index.size();
  if (Status status = file_.write(index); !status) return status;
  if (Status status = file_.write(encode_footer(footer_)); !status) return status;
  return file_.close();
}

Status write_records(const fs::path& folder, const RecordMap& own,
                     const std::vector<RecordTable>& tables,
                     const std::function<bool(std::string_view key)>& stays) {
  Result<RecordWriter> writer = RecordWriter::create(folder);
  if (!writer) return writer.error();
  if (tables.size() == 1) {
    const Status status = edit_table(*writer, own, tables[0], stays);
    return status ? writer->finish() : status;
  }
  Merge merge(tables);
  Status status = merge.begin();
  auto mine = own.begin();
  std::string key;
  while (status && (mine != own.end() || merge.top() != nullptr)) {
    const RecordCursor* top = merge.top();
    if (mine != own.end() && (top == nullptr || mine->first <= top->key())) {
      status = writer->add(mine->first, mine->second);
      if (status) status = merge.pass(mine->first);
      ++mine;
      continue;
    }
    key = top->key();
    if (stays(key)) status = writer->add(key, top->value());
    if (status) status = merge.pass(key);
  }
  return status ? writer->finish() : status;
}

Status write_records(const fs::path& folder, const RecordMap& own) {
  Result<RecordWriter> writer = RecordWriter::create(folder, kHasty);
  if (!writer) return writer.error();
  for (const auto& [key, value] : own) {
    if (Status status = writer->add(key, value); !status) return status;
  }
  return writer->finish();
}

}  // namespace tome
