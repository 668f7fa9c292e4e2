// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/record_table.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "store/manifest.h"
#include "store/record_writer.h"
#include "support/folder.h"
#include "support/small_files.h"
#include "text/codec.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

const auto kAll = [](std::string_view) { return true; };

RecordTable open(const fs::path& folder) {
  Result<RecordTable> table = RecordTable::open(folder);
  if (!table) throw std::runtime_error(table.error().message);
  return std::move(table).value();
}

// Writes it both ways.
void write(const fs::path& folder, const RecordMap& records, bool hasty = false) {
  fs::create_directories(folder);
  const Status status =
      hasty ? write_records(folder, records) : write_records(folder, records, {}, kAll);
  ASSERT_TRUE(status.ok()) << status.error().message;
}

// What is visited under a prefix; nothing where that is damage.
std::optional<RecordMap> visited(const RecordTable& table, std::string_view prefix) {
  RecordMap all;
  std::string before;
  const Status status = table.visit(prefix, [&](std::string_view key, std::string_view value) {
    EXPECT_TRUE(all.empty() || before < key);
    before = key;
    all.emplace(key, value);
    return true;
  });
  if (!status) {
    EXPECT_EQ(status.error().code, Code::kDamaged);
    return std::nullopt;
  }
  return all;
}

RecordMap under(const RecordMap& records, std::string_view prefix) {
  RecordMap some;
  for (const auto& [key, value] : records) {
    if (key.starts_with(prefix)) some.emplace(key, value);
  }
  return some;
}

// Holds what `records` do, whatever is asked.
void expect_holds(const RecordTable& table, const RecordMap& records,
                  const std::vector<std::string>& others) {
  EXPECT_EQ(table.size(), records.size());
  EXPECT_EQ(visited(table, ""), records);
  for (const auto& [key, value] : records) {
    const auto got = table.get(key);
    ASSERT_TRUE(got.ok() && got->has_value());
    ASSERT_EQ(**got, value);
  }
  for (const std::string& key : others) {
    const auto found = records.find(key);
    const auto got = table.get(key);
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(got->has_value(), found != records.end());
    const RecordMap some = under(records, key);
    EXPECT_EQ(visited(table, key), some);
    RecordCursor floor(table);
    ASSERT_TRUE(floor.seek_floor(key).ok());
    const auto after = records.upper_bound(key);
    ASSERT_EQ(floor.at_end(), after == records.begin());
    if (!floor.at_end()) {
      EXPECT_EQ(floor.key(), std::prev(after)->first);
      EXPECT_EQ(floor.value(), std::prev(after)->second);
    }
  }
}

class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t most) { return random_() % most; }
  // Of few letters, so that keys are prefixes of each other, some behind a long common part.
  std::string key() {
    std::string key = below(4) == 0 ? std::string(200 + below(2) * 100, 'q') : "";
    for (std::size_t left = below(9); left > 0; --left) key += "\0a/\xff"[below(4)];
    return key;
  }
  std::string value() {
    std::string value;
    const std::size_t size = below(3) == 0 ? below(3000) : below(40);
    while (value.size() < size) value += static_cast<char>(below(below(2) == 0 ? 4 : 256));
    return value;
  }
  RecordMap records(std::size_t count) {
    RecordMap all;
    for (std::size_t i = 0; i < count; ++i) all.insert_or_assign(key(), value());
    return all;
  }

 private:
  std::mt19937 random_;
};

TEST(RecordTable, HoldsWhatAMapHolds) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::printf("seed %u\n", seed);
  RandomRecords random(seed);
  const TestFolder folder;
  for (const std::size_t count : {0u, 1u, 2u, 10u, 300u, 3000u}) {
    for (const bool hasty : {false, true}) {
      const RecordMap records = random.records(count);
      write(folder.path(), records, hasty);
      std::vector<std::string> others = {"", "q", std::string(200, 'q'), "\xff\xff\xff\xff"};
      for (int i = 0; i < 50; ++i) others.push_back(random.key());
      expect_holds(open(folder.path()), records, others);
    }
  }
}

TEST(RecordTable, OfNothing) {
  const TestFolder folder;
  write(folder.path(), {});
  expect_holds(open(folder.path()), {}, {"", "a"});
}

