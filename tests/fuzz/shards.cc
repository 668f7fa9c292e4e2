// SPDX-License-Identifier: GPL-2.0-or-later
// What is read of shards: addresses, the lists of them in shelf.toml, and the pieces of metadata
// that a served one answers with, as they come and sealed with the checksum that they should have.
#include <algorithm>

#include "store/block_heads.h"
#include "store/database.h"
#include "store/served.h"
#include "store/shard_address.h"
#include "store/shelf_config.h"
#include "support/folder.h"
#include "target.h"
#include "text/codec.h"

namespace tome::fuzz {
namespace {

void read_address(std::string_view text) {
  const Result<ShardAddress> address = parse_shard_address(text);
  if (!address) {
    require(!address.error().message.empty(), "an error without a message");
    return;
  }
  const Result<ShardAddress> again = parse_shard_address(to_string(*address));
  require(again.ok() && *again == *address, "an address that cannot be read again");
  if (address->kind == ShardAddress::Kind::kLocal) return;
  // They become arguments of ssh, which Xapian splits at blanks and a shell there reads.
  for (const std::string& part : {address->host, address->path}) {
    require(part.find_first_of(" \t\r\n\v\f'\"\\$`;&|<>(){}[]*?!#~^") == part.npos &&
                part.find('\0') == part.npos && !part.starts_with('-'),
            "an address that a shell would read otherwise");
  }
  require(!address->host.empty(), "an address without a host");
}

void read_config(std::string_view bytes) {
  static const TestFolder folder;
  folder.write("shelf.toml", bytes);
  const Result<ShelfConfig> config = read_shelf_config(folder.path());
  if (!config) {
    require(!config.error().message.empty(), "an error without a message");
    return;
  }
  require(config->shards.size() <= kMostShards && config->spread <= kMostShards, "too many shards");
  require(config->part.of == 0 || config->part.number < config->part.of, "a part that is none");
  for (const ShardPlaces& places : config->shards) {
    require(!places.replicas.empty(), "a shard without a place");
  }
  require(write_shelf_config(folder.path(), *config).ok(), "a list that cannot be written");
  const Result<ShelfConfig> again = read_shelf_config(folder.path());
  require(again.ok() && *again == *config, "a list that is another one when it is read again");
}

void read_heads(std::string_view piece) {
  std::vector<std::uint32_t> heads;
  if (!decode_heads(piece, heads)) return;
  require(std::adjacent_find(heads.begin(), heads.end(), std::greater_equal<>()) == heads.end(),
          "heads that do not rise");
  for (const std::uint32_t head : heads) require(head_of(heads, head) == head, "another head");
  std::vector<std::uint32_t> again;
  require(decode_heads(encode_heads(heads), again) && again == heads, "other heads");
}

// A piece, and the one that it may say to follow.
void read_pieces(std::string_view first, std::string_view second) {
  Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
  database.set_metadata("served/source/000000", std::string(first));
  database.set_metadata("served/source/000001", std::string(second));
  std::size_t bytes = 0;
  const Status status = each_served(database, "source/", [&](std::string_view record) {
    bytes += record.size();
    return true;
  });
  require(bytes <= first.size() + second.size(), "more than there is");
  require(status.ok() || !status.error().message.empty(), "an error without a message");
}

}  // namespace

void run_shards(std::string_view bytes) {
  read_config(bytes);
  read_heads(bytes);
  read_heads(seal(bytes));
  const std::string sealed = seal(bytes);
  read_pieces(bytes, bytes);
  read_pieces('\0' + sealed, "");
  read_pieces('\1' + sealed, '\0' + sealed);
  while (!bytes.empty()) read_address(take_line(bytes));
}

}  // namespace tome::fuzz
