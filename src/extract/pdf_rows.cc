// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_rows.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "extract/pdf_marks.h"

namespace tome {
namespace {

// "3.", "(b)", "\u2022" and nothing else.
bool is_mark(const PdfRow& row) {
  if (row.words.size() != 1 || row.words[0].text.size() > 6) return false;
  const std::string text = row.words[0].text + " x";
  return !item_text(text).empty() || opens_numbered_item(text);
}

}  // namespace

bool same_height(const PdfWord& a, const PdfWord& b) {
  const double shared = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return a.turned == b.turned && shared > 0.5 * std::min(a.bottom - a.top, b.bottom - b.top);
}

std::vector<PdfRow> cut_into_rows(std::vector<PdfWord> words) {
  constexpr double kWideGap = 2.2;  // in letters
  std::vector<PdfRow> rows;
  for (PdfWord& word : words) {
    bool beside = false;
    if (!rows.empty()) {
      const PdfWord& last = rows.back().words.back();
      const double size = std::max(last.size, word.size);
      const double gap = word.left - last.right;
      const bool follows = same_height(last, word) && gap > -0.5 * size;
      if (follows && gap < kWideGap * size) {
        rows.back().words.push_back(std::move(word));
        continue;
      }
      beside = follows;
    }
    PdfRow& row = rows.emplace_back();
    row.beside = beside;
    row.words.push_back(std::move(word));
  }
  return rows;
}

void join_marks(std::vector<PdfRow>& rows) {
  constexpr std::size_t kLookAhead = 40;  // rows
  constexpr double kWidest = 6;           // letters between mark and text
  std::vector<bool> moved(rows.size(), false);
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    if (!is_mark(rows[i])) continue;
    const PdfWord mark = rows[i].words[0];
    for (std::size_t k = i + 1; k < std::min(rows.size(), i + kLookAhead); ++k) {
      PdfWord& first = rows[k].words.front();
      const double gap = first.left - mark.right;
      if (moved[k] || !same_height(mark, first) || gap < 0 || gap > kWidest * first.size) continue;
      rows[k].words.insert(rows[k].words.begin(), mark);
      rows[k].words.front().space = true;
      rows[k].beside = false;
      moved[i] = true;
      break;
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (moved[i]) continue;
    if (kept != i) rows[kept] = std::move(rows[i]);
    ++kept;
  }
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
}

std::vector<PdfRow> order_rows(std::vector<PdfRow> rows) {
  constexpr std::size_t kLookAhead = 300;  // rows
  std::vector<std::vector<std::size_t>> before(rows.size());
  std::vector<bool> moved(rows.size(), false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].beside || rows[i].cell) continue;
    const PdfWord& head = rows[i].words.front();
    for (std::size_t k = i + 1; k < std::min(rows.size(), i + kLookAhead); ++k) {
      const PdfWord& below = rows[k].words.front();
      const double step = below.top - head.top;
      if (rows[k].beside || below.turned != head.turned) continue;
      if (std::abs(below.left - head.left) < 0.5 * head.size && step > 0.5 * head.size &&
          step < 3 * head.size) {
        before[k].push_back(i);
        moved[i] = true;
        break;
      }
    }
  }
  std::vector<PdfRow> out;
  out.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const std::size_t head : before[i]) {
      out.push_back(std::move(rows[head]));
      out.back().beside = false;
    }
    if (!moved[i]) out.push_back(std::move(rows[i]));
  }
  return out;
}

}  // namespace tome
