// SPDX-License-Identifier: GPL-2.0-or-later
// What a Shelf holds, and how a question goes through it. For the sources of Shelf alone.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "rank/asking.h"
#include "rank/nearest.h"
#include "rank/synonyms.h"
#include "tome/search.h"

namespace tome {

struct Shelf::Impl {
  Impl(std::filesystem::path folder, std::filesystem::path synonym_file, Reader opened);

  // ask(*this), and again without what was lost on the way.
  template <class Ask>
  auto asking(Ask ask) -> decltype(ask(*this)) {
    constexpr int kMostLosses = 4;
    for (int losses = 0;; ++losses) {
      auto answer = ask(*this);
      if (answer.ok()) return answer;
      if (answer.error().code == Code::kNotFound && !reader.missing().empty()) {
        return without_missing(answer.error());
      }
      if (losses == kMostLosses) return answer;
      if (Result<bool> again = recover(); !again) {
        return again.error();
      } else if (!*again) {
        return answer;
      }
    }
  }

  // Goes on without the shards that were lost; false when none was.
  Result<bool> recover();
  // What was not found may be in a shard that does not answer.
  Error without_missing(Error error) const;
  // Forgets what was learnt of the generation that was open before.
  void start_anew();

  void read_roots();

  // The shipped synonyms, the files' and those that the shelf explains; made at the first question.
  Result<const Synonyms*> synonyms();

  // What stands in a record, as a hit without a score; the snippet is the whole passage, with the
  // words of `question` marked.
  Result<PassageHit> view(const PassageRecord& record, const Question& question);

  std::filesystem::path index;
  std::filesystem::path own_synonyms;  // a file of the user's; may be empty
  Reader reader;
  Analysers analysers;
  std::map<std::string, std::string> roots;
  // Every word of the shelf, read once; for the words that it does not have.
  Result<const NearWords*> all_words();

  std::optional<Synonyms> known_synonyms;
  std::optional<NearWords> known_words;
  std::vector<std::string> notes;  // of files that could not be read
};

// Says what an answer lacks.
template <class Hit>
void tell_missing(const Reader& reader, Answer<Hit>& answer) {
  answer.missing = reader.missing();
  for (const MissingShard& shard : answer.missing) {
    answer.notes.push_back("this answer lacks a part of the shelf, " + shard.address + ": " +
                           shard.reason);
  }
}

}  // namespace tome