TEST(RecordTable, OfOneEntryWithoutKeyOrValue) {
  const TestFolder folder;
  write(folder.path(), {{"", ""}});
  expect_holds(open(folder.path()), {{"", ""}}, {"a"});
}

TEST(RecordTable, OfAHugeValueBetweenSmallOnes) {
  const TestFolder folder;
  std::string huge;
  std::mt19937 random(5);
  while (huge.size() < 5'000'000) huge += static_cast<char>(random());
  const RecordMap records = {
      {"a", "1"}, {"b", huge}, {"c", std::string(5'000'000, 'x')}, {"d", ""}};
  write(folder.path(), records);
  expect_holds(open(folder.path()), records, {"b", "bb", "e"});
}

// All begin alike, over many blocks, and none is a prefix that is asked for.
TEST(RecordTable, OfKeysThatShareLongPrefixes) {
  const TestFolder folder;
  RecordMap records;
  const std::string prefix(3000, 'p');
  for (int i = 0; i < 5000; ++i) records[prefix + std::to_string(i)] = std::to_string(i * i);
  write(folder.path(), records);
  EXPECT_LT(fs::file_size(folder / kRecordsFile), 100'000u);
  const RecordTable table = open(folder.path());
  EXPECT_EQ(visited(table, ""), records);
  EXPECT_EQ(visited(table, prefix + "49"), under(records, prefix + "49"));
}

TEST(RecordTable, AVisitorMaySayThatARecordIsDamaged) {
  const TestFolder folder;
  write(folder.path(), {{"a", "1"}, {"b", "2"}});
  const Status status = open(folder.path()).visit("", [](std::string_view key, std::string_view) {
    return key != "a";
  });
  EXPECT_EQ(status.error().code, Code::kDamaged);
  EXPECT_EQ(status.error().message, kDamagedRecord);
  EXPECT_EQ(status.error().hint, kDamagedHint);
  EXPECT_EQ(status.error().path, folder.path().string());
}

TEST(RecordTable, IsWrittenInThePlaceOfOneThatIsThere) {
  const TestFolder folder;
  RandomRecords random(3);
  write(folder.path(), random.records(1000));
  write(folder.path(), {{"a", "1"}});
  expect_holds(open(folder.path()), {{"a", "1"}}, {});
}

TEST(RecordTable, AMergeTakesTheFirstOfEach) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::printf("seed %u\n", seed);
  RandomRecords random(seed);
  for (const std::size_t count : {1u, 2u, 7u}) {
    const TestFolder folder;
    RecordMap own = random.records(random.below(30));
    RecordMap wanted = own;
    std::vector<RecordTable> tables;
    const auto stays = [](std::string_view key) { return key.size() % 5 != 2; };
    for (std::size_t i = 0; i < count; ++i) {
      const RecordMap records = random.records(random.below(2) * 800);
      write(folder / std::to_string(i), records);
      tables.push_back(open(folder / std::to_string(i)));
      for (const auto& [key, value] : records) {
        if (stays(key)) wanted.emplace(key, value);
      }
    }
    ASSERT_TRUE(write_records(folder.path(), own, tables, stays).ok());
    EXPECT_EQ(visited(open(folder.path()), ""), wanted);
  }
}

// Most blocks are taken over as they are.
TEST(RecordTable, AnEditOfAFewLeavesTheOthers) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::printf("seed %u\n", seed);
  RandomRecords random(seed);
  const TestFolder folder;
  RecordMap wanted = random.records(2000);
  write(folder / "0", wanted);
  for (int i = 0; i < 30; ++i) {
    const RecordMap own = random.records(random.below(4));
    RecordMap before = wanted;
    std::set<std::string, std::less<>> gone;
    for (std::size_t left = random.below(4); left > 0 && !wanted.empty(); --left) {
      const auto one = std::next(wanted.begin(), static_cast<int>(random.below(wanted.size())));
      gone.insert(one->first);
      wanted.erase(one);
    }
    for (const auto& [key, value] : own) wanted.insert_or_assign(key, value);
    std::vector<RecordTable> tables;
    tables.push_back(open(folder / std::to_string(i)));
    fs::create_directories(folder / std::to_string(i + 1));
    const auto stays = [&](std::string_view key) { return !gone.contains(key); };
    ASSERT_TRUE(write_records(folder / std::to_string(i + 1), own, tables, stays).ok());
    expect_holds(open(folder / std::to_string(i + 1)), wanted, {"", "q", "a"});
  }
}

