// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "eval/lines.h"
#include "store/files.h"

namespace tome {
namespace {

bool has_space(const std::string& id) {
  return id.empty() || id.find_first_of(" \t\r\n\f\v") != std::string::npos;
}

Error space_error(const std::filesystem::path& file, const std::string& id) {
  return Error{Code::kUnsupported,
               fmt::format("a TREC run cannot hold the ID \"{}\": it has white space", id), "",
               file.string()};
}

}  // namespace

void sort_ranking(Ranking& ranking) {
  std::sort(ranking.begin(), ranking.end(), [](const RunEntry& a, const RunEntry& b) {
    return a.score != b.score ? a.score > b.score : a.document > b.document;
  });
}

Result<Run> read_run(const std::filesystem::path& file) {
  Result<LineReader> lines = LineReader::open(file);
  if (!lines) return lines.error();
  Run run;
  std::set<std::pair<std::string, std::string>> seen;
  std::string line;
  while (lines->next(line)) {
    const std::vector<std::string_view> words = split_words(line);
    if (words.empty()) continue;
    if (words.size() != 6) {
      return line_error(file, lines->number(), "expected \"query Q0 document rank score tag\"");
    }
    double score = 0;
    if (!read_number(words[4], score) || !std::isfinite(score)) {
      return line_error(file, lines->number(), "the score is not a number");
    }
    std::string query(words[0]);
    std::string document(words[2]);
    if (!seen.emplace(query, document).second) {
      return line_error(file, lines->number(), "this document was answered to this query before");
    }
    run[std::move(query)].push_back({std::move(document), static_cast<float>(score)});
  }
  if (Status status = lines->status(); !status) return status.error();
  for (auto& entry : run) sort_ranking(entry.second);
  return run;
}

Status write_run(const std::filesystem::path& file, const Run& run, const std::string& tag) {
  if (has_space(tag)) return space_error(file, tag);
  std::string bytes;
  for (const auto& [query, ranking] : run) {
    if (has_space(query)) return space_error(file, query);
    for (std::size_t i = 0; i < ranking.size(); ++i) {
      const RunEntry& entry = ranking[i];
      if (has_space(entry.document)) return space_error(file, entry.document);
      fmt::format_to(std::back_inserter(bytes), "{} Q0 {} {} {:.9g} {}\n", query, entry.document,
                     i + 1, entry.score, tag);
    }
  }
  return write_file_atomically(file, bytes);
}

}  // namespace tome
