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

}  // namespace tome
