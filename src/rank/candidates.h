// SPDX-License-Identifier: GPL-2.0-or-later
// The passages that a question's first stage finds, read in their order a slice at a time.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "store/reader.h"

namespace tome {

struct ReadCandidate {
  std::uint32_t document = 0;
  double weight = 0;
  PassageRecord passage;
};

// Holds references: what is given outlives it. By falling weight, then passage ID: the same
// however the passages are spread over segments and shards, and wherever the slices end.
class CandidateStream {
 public:
  CandidateStream(const Reader& reader, const Match& match, const Bm25& bm25)
      : reader_(reader), match_(&match), bm25_(bm25) {}

  // Goes on with what matches `match`, which admits less, and was not given yet.
  void narrow(const Match& match);

  // The next `count`; fewer only at the end. When the store must be asked again, it is for `most`
  // at once.
  Result<std::vector<ReadCandidate>> next(std::uint64_t count, std::uint64_t most);

  // Whether next() would give nothing more, as far as is known.
  bool ended() const { return exhausted_ && at_ == list_.size() && ready_.empty(); }
  std::uint64_t estimate() const { return estimate_; }  // of all that match
  double best() const { return best_; }                 // the first one's weight

 private:
  Status ask(std::uint64_t most);
  Status order_until(std::size_t end);
  std::size_t end_of_equals(std::size_t at) const;
  Status read_until(std::size_t end);

  const Reader& reader_;
  const Match* match_;
  Bm25 bm25_;
  std::vector<Candidate> list_;              // the answer under way
  std::size_t at_ = 0;                       // what of it was read
  std::size_t ordered_ = 0;                  // the last of it that is in order among its equals
  std::vector<ReadCandidate> ready_;         // read beyond what was asked for
  std::uint64_t given_ = 0;                  // by the store
  std::unordered_set<std::uint32_t> known_;  // documents that were read
  std::uint64_t estimate_ = 0;
  double best_ = 0;
  bool begun_ = false;
  bool exhausted_ = false;
};

}  // namespace tome