TEST(RecordTable, AMergeOfADamagedOneIsRefused) {
  const TestFolder folder;
  RandomRecords random(9);
  write(folder / "a", random.records(2000));
  flip_byte(folder / "a/records", 20'000);
  std::vector<RecordTable> tables;
  tables.push_back(open(folder / "a"));
  const Status status = write_records(folder.path(), {}, tables, kAll);
  EXPECT_EQ(status.error().code, Code::kDamaged);
  EXPECT_EQ(status.error().path, (folder / "a").string());
}

// What the table says of itself is asked; each answer is the right one or damage.
bool is_found(const fs::path& folder, const RecordMap& records) {
  const Result<RecordTable> table = RecordTable::open(folder);
  if (!table) {
    EXPECT_EQ(table.error().code, Code::kDamaged);
    return true;
  }
  bool found = false;
  const auto all = visited(*table, "");
  found = found || !all;
  if (all) {
    EXPECT_EQ(*all, records);
  }
  for (const auto& [key, value] : records) {
    const auto got = table->get(key);
    found = found || !got;
    if (got) {
      EXPECT_EQ(got->value_or("none"), value);
    }
  }
  RecordCursor last(*table);
  if (last.seek_floor("\xff")) {
    EXPECT_EQ(last.key(), records.rbegin()->first);
  }
  return found;
}

class SpoiltTable : public testing::Test {
 protected:
  SpoiltTable() {
    for (int i = 0; i < 30; ++i)
      records_["key/" + std::to_string(i * 37 % 100)] =
          std::string(2000, static_cast<char>('a' + i));
    write(folder_.path(), records_);
    bytes_ = bytes_of(file_);
  }

  TestFolder folder_;
  fs::path file_ = folder_ / kRecordsFile;
  RecordMap records_;
  std::string bytes_;
};

TEST_F(SpoiltTable, EachFlippedByteIsFound) {
  ASSERT_LT(bytes_.size(), 1500u);
  ASSERT_FALSE(is_found(folder_.path(), records_));
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    for (const char bit : {'\x01', '\x80'}) {
      std::string bytes = bytes_;
      bytes[at] = static_cast<char>(bytes[at] ^ bit);
      write_bytes(file_, bytes);
      EXPECT_TRUE(is_found(folder_.path(), records_)) << at;
    }
  }
}

TEST_F(SpoiltTable, EachTruncationIsFound) {
  for (std::size_t size = 0; size < bytes_.size(); ++size) {
    write_bytes(file_, bytes_.substr(0, size));
    EXPECT_TRUE(is_found(folder_.path(), records_)) << size;
    write_bytes(file_, bytes_.substr(bytes_.size() - size));
    EXPECT_TRUE(is_found(folder_.path(), records_)) << "from the end " << size;
  }
}

TEST_F(SpoiltTable, WhatIsLostAfterItWasOpenedIsFound) {
  const RecordTable table = open(folder_.path());
  ASSERT_TRUE(table.get("key/0")->has_value());
  fs::resize_file(file_, 0);
  EXPECT_EQ(table.get("key/99").error().code, Code::kDamaged);
  EXPECT_TRUE(table.get("key/0").ok());  // what was read last is kept
}

TEST_F(SpoiltTable, ItsNameMayBeTakenAwayWhileItIsOpen) {
  const RecordTable table = open(folder_.path());
  fs::remove(file_);
  expect_holds(table, records_, {});
  EXPECT_EQ(RecordTable::open(folder_.path()).error().code, Code::kDamaged);
  fs::create_directory(file_);
  EXPECT_EQ(RecordTable::open(folder_.path()).error().code, Code::kIo);
}

// Parts that are sealed, and contradict each other.
std::string entry(std::size_t shared, std::string_view rest, std::string_view value) {
  Encoder out;
  out.number(shared);
  out.text(rest);
  out.text(value);
  return out.take();
}

struct Part {
  std::string entries;
  std::string last;  // as the index tells it
};

