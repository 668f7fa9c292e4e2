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

namespace tome {

inline constexpr std::string_view kDamagedRecord =
    "the index is damaged: a record is not what was written";

inline Error damaged(const Xapian::Error& error, const std::filesystem::path& path) {
  return damaged("the index is damaged: " + error.get_description(), path);
}

struct Reader::Impl {
  // A database of `all`, in its order.
  struct Segment {
    Xapian::Database database;
    std::filesystem::path path;
    std::size_t shard = 0;  // in `shards`
    bool remote = false;
    PassageReader passages;                          // of `database`
    std::shared_ptr<const DocumentLengths> lengths;  // see uses_lengths()
    std::shared_ptr<KnownSets> sets;                 // the same
    std::optional<std::size_t> word_blocks;          // of its list of words; learnt when it is read
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

  // Calls visit(segment number, rest of the key) for each metadata key under `prefix` of the local
  // segments.
  template <class Visit>
  Status each_key(std::string_view prefix, Visit visit) {
    for (std::size_t i = 0; i < segments.size(); ++i) {
      try {
        const std::string start(prefix);
        const Xapian::Database& database = segments[i].database;
        for (auto key = database.metadata_keys_begin(start);
             key != database.metadata_keys_end(start); ++key) {
          visit(i, (*key).substr(start.size()));
        }
      } catch (const Xapian::Error& error) {
        return failed(error, i);
      }
    }
    return Ok{};
  }

  // Calls visit(value) for each record of a kind ("source/", "work/").
  Status each_record(std::string_view kind, const std::function<bool(std::string_view)>& visit);
  // Calls visit(value) for each metadata value under `prefix`; of served shards only for that very
  // key.
  Status each_value(std::string_view prefix, const std::function<bool(std::string_view)>& visit);

  // task(segment number) for each segment: those of served shards at once, each shard in a thread.
  // The first failure, if any.
  Status each_segment(const std::function<Status(std::size_t)>& task);
};

}  // namespace tome
