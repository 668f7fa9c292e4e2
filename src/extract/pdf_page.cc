// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_page.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "extract/pdf_letters.h"
#include "extract/pdf_rows.h"
#include "extract/pdf_tables.h"
#include "extract/pdf_words.h"

namespace tome {
namespace {

// "distribution5" with a raised 5 is a word and the mark of a footnote.
bool is_note_mark(const PdfWord& word, const PdfWord& before) {
  return word.text.size() <= 2 && word.size < 0.85 * before.size &&
         word.bottom < before.bottom - 0.1 * before.size &&
         std::all_of(word.text.begin(), word.text.end(),
                     [](char c) { return c >= '0' && c <= '9'; }) &&
         before.text.size() >= 3 && (before.text.back() < '0' || before.text.back() > '9');
}

double common_size(const std::vector<PdfWord>& words) {
  std::map<double, std::size_t> letters;
  for (const PdfWord& word : words) letters[word.size] += word.text.size();
  return std::max_element(letters.begin(), letters.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// What separates two words of a line: the columns of code, one space, or nothing.
std::size_t spaces_between(const PdfWord& a, const PdfWord& b) {
  const double gap = b.left - a.right;
  if (a.advance > 0 && b.advance > 0 && std::abs(a.advance - b.advance) < 0.02 * a.size) {
    const double columns = std::round(gap / a.advance);
    if (columns >= 1) return static_cast<std::size_t>(std::min(columns, 60.0));
  }
  if (a.space || gap > 0.12 * std::max(a.size, b.size)) {
    return ends_without_space(a.text) && opens_without_space(b.text) &&
                   gap < 0.5 * std::max(a.size, b.size)
               ? 0
               : 1;
  }
  return 0;
}

// Adds the words of `row` to `line`.
void append_row(PdfLine& line, const PdfRow& row, double size) {
  const PdfWord* last = nullptr;
  for (const PdfWord& word : row.words) {
    if (last != nullptr && is_note_mark(word, *last)) continue;
    if (last != nullptr) line.text.append(spaces_between(*last, word), ' ');
    line.text += word.text;
    if (std::abs(word.size - size) < 0.01 * size) {
      line.top = std::min(line.top, word.top);
      line.bottom = std::max(line.bottom, word.bottom);
    }
    line.right = std::max(line.right, word.right);
    last = &word;
  }
}

// The width of a letter when at least four of five letters have it, else 0; and whether narrow
// letters tell that this is how code is set.
std::pair<double, bool> advance_of(const std::vector<PdfWord>& words) {
  std::map<int, std::size_t> letters;  // by the advance in hundredths
  std::size_t all = 0;
  bool code = false;
  const auto step = [](const PdfWord& word) {
    return static_cast<int>(std::lround(word.advance * 20));
  };
  for (const PdfWord& word : words) {
    all += word.text.size();
    if (word.advance > 0) letters[step(word)] += word.text.size();
  }
  if (letters.empty()) return {};
  const auto most =
      std::max_element(letters.begin(), letters.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most->second * 5 < all * 4) return {};
  double advance = 0;
  for (const PdfWord& word : words) {
    if (word.advance == 0 || std::abs(step(word) - most->first) > 1) continue;
    code = code || word.code;
    advance = word.advance;
  }
  return {advance, code};
}

PdfLine make_line(const PdfRow& row, std::uint32_t number) {
  PdfLine line;
  line.page = number;
  line.size = common_size(row.words);
  line.turned = row.words.front().turned;
  line.left = row.words.front().left;
  line.right = line.left;
  line.top = 1e9;
  line.bottom = -1e9;
  std::tie(line.advance, line.code) = advance_of(row.words);
  std::size_t bold = 0;
  std::size_t all = 0;
  for (const PdfWord& word : row.words) {
    all += word.text.size();
    if (word.bold) bold += word.text.size();
  }
  line.bold = bold * 2 > all;
  line.cells = row.cell;
  append_row(line, row, line.size);
  return line;
}

// But not at the line's end, where it cuts a word.
void drop_soft_hyphens(std::string& text) {
  constexpr std::string_view kSoft = "\xC2\xAD";
  if (text.find(kSoft) == std::string::npos) return;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, 2, kSoft) == 0 && i + 2 < text.size()) {
      i += 2;
    } else {
      out += text[i++];
    }
  }
  text = std::move(out);
}

// "Overview . . . . . . 3" -> "Overview … 3"; whether there were such dots.
bool fold_leader(std::string& text) {
  constexpr std::size_t kFewest = 4;
  std::size_t begin = std::string::npos;
  std::size_t dots = 0;
  for (std::size_t i = text.find('.'); i < text.size(); ++i) {
    if (text[i] == '.') {
      if (dots++ == 0) begin = i;
    } else if (text[i] != ' ') {
      if (dots >= kFewest) {
        text.replace(begin, i - begin, "\xE2\x80\xA6 ");
        return true;
      }
      dots = 0;
    }
  }
  return false;
}

// Marks of notes that poppler put on a line of their own: "8 9".
bool is_lost_mark(const PdfLine& line) {
  constexpr double kLargest = 8;  // points; page numbers are larger, or at the edge
  return line.size < kLargest && line.text.size() <= 8 &&
         line.text.find_first_not_of("0123456789 ") == std::string::npos;
}

}  // namespace

PdfPage read_pdf_page(const poppler::page& page, std::uint32_t number) {
  const poppler::rectf box = page.page_rect();
  PdfPage out;
  out.height = std::abs(finite_length(box.height()));
  const double width = std::abs(finite_length(box.width()));
  std::vector<PdfRow> rows = cut_into_rows(read_pdf_words(page, width, out.height));
  join_marks(rows);
  for (PdfRow& row : order_rows(gather_tables(std::move(rows), width))) {
    if (row.beside && !out.lines.empty()) {
      PdfLine& line = out.lines.back();
      line.text += row.cell ? " | " : "  ";
      append_row(line, row, line.size);
      line.advance = 0;
      line.code = false;
      continue;
    }
    out.lines.push_back(make_line(row, number));
  }
  for (PdfLine& line : out.lines) {
    drop_soft_hyphens(line.text);
    line.leader = fold_leader(line.text);
    if (is_right_to_left(line.text)) line.text = read_right_to_left(line.text);
  }
  std::erase_if(out.lines, is_lost_mark);
  return out;
}

}  // namespace tome
