// SPDX-License-Identifier: GPL-2.0-or-later
// Turns documents' terms into terms' documents, in memory: each occurrence is appended to a log of
// (term, occurrences), which is sorted by term once, at the end. Xapian's own keeps a tree of
// trees, which took a microsecond a posting; this takes a tenth of it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "text/word_table.h"

namespace tome {

// Of a term in a document.
struct Occurrences {
  std::uint32_t document = 0;  // 1-based
  std::uint32_t count = 0;     // 0: a filter
};

// From one thread.
class Inverter {
 public:
  // The terms that follow are those of the next document, from 1.
  void begin_document();
  // A term that the document has already counts for the sum. `hash`: that of word_hash().
  // REQUIRES: a document was begun.
  void add(std::string_view term, std::uint32_t hash, std::uint32_t count);

  std::uint32_t documents() const { return static_cast<std::uint32_t>(begins_.size()); }
  std::uint64_t bytes() const;  // of memory, about what finish() takes too

  // Visits each term in the order of their bytes, with its documents in order. False when a visit
  // is: then the rest is left. Call it once.
  using Visit = std::function<bool(std::string_view term, std::span<const Occurrences> list)>;
  bool finish(const Visit& visit);

 private:
  struct Term {
    std::uint32_t number = 0;
    std::uint32_t last = 0;   // entry of the log, from 1
    std::uint32_t count = 0;  // entries
  };
  struct Entry {
    std::uint32_t term = 0;
    std::uint32_t count = 0;
  };

  WordTable<Term> terms_;
  std::vector<Entry> log_;
  std::vector<std::uint32_t> begins_;  // of each document in the log
};

}  // namespace tome
