// SPDX-License-Identifier: GPL-2.0-or-later
// Tables of records: the file as it comes, and parts of one put together with the checksums that
// they should have.
#include "store/record_writer.h"
#include "support/folder.h"
#include "target.h"
#include "text/codec.h"

namespace tome::fuzz {
namespace {

namespace fs = std::filesystem;

// Of pairs of fields: the last key of a block as the index tells it, its entries.
std::string put_together(std::string_view bytes) {
  std::string file;
  Encoder index;
  RecordFooter footer;
  Decoder in(bytes);
  while (in.ok() && !in.at_end()) {
    index.text(in.text());
    const std::string packed = pack_block(in.text(), kZstdLevel);
    index.number(packed.size());
    file += packed;
    ++footer.blocks;
  }
  footer.block_bytes = file.size();
  const std::string packed = pack_block(index.take(), kZstdLevel);
  footer.index_bytes = packed.size();
  return file + packed + encode_footer(footer);
}

// All entries; false when some part is not what was written.
bool read_all(const RecordTable& table, RecordMap& all) {
  bool rises = true;
  const Status status = table.visit("", [&](std::string_view key, std::string_view value) {
    rises = rises && (all.empty() || all.rbegin()->first < key);
    all.emplace_hint(all.end(), key, value);
    return true;
  });
  require(rises, "keys that do not rise");
  require(status.ok() || !status.error().message.empty(), "an error without a message");
  return status.ok();
}

void read_table(std::string_view file) {
  static const TestFolder folder;
  folder.write(kRecordsFile, file);
  const Result<RecordTable> table = RecordTable::open(folder.path());
  if (!table) {
    require(!table.error().message.empty(), "an error without a message");
    return;
  }
  RecordMap all;
  const bool sound = read_all(*table, all);
  for (const auto& [key, value] : all) {
    const auto got = table->get(key);
    require(!sound || got.ok(), "an entry that is visited and cannot be read");
    require(!got.ok() || *got == value, "an entry that is read otherwise than visited");
    RecordCursor floor(*table);
    const bool found = floor.seek_floor(key + '\0').ok() && !floor.at_end();
    require(!sound || found, "an entry that is not found");
    require(!found || floor.key() == key || floor.key() == key + '\0', "another entry is found");
  }
  if (!sound) return;
  const fs::path copy = folder.path() / "copy";
  fs::create_directories(copy);
  RecordMap again;
  require(write_records(copy, all).ok(), "a table that cannot be written");
  const Result<RecordTable> written = RecordTable::open(copy);
  require(written.ok() && read_all(*written, again) && again == all,
          "a table that is another one when it is read again");
}

}  // namespace

void run_table(std::string_view bytes) {
  read_table(bytes);
  read_table(put_together(bytes));
}

}  // namespace tome::fuzz
