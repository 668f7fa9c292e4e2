// SPDX-License-Identifier: GPL-2.0-or-later
// What a Reader holds. For the sources of Reader alone: it needs <xapian.h>.
#pragma once

#include <xapian.h>

#include <functional>
#include <optional>
#include <set>
#include <unordered_map>

#include "store/document_set.h"
#include "store/passage_reader.h"
#include "store/reader.h"
#include "store/shard.h"
#include "store/weighed_source.h"
#include "text/word_table.h"

namespace tome {

inline Error damaged(const Xapian::Error& error, const std::filesystem::path& path) {
  return damaged("the index is damaged: " + error.get_description(), path);
}

struct Reader::Impl {
  // A database of `all`, in its order.
  struct Segment {
    Xapian::Database database;
    std::filesystem::path path;
    std::shared_ptr<const RecordTable> records;  // null: remote
    std::size_t shard = 0;                       // in `shards`
    bool remote = false;
    PassageReader passages = {};                          // of `database`
    std::shared_ptr<const DocumentLengths> lengths = {};  // see uses_lengths()
    std::shared_ptr<KnownSets> sets = {};                 // the same
  };

  std::filesystem::path index;
  ReaderOptions options;
  std::vector<ShardPlaces> places;  // of the shards that were wanted; none: the index alone
  Manifest manifest;                // of all shards that are open, one after the other
  Xapian::Database all;
  std::vector<std::shared_ptr<Shard>> shards;
  std::vector<Segment> segments;
  std::vector<MissingShard> missing;
  std::map<std::string, std::uint64_t> languages;
  bool remote = false;  // some shard is
  std::optional<Catalogue> catalogue;
  std::optional<AcronymTable> acronyms;
  std::unordered_map<std::string, std::uint64_t> frequencies;  // of terms, where asking takes time
  std::map<std::size_t, std::string> lost;                     // shard -> reason; since opening
  std::uint64_t matches = 0;                                   // that were asked for

  // Takes the shards that are open together.
  void join();

  // What an exception of segment `i` says.
  Error error_in(const Xapian::Error& error, std::size_t i) const;
  // Takes note when segment `i` failed in such a way that its shard is lost: it no longer answers,
  // or it is damaged and there are others. What is to be said of it.
  Error told(std::size_t i, Error error);
  // The same of a record that is not what was written.
  Error broken(std::size_t i);
  // The same of a call that failed in segment `i`.
  Error failed(const Xapian::Error& error, std::size_t i);
  // The same of a call of `all`: finds the shards that no longer answer, and those local ones of
  // which a single database fails in the same call, `again`.
  using Again = std::function<void(const Xapian::Database&)>;
  Error failed(const Xapian::Error& error, const Again& again);

  bool can_do_without(std::size_t shard) const;  // others can answer, or a replica
  Error lose(std::size_t shard, const std::string& reason);

  // Whether all segments have their lengths, which are read here.
  bool uses_lengths();

  // Fetches where the blocks of documents begin, of each segment those pieces that are not known.
  Status learn_heads(const std::vector<std::set<std::uint32_t>>& pieces);

  // Calls visit(segment number, key) for each key of the local segments' records that begins with
  // `prefix`.
  Status each_key(std::string_view prefix,
                  const std::function<void(std::size_t, std::string_view)>& visit);

  // Calls visit(record) for each record of a kind ("source/", "work/"); false from it is damage.
  using VisitRecord = std::function<bool(std::string_view)>;
  Status each_record(std::string_view kind, const VisitRecord& visit);
  // The same for each record whose key begins with `prefix`; of served shards only for that of that
  // very key.
  Status each_value(std::string_view prefix, const VisitRecord& visit);
  // The same for local ones, and for what `fetch` calls its argument with, of each served one.
  using Fetch = std::function<Status(const Xapian::Database&, const VisitRecord&)>;
  Status each_local(std::string_view prefix, const Fetch& fetch, const VisitRecord& visit);

  // The terms of the works that have passages. REQUIRES: nothing is served.
  Result<WordTable<char>> work_terms();

  // task(segment number) for each segment: those of served shards at once, each shard in a thread.
  // The first failure, if any.
  Status each_segment(const std::function<Status(std::size_t)>& task);
};

}  // namespace tome
