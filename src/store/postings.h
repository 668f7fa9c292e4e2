// SPDX-License-Identifier: GPL-2.0-or-later
// Passage -> postings: which terms stand for it, and how often.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/analyser.h"
#include "store/records.h"
#include "store/segment.h"
#include "text/word_table.h"

namespace tome {

// Weight, as occurrences, of a word of the heading path, of the work's title and of its authors:
// decision 6 has them as context of the passage's own words.
inline constexpr std::uint32_t kHeadingWdf = 1;
inline constexpr std::uint32_t kTitleWdf = 1;
inline constexpr std::uint32_t kAuthorWdf = 1;

// Makes the postings of one passage after another in the same memory. One thread.
class PostingMaker {
 public:
  // Terms of `passage` by `analyser` (of the passage's language), each once; they and the list are
  // valid until the next call. Surface forms of the text and of its context are added to `words`,
  // so that prefix* and spelling know them.
  const std::vector<Posting>& make(Analyser& analyser, const PassageRecord& passage,
                                   WordCounts& words);

 private:
  struct Tally {
    std::uint32_t wdf = 0;
    bool opens = false;  // stands in a heading that opens the text: it counts there already
  };

  void add_text(Analyser& analyser, const PassageRecord& passage, WordCounts& words);
  void add_pair(const Token& first, const Token& second);
  void add_context(Analyser& analyser, std::string_view text, std::uint32_t wdf, WordCounts& words);

  WordTable<Tally> terms_;
  WordTable<char> opening_;  // surfaces of the headings that open the text
  std::string pair_;
  std::vector<Posting> postings_;
};

}  // namespace tome
