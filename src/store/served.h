// SPDX-License-Identifier: GPL-2.0-or-later
// A generation as it is served to other machines: one Xapian database of all its segments, with
// what a reader wants to know of it in few pieces, since each takes a round trip.
//
//   <index>/served/shelf             a stub that names the database in force; Xapian's servers open
//                                    it anew for each connection
//   <index>/served/segments/<name>/  databases, never changed once the stub names them
//
// What segments have in their tables of records stands in Xapian's metadata there: "source/<id>" as
// in the tables and the list of words as "words/000000" ..., each sealed; and in pieces of about a
// megabyte "served/source/000000" ... and "served/work/000000" ...: the source records; the work
// records of which a passage is there. "served/manifest" is as in generations/;
// "served/heads/000000" ...: see store/block_heads.h.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/manifest.h"
#include "tome/result.h"

namespace Xapian {
class Database;
}

namespace tome {

inline constexpr std::string_view kServedStub = "served/shelf";

// The manifest of a served database. kUnsupported when it is none, or one of another schema.
Result<Manifest> served_manifest(const Xapian::Database& database);

// Calls visit(record) for each record of a kind ("source/", "work/"); false from it or a damaged
// piece ends it with kDamaged. Throws what Xapian throws.
Status each_served(const Xapian::Database& database, std::string_view kind,
                   const std::function<bool(std::string_view)>& visit);

// The same for the source record of this key, where it is there.
Status visit_served(const Xapian::Database& database, std::string_view key,
                    const std::function<bool(std::string_view)>& visit);

// The heads of piece `number`; none where an earlier tome served the database. False when they are
// damaged. Throws what Xapian throws.
bool read_heads(const Xapian::Database& database, std::uint32_t number,
                std::vector<std::uint32_t>& heads);

struct Served {
  std::uint64_t generation = 0;
  std::filesystem::path stub;      // what a server opens
  std::filesystem::path database;  // what the stub names now
};

// Makes the generation in force ready to be served, if it is not, and lets the stub name it. What
// was served before stays until drop_served(). REQUIRES: one caller at a time.
Result<Served> make_served(const std::filesystem::path& index);

// Removes databases that the stub does not name, but those in `used` (folders), and none shortly
// after the stub was replaced. Whether none is left.
bool drop_served(const std::filesystem::path& index, const std::set<std::filesystem::path>& used);

}  // namespace tome
