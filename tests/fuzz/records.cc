// SPDX-License-Identifier: GPL-2.0-or-later
// Stored records: as they come, and sealed with the checksum that they should have.
#include "store/records.h"

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

void run_all(std::string_view sealed) {
  run_record<PassageRecord>(sealed);
  run_record<SourceRecord>(sealed);
  run_record<WorkRecord>(sealed);
}

}  // namespace

void run_records(std::string_view bytes) {
  run_all(bytes);
  run_all(seal(bytes));
}

}  // namespace tome::fuzz
