// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_paragraphs.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "extract/labels.h"
#include "extract/pdf_letters.h"
#include "extract/pdf_marks.h"

namespace tome {
namespace {

bool same_size(double a, double b) { return a < 1.12 * b && b < 1.12 * a; }

class Joiner {
 public:
  Joiner(const std::vector<PdfLine>& lines, double body)
      : lines_(lines), pitches_(lines), body_(body) {
    std::size_t code = 0;
    std::size_t all = 0;
    for (const PdfLine& line : lines) {
      all += line.text.size();
      if (line.code) code += line.text.size();
    }
    typewritten_ = code * 2 > all;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) words_.ask(lines[i].text, lines[i + 1].text);
    for (const PdfLine& line : lines) words_.see(line.text);
  }

  std::vector<PdfParagraph> join() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].heading > 0) {
        i += add_heading(i) - 1;
      } else if (lines_[i].cells) {
        start(i, Style::kTableRow);
        last_ = i;
      } else if (is_code(i)) {
        add_code(i);
      } else if (!add_to_paragraph(i)) {
        open(i);
      }
    }
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // The paragraph's last line is right above line i, in the same column.
  bool stands_below(std::size_t above, std::size_t i) const {
    const PdfLine& a = lines_[above];
    const PdfLine& b = lines_[i];
    return a.page == b.page && a.turned == b.turned && b.bottom > a.bottom + 0.3 * b.size &&
           b.left < a.right && b.right > a.left;
  }

  // Where lines around `i` end, so that a short line can be told.
  double right_edge(std::size_t i) const {
    constexpr std::size_t kWindow = 4;
    double right = lines_[i].right;
    const auto widen = [&](std::size_t k, std::size_t beside) {
      if (lines_[k].heading > 0 || !same_size(lines_[k].size, lines_[i].size)) return false;
      const bool column = k < beside ? stands_below(k, beside) : stands_below(beside, k);
      if (column) right = std::max(right, lines_[k].right);
      return column;
    };
    for (std::size_t k = i; k > 0 && i - k < kWindow && widen(k - 1, k); --k) {
    }
    for (std::size_t k = i; k + 1 < lines_.size() && k - i < kWindow && widen(k + 1, k); ++k) {
    }
    return right;
  }

  // The next word would have fitted on line `i`: it was ended on purpose.
  bool is_short(std::size_t i, const PdfLine& next) const {
    const PdfLine& line = lines_[i];
    constexpr std::size_t kIdeographs = 6;  // two of them, in bytes
    std::size_t word = std::min(next.text.find(' '), next.text.size());
    if (opens_without_space(next.text)) word = std::min(word, kIdeographs);
    const double letter = (next.right - next.left) / static_cast<double>(next.text.size());
    return line.right + letter * static_cast<double>(word + 2) + 0.5 * line.size < right_edge(i);
  }

  bool is_code(std::size_t i) const {
    const PdfLine& line = lines_[i];
    if (typewritten_ || line.advance == 0 || !item_text(line.text).empty()) return false;
    if (!line.code) {  // "}" alone
      return i > 0 && last_ == i - 1 && !out_.empty() && out_.back().style == Style::kCode &&
             lines_[last_].page == line.page && stands_near(last_, i) &&
             std::abs(lines_[last_].advance - line.advance) < 0.03 * line.size;
    }
    if (i == 0 || last_ != i - 1 || out_.empty() || out_.back().style == Style::kCode ||
        !stands_below(i - 1, i)) {
      return true;
    }
    // A line of a paragraph that happens to hold nothing but code.
    const PdfLine& above = lines_[i - 1];
    const bool aligned = line.left - above.left < 0.5 * line.size;
    const bool close = line.bottom - above.bottom < 1.25 * pitches_.of(above.size);
    return !aligned || !close || above.heading > 0 || is_short(i - 1, line) ||
           above.text.ends_with(':');
  }

  // Whether line `i` goes on in the paragraph that line `above` is the last of.
  bool goes_on(const PdfParagraph& paragraph, std::size_t above, std::size_t i) const {
    const PdfLine& a = lines_[above];
    const PdfLine& b = lines_[i];
    if (!same_size(a.size, b.size)) return false;
    if (!item_text(b.text).empty() || a.leader) return false;
    const bool ended = ends_sentence(a.text);
    const Case first = first_case(b.text);
    const bool flows = ((!ended || a.text.ends_with(':')) && first == Case::kLower) ||
                       (ends_in_hyphen(a.text) && first != Case::kOther) ||
                       (!ended && ends_without_space(a.text) && opens_without_space(b.text) &&
                        !is_short(above, b));
    if (!stands_below(above, i)) return flows;
    const double step = b.bottom - a.bottom;
    const double pitch =
        paragraph.lines > 1 ? std::min(step_, 1.5 * pitches_.of(b.size)) : pitches_.of(b.size);
    if (step > (flows ? 1.7 : 1.22) * pitch + 0.5) return false;
    if (a.bold != b.bold && !flows && (paragraph.lines == 1 || paragraph.bold) &&
        paragraph.bold != b.bold && is_short(above, b)) {
      return false;
    }
    const double shift = b.left - a.left;
    const double em = 0.8 * b.size;
    const bool item = paragraph.style == Style::kListItem || opens_numbered_item(paragraph.text);
    if (opens_numbered_item(b.text) && (item || is_short(above, b))) return false;
    if (shift > em)
      return flows || (paragraph.lines == 1 && (item || (hangs(i) && !is_short(above, b))));
    if (shift < -em && paragraph.lines > 1) return flows;
    if (item && paragraph.lines == 1 && shift < em && !flows && ended) return false;
    return flows || !is_short(above, b);
  }

  // Line `i` is indented and so is the next: the paragraph's first line stands out.
  bool hangs(std::size_t i) const {
    if (i + 1 >= lines_.size() || !stands_below(i, i + 1))
      return !ends_sentence(lines_[i - 1].text);
    return std::abs(lines_[i + 1].left - lines_[i].left) < 0.3 * lines_[i].size &&
           !ends_sentence(lines_[i - 1].text);
  }

  bool add_to_paragraph(std::size_t i) {
    if (last_ == kNone || out_.empty()) return false;
    std::size_t target = out_.size() - 1;
    std::size_t above = last_;
    // Notes at the foot of a page, captions: the text goes on behind them.
    const bool jumps = !stands_below(last_, i);
    if (jumps && lines_[i].size > 0.95 * body_ && text_last_ != kNone &&
        lines_[last_].size < 0.95 * body_ && lines_[i].page <= lines_[text_last_].page + 1) {
      above = text_last_;
      target = text_;
    }
    PdfParagraph& paragraph = out_[target];
    if (paragraph.style == Style::kHeading || paragraph.style == Style::kCode ||
        paragraph.style == Style::kTableRow) {
      return false;
    }
    if (!goes_on(paragraph, above, i)) return false;
    step_ = jumps || target + 1 != out_.size() ? pitches_.of(lines_[i].size)
                                               : lines_[i].bottom - lines_[above].bottom;
    words_.join(paragraph.text, lines_[i].text);
    paragraph.bold = paragraph.bold && lines_[i].bold;
    ++paragraph.lines;
    remember(i, target);
    return true;
  }

  void remember(std::size_t i, std::size_t target) {
    last_ = i;
    if (lines_[i].size > 0.95 * body_ && out_[target].style != Style::kHeading &&
        out_[target].style != Style::kCode) {
      text_last_ = i;
      text_ = target;
    }
    if (target + 1 != out_.size()) last_ = i;
  }

  PdfParagraph& start(std::size_t i, Style style) {
    const PdfLine& line = lines_[i];
    PdfParagraph paragraph;
    paragraph.style = style;
    paragraph.page = line.page;
    paragraph.left = line.left;
    paragraph.size = line.size;
    paragraph.bold = line.bold;
    paragraph.lines = 1;
    paragraph.text = line.text;
    out_.push_back(std::move(paragraph));
    return out_.back();
  }

  void open(std::size_t i) {
    PdfParagraph& paragraph = start(i, Style::kParagraph);
    const std::string_view item = item_text(lines_[i].text);
    if (!item.empty()) {
      paragraph.style = Style::kListItem;
      paragraph.level = item_level(lines_[i]);
      paragraph.text = std::string(item);
    } else {
      if (!opens_numbered_item(lines_[i].text) && lines_[i].left < item_left_ - 1) items_.clear();
    }
    remember(i, out_.size() - 1);
  }

  // By how many items around it stand further left.
  int item_level(const PdfLine& line) {
    if (line.page > item_page_ + 1) items_.clear();
    while (!items_.empty() && items_.back() > line.left - 0.5 * line.size) items_.pop_back();
    if (items_.size() < 6) items_.push_back(line.left);
    item_left_ = items_.front();
    item_page_ = line.page;
    return static_cast<int>(items_.size());
  }

  void add_code(std::size_t i) {
    const PdfLine& line = lines_[i];
    const bool continues = last_ != kNone && last_ + 1 == i && !out_.empty() &&
                           out_.back().style == Style::kCode && lines_[last_].page == line.page &&
                           stands_near(last_, i) && same_size(lines_[last_].size, line.size);
    if (!continues) {
      start(i, Style::kCode);
      last_ = i;
      return;
    }
    PdfParagraph& code = out_.back();
    const double step = line.bottom - lines_[last_].bottom;
    code.text += step > 1.7 * pitches_.of(line.size) ? "\n\n" : "\n";
    const double columns = std::round((line.left - code.left) / line.advance);
    if (columns > 0) code.text.append(static_cast<std::size_t>(std::min(columns, 60.0)), ' ');
    if (columns < 0) indent(code, static_cast<std::size_t>(std::min(-columns, 60.0)), line);
    code.text += line.text;
    ++code.lines;
    last_ = i;
  }

  // A line stands further left than the first: all before it move right. Bounded, as blocks are
  // few lines until this happens.
  static void indent(PdfParagraph& code, std::size_t columns, const PdfLine& line) {
    constexpr std::size_t kMost = 100'000;
    const std::size_t begin = code.text.find_last_not_of('\n') + 1;
    code.left = line.left;
    if (code.text.size() > kMost) return;
    const std::string space(columns, ' ');
    std::string moved = space;
    for (std::size_t k = 0; k < begin; ++k) {
      moved += code.text[k];
      if (code.text[k] == '\n' && code.text[k + 1] != '\n') moved += space;
    }
    moved += code.text.substr(begin);
    code.text = std::move(moved);
  }

  bool stands_near(std::size_t above, std::size_t i) const {
    const double step = lines_[i].bottom - lines_[above].bottom;
    return step > 0 && step < 3.2 * pitches_.of(lines_[i].size);
  }

  std::uint32_t add_heading(std::size_t i) {
    const PdfLine& line = lines_[i];
    PdfParagraph& heading = start(i, Style::kHeading);
    heading.level = line.heading;
    for (std::uint32_t n = 1; n < line.lines; ++n) words_.join(heading.text, lines_[i + n].text);
    drop_part_number();
    last_ = i + line.lines - 1;
    items_.clear();
    return line.lines;
  }

  // "Chapter 2" on a line of its own before the heading says nothing more.
  void drop_part_number() {
    if (out_.size() < 2) return;
    const PdfParagraph& above = out_[out_.size() - 2];
    const PdfParagraph& heading = out_.back();
    if (above.style != Style::kParagraph || above.lines != 1 || above.page != heading.page ||
        above.size < 1.15 * body_ || words_in(above.text) > 2) {
      return;
    }
    const std::string_view number = std::string_view(above.text).substr(above.text.rfind(' ') + 1);
    if (number.size() > 5 ||
        number.find_first_not_of("0123456789IVXLCABDEFGH.") != std::string_view::npos) {
      return;
    }
    if (text_ == out_.size() - 2) text_last_ = kNone;
    out_.erase(out_.end() - 2);
  }

  const std::vector<PdfLine>& lines_;
  LinePitches pitches_;
  HyphenWords words_;
  double body_;
  bool typewritten_ = false;
  std::vector<PdfParagraph> out_;
  std::size_t last_ = kNone;       // the line before
  std::size_t text_last_ = kNone;  // the last line of text in the body's size, and its paragraph
  std::size_t text_ = 0;
  double step_ = 0;            // between the last two lines of the paragraph
  std::vector<double> items_;  // where the list items around begin
  double item_left_ = 0;
  std::uint32_t item_page_ = 0;
};

}  // namespace

std::vector<PdfParagraph> join_lines(const std::vector<PdfLine>& lines, double body) {
  return Joiner(lines, body).join();
}

}  // namespace tome
