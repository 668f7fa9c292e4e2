// SPDX-License-Identifier: GPL-2.0-or-later
// Every question that a Reader answers, for tests of what it says when it cannot; and damage to the
// segments that it reads.
#pragma once

#include <fmt/format.h>

#include <functional>

#include "store/record_table.h"
#include "support/segments.h"

namespace tome {

// Enough that each table has more than one level: what Xapian has read of the root is not all.
inline Texts many() {
  Texts texts;
  for (int i = 0; i < 400; ++i) {
    std::string words = "every";
    for (int k = 0; k < 20; ++k) words += fmt::format(" rare{}", i * 1000 + k);
    texts[fmt::format("s{:03}", i)] = {words, "every other"};
  }
  return texts;
}

// The tables of a segment lose all their bytes, as on a disk that is gone.
inline void empty_tables(const std::filesystem::path& segment) {
  for (const auto& entry : std::filesystem::directory_iterator(segment)) {
    if (entry.path().extension() == ".glass" || entry.path().filename() == kRecordsFile) {
      std::filesystem::resize_file(entry.path(), 0);
    }
  }
}

using Ask = std::function<Status(const Reader&)>;

template <class Answer>
Status status_of(const Result<Answer>& answer) {
  if (!answer) return answer.error();
  return Ok{};
}

// Of what many() holds.
inline std::vector<std::pair<const char*, Ask>> questions() {
  const std::string id = passage_id("root", "s200", 0);
  const std::string source = source_id("root", "s200");
  return {
      {"match", [](const Reader& r) { return status_of(r.match(match_term("every"), 0, 9)); }},
      {"all",
       [](const Reader& r) { return status_of(r.match(match_of(Match::Op::kAll, {}), 0, 9)); }},
      {"read", [](const Reader& r) { return status_of(r.read(300)); }},
      {"find", [=](const Reader& r) { return status_of(r.find(id)); }},
      {"passages_of", [=](const Reader& r) { return status_of(r.passages_of(source)); }},
      {"each_passage",
       [](const Reader& r) { return r.each_passage([](const PassageRecord&) { return true; }); }},
      {"frequency", [](const Reader& r) { return status_of(r.frequency("rare200003")); }},
      {"sources", [](const Reader& r) { return status_of(r.sources()); }},
      {"source", [=](const Reader& r) { return status_of(r.source(source)); }},
      {"source_segments", [](const Reader& r) { return status_of(r.source_segments()); }},
      {"work_records", [=](const Reader& r) { return status_of(r.work_records(source)); }},
      {"catalogue", [](const Reader& r) { return status_of(r.catalogue()); }},
      {"work_uses", [](const Reader& r) { return status_of(r.work_uses()); }},
      {"words", [](const Reader& r) { return status_of(r.words("rare2")); }},
      {"acronyms", [](const Reader& r) { return status_of(r.acronyms()); }},
  };
}

}  // namespace tome
