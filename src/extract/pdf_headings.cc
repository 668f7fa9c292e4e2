// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "extract/labels.h"
#include "extract/pdf_paragraphs.h"

namespace tome {
namespace {

constexpr std::size_t kMostWords = 14;
constexpr std::size_t kMostLines = 3;
constexpr int kMostLevels = 5;

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
  }));
}

// "B. ", "II. ", "3.1 ".
bool has_section_number(std::string_view text) {
  const std::string_view first = text.substr(0, text.find(' '));
  return first.size() <= 6 && first.size() < text.size() &&
         first.find_first_not_of("0123456789.IVXABCDEFGH") == std::string_view::npos &&
         (first.back() == '.' || (first[0] >= '0' && first[0] <= '9'));
}

bool looks_like_heading(const PdfParagraph& paragraph, double body) {
  if (paragraph.style != Style::kParagraph || paragraph.lines > kMostLines) return false;
  const bool large = paragraph.size > 1.12 * body;
  const bool bold =
      paragraph.bold && paragraph.size > (has_section_number(paragraph.text) ? 0.85 : 0.97) * body;
  if (!large && !bold) return false;
  const std::string& text = paragraph.text;
  const std::size_t signs = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c != ' '; }));
  if (letters_in(text) < 3 || letters_in(text) * 10 < signs * 6 || words_in(text) > kMostWords ||
      text.size() > 200)
    return false;
  if (first_case(text) == Case::kLower || text.find_first_of("@\\{}<>=") != std::string::npos) {
    return false;
  }
  const char last = text.back();
  return last != '.' && last != ',' && last != ';' && last != ':';
}

// What stands before the text begins: title, authors, date. Of these only the title is a heading,
// and what stands right above the text.
std::size_t title_block_end(const std::vector<PdfParagraph>& paragraphs, double body) {
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (paragraphs[i].page != paragraphs.front().page) return i;
    if (paragraphs[i].lines > 2 && !looks_like_heading(paragraphs[i], body)) {
      return i == 0 ? 0 : i - 1;
    }
  }
  return 0;
}

}  // namespace

void guess_headings(std::vector<PdfParagraph>& paragraphs, double body) {
  std::map<long, std::size_t, std::greater<>> sizes;  // by size and weight, the largest first
  const auto look_of = [&](const PdfParagraph& paragraph) {
    return std::lround(paragraph.size * 2) * 2 + (paragraph.bold ? 1 : 0);
  };
  std::size_t headings = 0;
  for (const PdfParagraph& paragraph : paragraphs) {
    if (!looks_like_heading(paragraph, body)) continue;
    ++headings;
    ++sizes[look_of(paragraph)];
  }
  if (headings * 2 > paragraphs.size()) return;  // slides, posters, forms
  std::map<long, int> levels;
  int level = 0;
  for (const auto& [look, count] : sizes) {
    level = std::min(level + 1, kMostLevels);
    levels[look] = level;
  }
  const std::size_t text = title_block_end(paragraphs, body);
  double largest = 0;
  for (std::size_t i = 0; i < text; ++i) {
    if (looks_like_heading(paragraphs[i], body)) largest = std::max(largest, paragraphs[i].size);
  }
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    PdfParagraph& paragraph = paragraphs[i];
    if (!looks_like_heading(paragraph, body)) continue;
    if (i < text && paragraph.size < 0.97 * largest) continue;
    paragraph.style = Style::kHeading;
    paragraph.level = levels[look_of(paragraph)];
  }
}

std::string guess_title(const std::vector<PdfParagraph>& paragraphs, double body) {
  constexpr std::size_t kMostTitleWords = 30;
  if (paragraphs.empty()) return {};
  const std::uint32_t page = paragraphs.front().page;
  const auto on_page = [&](const PdfParagraph& paragraph) { return paragraph.page == page; };
  const auto end = std::find_if_not(paragraphs.begin(), paragraphs.end(), on_page);
  const auto is_name = [&](const PdfParagraph& paragraph) {
    return paragraph.size >= 1.2 * body && letters_in(paragraph.text) >= 3 &&
           words_in(paragraph.text) <= kMostTitleWords;
  };
  double largest = 0;
  for (auto at = paragraphs.begin(); at != end; ++at) {
    if (is_name(*at)) largest = std::max(largest, at->size);
  }
  std::string title;
  for (auto at = paragraphs.begin(); at != end && words_in(title) <= kMostTitleWords; ++at) {
    const bool part = is_name(*at) && at->size > 0.97 * largest;
    if (part) title += (title.empty() ? "" : " ") + at->text;
    if (!part && !title.empty()) break;
  }
  for (const std::string_view mark : {"\xE2\x88\x97", "\xE2\x80\xA0", "*"}) {  // of a note
    if (title.ends_with(mark)) title.resize(title.size() - mark.size());
  }
  return title;
}

}  // namespace tome
