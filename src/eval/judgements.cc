// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/judgements.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "eval/lines.h"

namespace tome {
namespace {

struct Row {
  std::string_view query;
  std::string_view document;
  std::string_view grade;
};

// Identifiers of a tab-separated file may hold spaces, so tabs are looked at first.
bool parse_row(std::string_view line, Row& row) {
  if (std::count(line.begin(), line.end(), '\t') == 2) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    row.query = trim(line.substr(0, first));
    row.document = trim(line.substr(first + 1, second - first - 1));
    row.grade = trim(line.substr(second + 1));
  } else {
    const std::vector<std::string_view> words = split_words(line);
    if (words.size() == 4) {
      row = {words[0], words[2], words[3]};
    } else if (words.size() == 3) {
      row = {words[0], words[1], words[2]};
    } else {
      return false;
    }
  }
  return !row.query.empty() && !row.document.empty();
}

}  // namespace

Result<Judgements> read_judgements(const std::filesystem::path& file) {
  Result<LineReader> lines = LineReader::open(file);
  if (!lines) return lines.error();
  Judgements judgements;
  std::string line;
  bool first = true;
  while (lines->next(line)) {
    if (trim(line).empty()) continue;
    const bool may_be_header = first;
    first = false;
    Row row;
    if (!parse_row(line, row)) {
      return line_error(file, lines->number(),
                        "expected query, document and grade apart by tabs, or the four columns of "
                        "TREC qrels");
    }
    int grade = 0;
    if (!read_number(row.grade, grade)) {
      // A header has no digit where the grade stands; "1.5" on the first line is not one.
      if (may_be_header && row.grade.find_first_of("0123456789") == std::string_view::npos) {
        continue;
      }
      return line_error(file, lines->number(), "the grade is not a whole number");
    }
    Grades& grades = judgements[std::string(row.query)];
    const auto placed = grades.emplace(std::string(row.document), grade);
    if (!placed.second && placed.first->second != grade) {
      return line_error(file, lines->number(),
                        "this document was judged before with another grade");
    }
  }
  if (Status status = lines->status(); !status) return status.error();
  if (judgements.empty()) {
    return Error{Code::kUnsupported, "holds no judgement", "", file.string()};
  }
  return judgements;
}

}  // namespace tome
