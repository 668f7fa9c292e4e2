// SPDX-License-Identifier: GPL-2.0-or-later
// One question being answered: candidates read in batches, verified, weighed, in final order.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rank/evidence.h"
#include "rank/question.h"
#include "store/reader.h"
#include "store/shelf_config.h"
#include "tome/search.h"

namespace tome {

// A candidate whose text was read.
struct Ranked {
  PassageRecord passage;
  double score = 0;
  std::vector<ScorePart> parts;
  std::vector<bool> held;                    // question terms in its text; empty: not weighed
  std::vector<PassageRecord> also;           // other places of the identical text
  std::optional<std::vector<TermHit>> hits;  // in its text, by position, where they were looked for
  std::string digest;                        // of its text without the headings that open it
};

struct RankedList {
  std::vector<Ranked> list;  // final order, identical texts once
  std::size_t weighed = 0;   // of the candidates, by evidence: the front of the list
  std::uint64_t estimate = 0;
  bool complete = false;  // nothing matches beyond the list
  bool spent = false;     // stopped at the budget before the page was full
};

// What a question needs of an open shelf.
struct Asking {
  const Reader& reader;
  Analysers& analysers;
  const Catalogue& catalogue;
  const std::map<std::string, std::string>& roots;  // root name -> absolute path
  const Question& question;
  const TermFinder& finder;
  const SearchOptions& options;
};

// The first `wanted` passages or more, if that many match, with `distinct` different texts among
// them where a few more candidates give these. The first `weighed` that match are ordered by
// evidence, the rest follow in the order of stage one. With `distinct`, only as many are in their
// place at the front, with their scores, as spread() needs to put so many in theirs.
Result<RankedList> rank_passages(const Asking& asking, std::uint64_t wanted, std::uint64_t weighed,
                                 std::uint64_t distinct = 0);

// Values that filters can take, counted over the works of the list.
Facets count_facets(const Asking& asking, const std::vector<Ranked>& list);

// Whether nothing in the list answers the question directly.
bool is_weak(const Asking& asking, const RankedList& ranked);

PassageHit make_hit(const Asking& asking, const Ranked& ranked);
Locator make_locator(const Asking& asking, const PassageRecord& passage);

Result<Answer<PassageHit>> answer_passages(const Asking& asking);
Result<Answer<BookHit>> answer_books(const Asking& asking);

}  // namespace tome
