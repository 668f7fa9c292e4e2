// SPDX-License-Identifier: GPL-2.0-or-later
// Reader: one generation of an index, open for asking.
//
// Keeps the generation it opened whatever is published later. Not safe for use by two threads at
// once: open one a thread (cheap). Damage found while reading is kDamaged, never an empty answer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/acronym_table.h"
#include "store/catalogue.h"
#include "store/generation.h"
#include "store/match.h"
#include "store/records.h"
#include "store/word_list.h"
#include "tome/result.h"

namespace tome {

struct Candidate {
  std::uint32_t document = 0;  // valid for this Reader only
  double weight = 0;
};

struct Candidates {
  std::vector<Candidate> list;  // by falling weight
  std::uint64_t estimate = 0;   // passages that match, about
  bool exhausted = false;       // nothing matches beyond this list
};

struct Bm25 {
  double k1 = 1.2;
  double b = 0.75;
};

// Where a work key stands: its passages, and the files they come from ("root/path").
struct WorkUse {
  std::uint64_t passages = 0;
  std::vector<std::string> files;
};

class Reader {
 public:
  // Opens the generation in force. kNotFound with a hint when there is no index or nothing in it.
  // An index of at most `most` bytes is read whole, see verify_segments().
  static Result<Reader> open(const std::filesystem::path& index,
                             std::uint64_t most = kSmallIndexBytes);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  const Manifest& manifest() const;
  const std::filesystem::path& index() const;

  // Candidates [first, first + count) in order of weight.
  Result<Candidates> match(const Match& match, std::uint64_t first, std::uint64_t count,
                           const Bm25& bm25 = {}) const;
  Result<PassageRecord> read(std::uint32_t document) const;
  // The records of some candidates, in their order. Faster than one by one: those that stand in one
  // block of the file are read together.
  Result<std::vector<PassageRecord>> read(const std::vector<Candidate>& candidates) const;
  // The passage with this ID; kNotFound when there is none.
  Result<PassageRecord> find(std::string_view passage) const;
  // Every passage, segment by segment, one in memory at a time, until `visit` says false.
  Status each_passage(const std::function<bool(const PassageRecord&)>& visit) const;
  // All passages of a source by ordinal.
  Result<std::vector<PassageRecord>> passages_of(std::string_view source) const;

  Result<std::uint64_t> frequency(const std::string& term) const;  // passages with the term
  std::uint64_t passages() const;
  double average_length() const;  // in words as posted
  // Language -> passages.
  const std::map<std::string, std::uint64_t>& languages() const;

  Result<std::vector<SourceRecord>> sources() const;  // by root, then path
  // The source with this ID; kNotFound when there is none.
  Result<SourceRecord> source(std::string_view id) const;
  // Which segment (index into manifest().segments) holds each source ID.
  Result<std::map<std::string, std::size_t>> source_segments() const;
  // What one source says of works; `source` empty: the wholes of many files.
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
  std::unique_ptr<Impl> impl_;
};

}  // namespace tome
