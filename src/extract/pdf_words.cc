// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "extract/pdf_letters.h"
#include "text/text.h"

namespace tome {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool names_bold(const std::string& font) {
  constexpr std::array<std::string_view, 8> kParts = {"Bold", "bold",  "BOLD", "CMB",
                                                      "SFBX", "Black", "Demi", "Heavy"};
  if (font.ends_with("-Medi") || contains(font, "-MediItal")) return true;  // Nimbus Roman
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return contains(font, part); });
}

// Sets advance and code. Digits have one width in most fonts, so letters must tell.
void measure_letters(const poppler::text_box& box, const poppler::ustring& text, PdfWord& word) {
  bool narrow = false;
  bool wide = false;
  double least = 1e9;
  double most = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= 0x2E80) return;  // ideographs
    const poppler::rectf glyph = box.char_bbox(i);
    const double width = word.turned % 2 == 0 ? glyph.width() : glyph.height();
    least = std::min(least, width);
    most = std::max(most, width);
    const char c = text[i] < 0x80 ? static_cast<char>(text[i]) : '\0';
    narrow = narrow || (c != 0 && std::string_view("iljtf.,:;'|!()[]").find(c) < 16);
    wide = wide || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'J') ||
           (c >= 'a' && c <= 'z' && std::string_view("iljtfr").find(c) > 6);
  }
  constexpr double kTolerance = 0.02;  // of the font size
  if (most - least > kTolerance * word.size || most < 0.3 * word.size) return;
  word.advance = most;
  word.code = narrow && wide;
}

// The box as if the page were turned until the text stands upright.
void place(const poppler::rectf& box, double width, double height, PdfWord& word) {
  const double x1 = box.left();
  const double x2 = box.right();
  const double y1 = std::min(box.top(), box.bottom());
  const double y2 = std::max(box.top(), box.bottom());
  switch (word.turned) {
    case 1:
      std::tie(word.left, word.right, word.top, word.bottom) =
          std::tuple(y1, y2, width - x2, width - x1);
      break;
    case 2:
      std::tie(word.left, word.right, word.top, word.bottom) =
          std::tuple(width - x2, width - x1, height - y2, height - y1);
      break;
    case 3:
      std::tie(word.left, word.right, word.top, word.bottom) =
          std::tuple(height - y2, height - y1, x1, x2);
      break;
    default:
      std::tie(word.left, word.right, word.top, word.bottom) = std::tuple(x1, x2, y1, y2);
  }
}

}  // namespace

std::vector<PdfWord> read_pdf_words(const poppler::page& page, double width, double height) {
  std::vector<PdfWord> words;
  for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
    const poppler::ustring text = box.text();
    PdfWord word;
    word.text = squeeze(clean_letters(text));
    word.space = box.has_space_after();
    word.turned = box.rotation() & 3;
    if (word.text.empty()) {
      if (!words.empty()) words.back().space = words.back().space || word.space;
      continue;
    }
    place(box.bbox(), width, height, word);
    for (double* value : {&word.left, &word.right, &word.top, &word.bottom})
      *value = finite_length(*value);
    word.size = box.has_font_info() ? finite_length(box.get_font_size()) : word.bottom - word.top;
    word.size = std::max(std::abs(word.size), 1.0);
    word.bold = box.has_font_info() && names_bold(box.get_font_name());
    measure_letters(box, text, word);
    words.push_back(std::move(word));
  }
  return words;
}

double finite_length(double value) {
  return std::isfinite(value) ? std::clamp(value, -1e6, 1e6) : 0;
}

}  // namespace tome
