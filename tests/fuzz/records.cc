// SPDX-License-Identifier: GPL-2.0-or-later
// Stored records: as they come, and sealed with the checksum that they should have.
#include "store/records.h"

#include "store/passage_block.h"
#include "target.h"
#include "text/codec.h"

namespace tome::fuzz {
namespace {

template <class Record>
void run_record(std::string_view sealed) {
  Record record;
  if (!decode(sealed, record)) return;
  // Not the same bytes: a number has longer forms, and a kind that is not known becomes one.
  Record again;
  const std::string encoded = encode(record);
  require(decode(encoded, again), "a record that cannot be read again");
  require(encode(again) == encoded, "a record that is another one when it is read again");
}

void run_passage(std::string_view bytes) {
  PassageRecord record;
  if (!read_passage(bytes, record)) return;
  PassageRecord again;
  const std::string encoded = write_passage(record);
  require(read_passage(encoded, again), "a passage that cannot be read again");
  require(write_passage(again) == encoded, "a passage that is another one when it is read again");
}

// The bytes as what a document of the index holds.
void run_data(std::string_view data) {
  BlockPlace place;
  PassageBlock block;
  PassageRecord record;
  const bool led = read_place(data, place);
  const bool opened = block.open(data);
  require(led || !opened, "a block that is no place");
  if (opened && block.read(place, record)) run_passage(write_passage(record));
}

void run_block(std::string_view bytes) {
  run_data(bytes);
  run_data(std::string(1, '\1') + seal(bytes));
  const std::vector<std::string> data = write_block({std::string(bytes), std::string(bytes)});
  for (const std::string& one : data) run_data(one);
  PassageBlock block;
  require(block.open(data[0]), "a block that cannot be read again");
}

void run_all(std::string_view sealed) {
  run_record<SourceRecord>(sealed);
  run_record<WorkRecord>(sealed);
}

}  // namespace

void run_records(std::string_view bytes) {
  run_all(bytes);
  run_all(seal(bytes));
  run_passage(bytes);
  run_block(bytes);
}

}  // namespace tome::fuzz
