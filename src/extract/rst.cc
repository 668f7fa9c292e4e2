// SPDX-License-Identifier: GPL-2.0-or-later
// reStructuredText (docutils 0.20) with Sphinx's directives and roles -> blocks. Read: sections,
// paragraphs, lists of all kinds, literal and doctest blocks, line blocks, quotes, tables,
// footnotes, citations, targets, substitutions, and the directives of rst_directives.cc. Other
// files are never opened (include, literalinclude, toctree, autodoc), expressions of "only" are not
// evaluated, and what Sphinx would warn of is read as text.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "extract/readers.h"
#include "extract/rst_reader.h"

namespace tome {

using namespace markup;
using namespace rst;

RstReader::RstReader(std::string_view text) : lines_(text) {
  names_ = collect_names(lines_);
  names_.budget = Budget(text.size() + (64u << 10));
}

Document RstReader::read() && {
  body(0, lines_.size(), lines_.least_indent(0, lines_.size()), 0);
  if (top_titles_ == 1) meta_.title = title_;
  Document document = std::move(writer_).finish();
  if (styles_.size() > 2 && styles_[1].second) take_subtitle(document);
  document.meta = std::move(meta_);
  return document;
}

// docutils: a lone title with a lone title right below it is title and subtitle. Only where that
// one is overlined, since many a manual has but one chapter.
void RstReader::take_subtitle(Document& document) {
  std::vector<Block>& blocks = document.blocks;
  if (meta_.title.empty() || blocks.size() < 2 || blocks[0].level != 1) return;
  Block& second = blocks[1];
  if (second.style != Style::kHeading || second.level != 2) return;
  std::size_t lone = 0;
  for (const Block& block : blocks) {
    if (block.style == Style::kHeading && block.level <= 2) ++lone;
  }
  if (lone != 2) return;
  meta_.subtitle =
      tidy(std::string_view(document.text).substr(second.begin, second.end - second.begin));
  second.style = Style::kParagraph;
  second.level = 0;
  second.anchor.clear();
  for (Block& block : blocks) {
    if (block.style == Style::kHeading && block.level > 2) --block.level;
  }
}

// Lines [first, last), whose least indentation is `indent`.
void RstReader::body(std::size_t first, std::size_t last, std::uint32_t indent, int nesting) {
  if (nesting >= kMarkupDepth) return flat(first, last);
  std::size_t i = lines_.skip_blank(first, last);
  while (i < last) i = lines_.skip_blank(block(i, last, indent, nesting), last);
}

void RstReader::inner(std::size_t first, std::size_t end, int nesting) {
  body(first, end, lines_.least_indent(first, end), nesting + 1);
}

// What is nested too deeply.
void RstReader::flat(std::size_t i, std::size_t last) {
  for (i = lines_.skip_blank(i, last); i < last; i = lines_.skip_blank(i, last)) {
    std::size_t end = i;
    while (end < last && !lines_.blank(end)) ++end;
    writer_.paragraph(inline_text(lines_.joined(i, end)), lines_.number(i));
    i = end;
  }
}

// Reads the block at `i` and returns the line after it.
std::size_t RstReader::block(std::size_t i, std::size_t last, std::uint32_t indent, int nesting) {
  const std::string_view text = lines_.text(i);
  // Fields describe the document until its text begins.
  const bool field_line = nesting > 0 || text[0] == ':';
  docinfo_ = docinfo_ && (field_line || writer_.only_headings());
  if (lines_.indent(i) > indent) {  // a quote
    const std::size_t end = lines_.end_of_indented(i, last, indent);
    body(i, end, lines_.least_indent(i, end), nesting + 1);
    return end;
  }
  if (text == ".." || text.starts_with(".. ")) return explicit_markup(i, last, nesting);
  if (text == "__" || text.starts_with("__ ")) return i + 1;
  if (const std::size_t mark = bullet(text)) return item(i, last, mark, nesting);
  if (const std::size_t mark = enumerator(text); mark > 0 && is_item(i, last)) {
    return item(i, last, mark, nesting);
  }
  if (const std::size_t end = field_end(text)) return field(i, last, end, nesting);
  if (const std::size_t end = option_end(text)) return option(i, last, end, nesting);
  if (text.starts_with(">>> ")) return doctest(i, last);
  if (text == "|" || text.starts_with("| ")) return line_block(i, last);
  if (const std::size_t end = drawn_table(i, last)) return end;
  if (nesting == 0) {
    if (const Title title = title_at(lines_, i, last); title.end > 0) return section(title);
  }
  if (adornment(text) != 0 && text.size() >= 4) return i + 1;  // a transition
  return paragraph(i, last, nesting);
}

// docutils: a line below an enumerator is indented, empty, or the next item.
bool RstReader::is_item(std::size_t i, std::size_t last) const {
  return i + 1 >= last || lines_.blank(i + 1) || lines_.indent(i + 1) != lines_.indent(i) ||
         enumerator(lines_.text(i + 1)) > 0;
}

std::size_t RstReader::section(const Title& title) {
  auto style = std::find(styles_.begin(), styles_.end(), title.style);
  if (style == styles_.end()) style = styles_.insert(styles_.end(), title.style);
  const auto level = static_cast<int>(style - styles_.begin()) + 1;
  const std::string text = inline_text(lines_.text(title.text));
  if (level == 1 && ++top_titles_ == 1 && writer_.only_headings()) title_ = tidy(text);
  if (level == 1 && title_.empty()) ++top_titles_;
  std::string anchor = writer_.pending_anchor();
  if (std::string id = rst_id(text); ids_.insert(id).second && anchor.empty()) {
    anchor = std::move(id);
  }
  scope_.clear();
  writer_.heading(level, text, lines_.number(title.text), std::move(anchor));
  return title.end;
}

// The content of an item, a definition, a directive ... below line `i`, whose own text (after
// `cut` bytes) is its first line. Returns the line after it.
std::size_t RstReader::content(std::size_t i, std::size_t last, std::size_t cut, int nesting) {
  const std::uint32_t outer = lines_.indent(i);
  const std::size_t end = lines_.end_of_indented(i + 1, last, outer);
  lines_.cut(i, cut);
  if (const std::uint32_t below = lines_.least_indent(i + 1, end); below > outer) {
    lines_.set_indent(i, below);
  }
  body(i, end, lines_.least_indent(i, end), nesting + 1);
  return end;
}

std::size_t RstReader::item(std::size_t i, std::size_t last, std::size_t mark, int nesting) {
  writer_.flush(true);
  ++writer_.depth;
  const std::size_t end = content(i, last, mark, nesting);
  --writer_.depth;
  return end;
}

std::size_t RstReader::doctest(std::size_t i, std::size_t last) {
  std::size_t end = i;
  while (end < last && !lines_.blank(end)) ++end;
  writer_.code(lines_.code(i, end, lines_.least_indent(i, end)), lines_.number(i));
  return end;
}

// "| verse": lines stay lines.
std::size_t RstReader::line_block(std::size_t i, std::size_t last) {
  std::string verse;
  std::size_t end = i;
  for (; end < last && !lines_.blank(end); ++end) {
    const std::string_view text = lines_.text(end);
    const bool opens = text.starts_with('|');
    if (!verse.empty()) verse += opens ? '\n' : ' ';
    verse += trim(text.substr(opens ? 1 : 0));
  }
  writer_.paragraph(inline_text(verse), lines_.number(i));
  return end;
}

std::size_t RstReader::paragraph(std::size_t i, std::size_t last, int nesting) {
  const std::uint32_t indent = lines_.indent(i);
  std::size_t end = i + 1;
  while (end < last && !lines_.blank(end) && lines_.indent(end) == indent) ++end;
  const bool literal = lines_.text(end - 1).ends_with("::");
  const bool below = end < last && !lines_.blank(end) && lines_.indent(end) > indent;
  if (below && end == i + 1 && !literal) {
    std::string term = inline_text(lines_.text(i));
    const std::size_t length = lines_.text(i).size();
    // The anchor of a glossary's term, as Sphinx makes it, needs the glossary: not made.
    return described(i, last, length, term, nesting);
  }
  std::string text = lines_.joined(i, end);
  if (literal) {
    text.resize(text.size() - (text.ends_with(" ::") || text == "::" ? 2 : 1));
  }
  writer_.paragraph(inline_text(text), lines_.number(i));
  return literal ? literal_block(end, last, indent) : end;
}

std::size_t RstReader::literal_block(std::size_t i, std::size_t last, std::uint32_t indent) {
  const std::size_t first = lines_.skip_blank(i, last);
  if (first == last) return first;
  std::size_t end = first;
  if (lines_.indent(first) > indent) {
    end = lines_.end_of_indented(first, last, indent);
  } else if (const char quote = lines_.text(first)[0];
             is_punctuation(quote) && lines_.indent(first) == indent && quote != '.') {
    while (end < last && !lines_.blank(end) && lines_.text(end)[0] == quote) ++end;
  } else {
    return i;
  }
  writer_.code(lines_.code(first, end, lines_.least_indent(first, end)), lines_.number(first));
  return end;
}

Document read_rst(std::string_view text) { return RstReader(text).read(); }

}  // namespace tome
