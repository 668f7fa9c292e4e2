// SPDX-License-Identifier: GPL-2.0-or-later
// Answers as JSON, for programs: one document each, indented by two, ended by \n, described in
// docs/json.md.
//
// Pure functions, safe from any thread. The output is valid UTF-8 whatever the file names are
// (invalid bytes become U+FFFD), and control characters and bidirectional overrides are escaped, so
// that it may be shown on a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tome/check.h"
#include "tome/result.h"
#include "tome/search.h"

namespace tome {

// Raised when a field changes its meaning or goes; new fields do not raise it.
inline constexpr int kJsonSchema = 1;

// `offset`: results before this page.
std::string json_passages(const Answer<PassageHit>& answer, std::uint64_t offset);
std::string json_books(const Answer<BookHit>& answer, std::uint64_t offset);

std::string json_passage_view(const PassageView& view);
std::string json_works(const std::vector<WorkView>& works);  // all of them
// A page of `total` works; `offset`: works before it.
std::string json_works(const std::vector<WorkView>& works, std::uint64_t offset,
                       std::uint64_t total);
std::string json_work(const WorkDetail& detail);
std::string json_completions(const std::vector<Completion>& completions);
std::string json_status(const ShelfStatus& status);
std::string json_failures(const std::vector<FailedSource>& failures);
std::string json_check(const CheckReport& report, const std::string& index);
std::string json_error(const Error& error);

}  // namespace tome
