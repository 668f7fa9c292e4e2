// SPDX-License-Identifier: GPL-2.0-or-later
// Stored records and kept works: as they come, and sealed with the checksum that they should have.
#include "store/records.h"

#include "store/catalogue.h"
#include "store/passage_block.h"
#include "store/zstd_frame.h"
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

void read_works(const std::string& bytes) {
  const std::optional<Catalogue> read = Catalogue::decode(bytes, nullptr);
  if (!read) return;
  WorkFields fields;
  for (std::size_t i = 0; i < read->size(); ++i) {
    read->view(i, fields);
    require(read->work(i).info.title == fields.title, "a work of two titles");
    read->is_book(i);
    for (const std::string& key : read->work(i).keys) {
      require(read->index_of(key) <= read->size(), "a work that is none");
    }
  }
  const std::string encoded = read->encode();
  const std::optional<Catalogue> again = Catalogue::decode(encoded, nullptr);
  require(encoded.empty() || again, "works that cannot be read again");
  require(!again || again->encode() == encoded, "works that are others when they are read again");
}

// The bytes as a kept catalogue, and as a block of its works.
void run_works(std::string_view bytes) {
  read_works(std::string(bytes));
  read_works(seal(bytes));
  std::string made;
  for (const std::uint64_t number :
       {std::uint64_t{kWorksPerBlock}, std::uint64_t{1}, std::uint64_t{0}}) {
    put_fixed(made, number);
  }
  made.append(kWorksPerBlock / 8, '\1');
  const std::string block = compress(bytes);
  put_fixed(made, block.size());
  read_works(seal(made + block));
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
  run_works(bytes);
}

}  // namespace tome::fuzz
