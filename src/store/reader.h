// SPDX-License-Identifier: GPL-2.0-or-later
// Reader: one generation of an index, or of each shard of a shelf, open for asking.
//
// Keeps the generation it opened whatever is published later. Not safe for use by two threads at
// once: open one a thread (cheap). Damage found while reading is kDamaged, never an empty answer.
// Over shards the statistics are those of all, so that scores are those of one index of the same
// sources. A shard that does not answer when it is opened is missing(); one that fails later makes
// the call fail with kUnreachable, and recover() goes on without it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/acronym_table.h"
#include "store/catalogue.h"
#include "store/generation.h"
#include "store/match.h"
#include "store/packed_source.h"
#include "store/records.h"
#include "store/shard_address.h"
#include "store/word_list.h"
#include "tome/result.h"
#include "tome/shards.h"

namespace tome {

struct Candidate {
  std::uint32_t document = 0;  // valid for this Reader only
  double weight = 0;
};

struct Candidates {
  std::vector<Candidate> list;  // by falling weight, see comparable()
  std::uint64_t estimate = 0;   // passages that match, about
  bool exhausted = false;       // nothing matches beyond this list
  bool by_id = false;           // nothing weighs anything: in the order of passage IDs
};

// A weight as far as it can be told apart: sums of the same parts in another order differ beyond.
double comparable(double weight);

struct Bm25 {
  double k1 = 1.2;
  double b = 0.75;
};

// Where a work key stands: its passages, and the files they come from ("root/path").
struct WorkUse {
  std::uint64_t passages = 0;
  std::vector<std::string> files;
};

struct ReaderOptions {
  ShardOptions shards;
  std::uint64_t most = kSmallIndexBytes;  // an index of so many bytes is read whole
  unsigned connections = 3;               // to each served shard, to read text by
};

class Reader {
 public:
  // Opens the generation in force of an index directory, which lists no shards or whose shards are
  // not wanted. kNotFound with a hint when there is no index or nothing in it. An index of at most
  // `most` bytes is read whole, see verify_segments().
  static Result<Reader> open(const std::filesystem::path& index,
                             std::uint64_t most = kSmallIndexBytes);
  // The same of the shards that `options` or else the index directory lists; of the directory when
  // neither lists any. Fails when no shard answers.
  static Result<Reader> open_shelf(const std::filesystem::path& index, ReaderOptions options);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  // Of several shards: generations and passages added up, segments one after the other.
  const Manifest& manifest() const;
  const std::filesystem::path& index() const;

  // What is open, told from every other generation and choice of shards.
  std::string state() const;
  bool is_sharded() const;
  bool is_far() const;  // some of it takes a round trip to ask
  const std::vector<MissingShard>& missing() const;
  // Every shard with its latency, which is measured here; none for an index without shards.
  std::vector<ShardStatus> shards() const;

  // Index directories of the local shards.
  std::vector<std::filesystem::path> folders() const;

  // After a call that failed: opens anew without the shards that were lost by it, with a replica of
  // them, or with a connection that is fresh; true when the question may be asked again.
  Result<bool> recover();
  // Opens what is newer: generations of local shards, shards that may be back. True when it did.
  // Asks nothing of shards that are far and answered.
  Result<bool> renew();
  // The same, and asks shards that are far whether they have a newer generation, which takes time.
  Result<bool> look_far();

  // Candidates [first, first + count) in order of weight, and as many more as weigh the same as the
  // last: what is equal is not cut by the order in which it was indexed. (Thousands that weigh the
  // same are cut.) Where nothing weighs anything: in the order of passage IDs, exactly `count`.
  // The next call's `first`: the number of all that were given so far.
  Result<Candidates> match(const Match& match, std::uint64_t first, std::uint64_t count,
                           const Bm25& bm25 = {}) const;
  Result<PassageRecord> read(std::uint32_t document) const;
  // The passage IDs of some candidates, in their order: faster than to read them, but for served
  // shards.
  Result<std::vector<std::string>> ids(std::span<const Candidate> candidates) const;
  // The records of some candidates, in their order. Faster than one by one: those that stand in one
  // block of the file are read together, and those of several served shards at once.
  Result<std::vector<PassageRecord>> read(std::span<const Candidate> candidates) const;
  // The passage with this ID; kNotFound when there is none.
  Result<PassageRecord> find(std::string_view passage) const;
  // Every passage, segment by segment, one in memory at a time, until `visit` says false.
  Status each_passage(const std::function<bool(const PassageRecord&)>& visit) const;
  // All passages of a source by ordinal.
  Result<std::vector<PassageRecord>> passages_of(std::string_view source) const;

  Result<std::uint64_t> frequency(const std::string& term) const;  // passages with the term
  // Learns the frequencies of terms in one round trip, where each would take one. Failures are left
  // for frequency() to tell.
  void expect(const std::vector<std::string>& terms) const;
  std::uint64_t passages() const;
  double average_length() const;  // in words as posted
  // Language -> passages.
  const std::map<std::string, std::uint64_t>& languages() const;

  // By root, then path; packed they take a third of the memory.
  Result<std::vector<SourceRecord>> sources() const;
  Result<std::vector<PackedSource>> packed_sources() const;
  // The source with this ID; kNotFound when there is none.
  Result<SourceRecord> source(std::string_view id) const;
  // Which segment (index into manifest().segments) holds each source ID. REQUIRES: nothing is far.
  Result<std::map<std::string, std::size_t>> source_segments() const;
  // What one source says of works; `source` empty: the wholes of many files. REQUIRES: nothing is
  // far.
  Result<std::vector<WorkRecord>> work_records(std::string_view source) const;
  // Works of which at least one passage is there. Opened once, then kept.
  Result<const Catalogue*> catalogue() const;

  // Work key -> where it stands. Reads the work terms and the source records.
  Result<std::map<std::string, WorkUse>> work_uses() const;

  // Words that begin with `prefix`, by word; all words for an empty one. Reads only the blocks of
  // the list that may hold such words.
  Result<std::vector<WordCount>> words(std::string_view prefix) const;
  // Acronyms that the shelf's own text explains. Opened once, then kept.
  Result<const AcronymTable*> acronyms() const;

 private:
  struct Impl;
  explicit Reader(std::unique_ptr<Impl> impl);
  static Result<Reader> open_places_of(const std::filesystem::path& index, ReaderOptions options,
                                       std::vector<ShardPlaces> places, const Impl* old);
  Result<bool> reopen();
  // What sources say of works, without the works of which no passage is there.
  Result<std::vector<WorkRecord>> living_works() const;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tome
