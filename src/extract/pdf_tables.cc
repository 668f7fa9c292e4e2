// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_tables.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "extract/labels.h"
#include "extract/pdf_letters.h"

namespace tome {
namespace {

using Indexes = std::vector<std::size_t>;

constexpr std::size_t kMostWords = 6;    // of a cell
constexpr double kWidest = 0.33;         // of the page, a cell
constexpr std::size_t kMostRows = 2000;  // in one run
constexpr std::size_t kSmall = 8;        // lines: a table of words alone is no longer
constexpr double kApart = 0.6;           // letters between two cells at least
constexpr double kNextLine = 3.2;        // letters from one line of a table to the next at most

const PdfWord& head(const PdfRow& row) { return row.words.front(); }
double right_of(const PdfRow& row) { return row.words.back().right; }

bool is_short(const PdfRow& row, double page_width) {
  return row.words.size() <= kMostWords && right_of(row) - head(row).left < kWidest * page_width;
}

// The rows of a run by line of the page, each line from left to right.
std::vector<Indexes> lines_of(const std::vector<PdfRow>& rows, std::size_t begin, std::size_t end) {
  Indexes order;
  for (std::size_t i = begin; i < end; ++i) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(head(rows[a]).bottom, a) < std::pair(head(rows[b]).bottom, b);
  });
  std::vector<Indexes> lines;
  for (const std::size_t i : order) {
    if (lines.empty() || !same_height(head(rows[lines.back().front()]), head(rows[i]))) {
      lines.emplace_back();
    }
    lines.back().push_back(i);
  }
  for (Indexes& line : lines) {
    std::sort(line.begin(), line.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(head(rows[a]).left, a) < std::pair(head(rows[b]).left, b);
    });
  }
  return lines;
}

// At least two, none over another.
bool has_cells(const std::vector<PdfRow>& rows, const Indexes& line) {
  if (line.size() < 2) return false;
  for (std::size_t k = 1; k < line.size(); ++k) {
    const PdfWord& word = head(rows[line[k]]);
    if (word.left - right_of(rows[line[k - 1]]) < kApart * word.size) return false;
  }
  return true;
}

bool is_number(const PdfRow& row) {
  const char c = head(row).text.front();
  return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '$' || c == '.';
}

// What speaks for a table in lines [begin, end): its columns do not read as sentences, and it holds
// numbers behind its first column, or is small.
bool is_table(const std::vector<PdfRow>& rows, const std::vector<Indexes>& lines, std::size_t begin,
              std::size_t end) {
  std::size_t cells = 0, numbers = 0, most = 0, pairs = 0, flowing = 0;
  for (std::size_t i = begin; i < end; ++i) {
    most = std::max(most, lines[i].size());
    for (std::size_t k = 1; k < lines[i].size(); ++k) {
      ++cells;
      numbers += is_number(rows[lines[i][k]]) ? 1 : 0;
    }
    if (i == begin || lines[i].size() != lines[i - 1].size()) continue;
    for (std::size_t k = 0; k < lines[i].size(); ++k) {
      const PdfRow& above = rows[lines[i - 1][k]];
      const PdfRow& below = rows[lines[i][k]];
      ++pairs;
      flowing += below.words.size() + above.words.size() > 4 &&
                         first_case(head(below).text) == Case::kLower &&
                         !ends_sentence(above.words.back().text)
                     ? 1
                     : 0;
    }
  }
  if (end - begin < 2 || flowing * 3 > pairs) return false;
  return numbers * 3 >= cells || (most > 2 && end - begin <= kSmall);
}

// Letters of one width throughout: columns of code, which keep their spaces.
bool is_typewritten(const std::vector<PdfRow>& rows, const Indexes& line) {
  return std::all_of(line.begin(), line.end(), [&](std::size_t i) {
    return std::all_of(rows[i].words.begin(), rows[i].words.end(),
                       [](const PdfWord& word) { return word.advance > 0; });
  });
}

// The rows of lines [begin, end) as lines of cells.
void add_table(std::vector<PdfRow>& rows, const std::vector<Indexes>& lines, std::size_t begin,
               std::size_t end, std::vector<PdfRow>& out) {
  for (std::size_t i = begin; i < end; ++i) {
    const bool code = is_typewritten(rows, lines[i]);
    for (std::size_t k = 0; k < lines[i].size(); ++k) {
      PdfRow& row = rows[lines[i][k]];
      if (code && k > 0) {
        std::move(row.words.begin(), row.words.end(), std::back_inserter(out.back().words));
        continue;
      }
      row.beside = k > 0;
      row.cell = !code;
      out.push_back(std::move(row));
    }
  }
}

// Marks the tables of a run of short rows in `table_of`, by number from 1.
void find_tables(const std::vector<PdfRow>& rows, const std::vector<Indexes>& lines,
                 std::vector<std::pair<std::size_t, std::size_t>>& tables) {
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin;
    while (end < lines.size() && has_cells(rows, lines[end])) {
      if (end > begin) {
        const PdfWord& above = head(rows[lines[end - 1].front()]);
        const PdfWord& below = head(rows[lines[end].front()]);
        if (below.bottom - above.bottom > kNextLine * below.size) break;
      }
      ++end;
    }
    if (end > begin && is_table(rows, lines, begin, end)) tables.emplace_back(begin, end);
    begin = std::max(end, begin + 1);
  }
}

}  // namespace

std::vector<PdfRow> gather_tables(std::vector<PdfRow> rows, double page_width) {
  std::vector<PdfRow> out;
  out.reserve(rows.size());
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    while (end < rows.size() && end - begin < kMostRows && is_short(rows[end], page_width) &&
           head(rows[end]).turned == head(rows[begin]).turned) {
      ++end;
    }
    if (end - begin < 4) {
      for (end = std::max(end, begin + 1); begin < end; ++begin) {
        out.push_back(std::move(rows[begin]));
      }
      continue;
    }
    const std::vector<Indexes> lines = lines_of(rows, begin, end);
    std::vector<std::pair<std::size_t, std::size_t>> tables;
    find_tables(rows, lines, tables);
    std::vector<std::size_t> table_of(end - begin, 0);
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t i = tables[t].first; i < tables[t].second; ++i) {
        for (const std::size_t row : lines[i]) table_of[row - begin] = t + 1;
      }
    }
    std::vector<bool> done(tables.size() + 1, false);
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t table = table_of[i - begin];
      if (table == 0) out.push_back(std::move(rows[i]));
      if (table == 0 || done[table]) continue;
      done[table] = true;
      add_table(rows, lines, tables[table - 1].first, tables[table - 1].second, out);
    }
    begin = end;
  }
  return out;
}

}  // namespace tome