std::string table_of(const std::vector<Part>& parts) {
  std::string file;
  Encoder index;
  RecordFooter footer;
  for (const Part& part : parts) {
    const std::string packed = pack_block(part.entries, kZstdLevel);
    file += packed;
    index.text(part.last);
    index.number(packed.size());
    ++footer.blocks;
  }
  footer.block_bytes = file.size();
  const std::string packed = pack_block(index.take(), kZstdLevel);
  footer.index_bytes = packed.size();
  return file + packed + encode_footer(footer);
}

TEST_F(SpoiltTable, WhatContradictsItselfIsFound) {
  const std::string a = entry(0, "a", "1");
  const std::string c = entry(0, "c", "3");
  write_bytes(file_, table_of({{a + entry(1, "b", "2"), "ab"}, {c, "c"}}));
  EXPECT_EQ(visited(open(folder_.path()), ""), (RecordMap{{"a", "1"}, {"ab", "2"}, {"c", "3"}}));
  const std::vector<std::pair<const char*, std::vector<Part>>> table = {
      {"a key twice", {{a + a, "a"}}},
      {"keys that fall", {{c + a, "a"}}},
      {"more shared than there is", {{a + entry(2, "b", "2"), "ab"}}},
      {"shared with nothing", {{entry(1, "a", "1"), "a"}}},
      {"another last key", {{a, "b"}}},
      {"a key beyond the last", {{a + c, "b"}}},
      {"blocks that overlap", {{a + c, "c"}, {entry(0, "b", "2") + entry(0, "d", "4"), "d"}}},
      {"blocks in another order", {{c, "c"}, {a, "a"}}},
      {"an empty block", {{"", "a"}}},
      {"an entry that is cut", {{a + "\x01", "a"}}},
      {"a value that is cut", {{entry(0, "a", "1").substr(0, 3), "a"}}}};
  for (const auto& [what, parts] : table) {
    write_bytes(file_, table_of(parts));
    const Result<RecordTable> spoilt = RecordTable::open(folder_.path());
    ASSERT_TRUE(spoilt.ok()) << what;
    EXPECT_FALSE(visited(*spoilt, "")) << what;
  }
}

TEST_F(SpoiltTable, AFooterThatDoesNotFitIsFound) {
  const std::string file = bytes_.substr(0, bytes_.size() - kFooterBytes);
  RecordFooter footer;
  ASSERT_TRUE(decode_footer(bytes_.substr(file.size()), footer));
  EXPECT_EQ(footer.entries, records_.size());
  const auto spoil = [&](auto change) {
    RecordFooter other = footer;
    change(other);
    write_bytes(file_, file + encode_footer(other));
    const Result<RecordTable> table = RecordTable::open(folder_.path());
    return !table || !visited(*table, "");
  };
  EXPECT_FALSE(spoil([](RecordFooter&) {}));
  EXPECT_TRUE(spoil([](RecordFooter& one) { ++one.blocks; }));
  EXPECT_TRUE(spoil([](RecordFooter& one) { --one.index_bytes; }));
  EXPECT_TRUE(spoil([](RecordFooter& one) { one.block_bytes = UINT64_MAX; }));
  EXPECT_TRUE(spoil([](RecordFooter& one) {
    ++one.block_bytes;
    --one.index_bytes;
  }));
  EXPECT_TRUE(spoil([](RecordFooter& one) {
    one.block_bytes += one.index_bytes;
    one.index_bytes = 0;
  }));
}

TEST(RecordWriter, SaysWhereThereIsNoRoom) {
  const TestFolder folder;
  RandomRecords random(4);
  const RecordMap records = random.records(3000);
  int refused = 0;
  for (rlim_t bytes = 0; bytes < 2'000'000; bytes = bytes * 2 + 4000) {
    const SmallFiles small(bytes);
    const Status status = write_records(folder.path(), records, {}, kAll);
    if (status) break;
    ++refused;
    EXPECT_EQ(status.error().code, Code::kIo);
    EXPECT_EQ(status.error().path, (folder / kRecordsFile).string());
    EXPECT_NE(status.error().hint.find("ulimit -f"), std::string::npos) << status.error().hint;
  }
  EXPECT_GT(refused, 3);
  EXPECT_EQ(visited(open(folder.path()), ""), records);
  EXPECT_EQ(write_records(folder / "none", records).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace tome
