// SPDX-License-Identifier: GPL-2.0-or-later
// Answers as text for a terminal or a pipe.
//
// Pure functions, safe from any thread; every one returns whole lines, the last ended by \n.
// Titles, headings, snippets and paths are words of strangers: no control character and no
// bidirectional override of theirs reaches the text that is returned.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tome/check.h"
#include "tome/result.h"
#include "tome/search.h"

namespace tome {

// A pipe: no colour, no hyperlinks.
struct TerminalStyle {
  bool colour = false;
  bool hyperlinks = false;  // OSC 8, for terminals only
  unsigned width = 80;      // columns; held between 40 and 100, 0 is not known: 80
  // The reader's folder: files below it are named from there, others by their whole path, so that
  // what is printed can be opened. Empty: paths as they stand below their roots.
  std::string folder;
};

// `offset`: results before this page, so that ranks and the next page are right.
std::string present_passages(const Answer<PassageHit>& answer, std::uint64_t offset,
                             const TerminalStyle& style);
std::string present_books(const Answer<BookHit>& answer, std::uint64_t offset,
                          const TerminalStyle& style);

std::string present_passage_view(const PassageView& view, const TerminalStyle& style);

// `sources`: with the files that describe each work.
std::string present_works(const std::vector<WorkView>& works, bool sources,
                          const TerminalStyle& style);

// Name -> works, one a line, by name; `what` is the noun for the last line: "topic".
using Counts = std::map<std::string, std::uint64_t>;
std::string present_counts(const Counts& counts, std::string_view what, const TerminalStyle& style);
// Each with the reason and when it is read again.
std::string present_failures(const std::vector<FailedSource>& failures, const TerminalStyle& style);

std::string present_status(const ShelfStatus& status, const TerminalStyle& style);

// What is wrong, by file, and what to do; what the index holds when nothing is.
std::string present_check(const CheckReport& report, const std::string& index,
                          const TerminalStyle& style);
std::string present_repair(const RepairReport& report, const std::string& index,
                           const TerminalStyle& style);

// "tome: MESSAGE: PATH", and the hint on a line of its own.
std::string present_error(const Error& error, const TerminalStyle& style);

}  // namespace tome
