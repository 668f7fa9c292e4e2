// SPDX-License-Identifier: GPL-2.0-or-later
// What stands around the hits of an answer: how the question was read, what is missing. Pure.
#pragma once

#include <string>

#include "mcp/json.h"
#include "mcp/plain.h"
#include "tome/search.h"

namespace tome::mcp {

inline constexpr std::size_t kMaxQuestion = 10'000;  // bytes
inline constexpr int kMaxCount = 20;                 // results of a call
inline constexpr int kMaxOffset = 100'000;

// An answer without its hits.
struct Around {
  std::uint64_t estimate = 0;
  bool complete = false;
  std::string understood;
  std::vector<Suggestion> suggestions;
  std::vector<Correction> corrections;
  bool weak = false;
  std::vector<std::string> notes;
};

template <class Hit>
Around around(const Answer<Hit>& answer) {
  return {answer.estimate,    answer.complete,    answer.understood,
          answer.suggestions, answer.corrections, answer.weak && !answer.hits.empty(),
          answer.notes};
}

// Corrected words and a weak answer: they explain the hits, so they stand first.
void say_first(Page& page, const Around& around);
// Unknown words and notes.
void say_last(Page& page, const Around& around);
// That nothing was found, how the question was understood and what to try.
void say_nothing(Page& page, const Around& around);

void add_around(Json& object, const Around& around);
// Properties of what add_around adds, to be filled up.
Json around_schema();

}  // namespace tome::mcp
