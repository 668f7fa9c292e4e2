// SPDX-License-Identifier: GPL-2.0-or-later
// AsciiDoc (of asciidoctor 2 and of the older asciidoc.py, as in Git's manual pages) -> blocks.
// Read: the header, sections in both forms, paragraphs, lists of all kinds with continuations,
// delimited blocks, admonitions, tables, attributes, inline markup. Other files are never opened:
// include:: is named. ifdef:: is taken as true unless it names a back end or a place (env-github);
// ifeval:: is taken as true. Passthrough blocks, which hold HTML, are left out.
#include <algorithm>
#include <string>
#include <utility>

#include "extract/asciidoc_reader.h"
#include "extract/front_matter.h"
#include "extract/readers.h"

namespace tome {

using namespace markup;
using namespace asciidoc;

AsciiDocReader::AsciiDocReader(std::string_view text, std::uint32_t lines_before)
    : lines_(text), before_(lines_before) {
  names_.budget = Budget(text.size() + (64u << 10));
  drop_conditions(lines_);
  names_.titles = titles_by_anchor(lines_);
}

Document AsciiDocReader::read() && {
  std::size_t i = header();
  while (i < lines_.size()) i = line(i);
  Document document = std::move(writer_).finish();
  document.meta = std::move(meta_);
  return document;
}

std::string AsciiDocReader::inline_text(std::string_view text) {
  return asciidoc_inline(asciidoc_substituted(text, names_), names_);
}

// Reads what begins at line `i` and returns the line after it.
std::size_t AsciiDocReader::line(std::size_t i) {
  const std::string_view text = lines_.text(i);
  if (text.empty()) {
    after_blank_ = true;
    return i + 1;
  }
  const bool blank = std::exchange(after_blank_, false);
  if (text == "+") {
    attached_ = true;
    return i + 1;
  }
  if (is_verbatim(text)) return verbatim(i);
  if (text.starts_with("//") && !text.starts_with("///")) return i + 1;
  if (!attribute_entry(text).first.empty()) return entry(i);
  if (const Condition include = condition_of(text); !include.name.empty()) {
    begin_block(i);
    writer_.paragraph(asciidoc_substituted("Included: " + std::string(include.target), names_),
                      number(i));
    return i + 1;
  }
  if (read_asciidoc_attributes(text, attributes_)) return i + 1;
  if (is_table(text)) return table(i);
  if (is_compound(text)) return compound(i);
  if (text == "'''" || text == "<<<" || text == "---" || text == "***") return i + 1;
  if (text.size() > 1 && text[0] == '.' && text[1] != '.' && !is_blank_char(text[1]) &&
      lines_.indent(i) == 0) {
    block_title_ = text.substr(1);
    title_line_ = number(i);
    return i + 1;
  }
  if (const Title title = title_at(lines_, i); title.level > 0 && open_.empty())
    return section(i, title);
  if (block_macro(i)) return i + 1;
  if (const Marker marker = marker_of(text); marker.size > 0) {
    return marker.term ? terms(i) : item(i, marker);
  }
  if (lines_.indent(i) > 0 && (blank || markers_.empty() || attached_)) return literal(i);
  return paragraph(i);
}

// Before a block that is no list item: ends the lists that it does not belong to, and writes its
// title.
void AsciiDocReader::begin_block(std::size_t) {
  if (!std::exchange(attached_, false)) markers_.resize(std::min(markers_.size(), base()));
  writer_.depth = static_cast<int>(markers_.size());
  if (!attributes_.id.empty()) writer_.anchor(attributes_.id);
  if (!block_title_.empty()) writer_.paragraph(inline_text(block_title_), title_line_);
  block_title_.clear();
}

std::size_t AsciiDocReader::section(std::size_t i, const Title& title) {
  markers_.clear();
  attached_ = false;
  writer_.depth = 0;
  std::string text = inline_text(title.text);
  std::string_view words = text;
  if (title.level > 1 && words.size() > static_cast<std::size_t>(title.level) + 1 &&
      words.ends_with(std::string(static_cast<std::size_t>(title.level), '='))) {
    words = trim(words.substr(0, words.size() - static_cast<std::size_t>(title.level)));
  }
  std::string anchor = std::exchange(attributes_, {}).id;
  std::string made = asciidoc_id(words, prefix(), separator());
  if (!made.empty()) {
    const int times = ++ids_[made];
    if (times > 1) made += separator() + std::to_string(times);
  }
  if (anchor.empty()) anchor = writer_.pending_anchor().empty() ? made : writer_.pending_anchor();
  writer_.heading(title.level, words, number(i), std::move(anchor));
  block_title_.clear();
  return title.end;
}

std::string AsciiDocReader::prefix() const {
  const auto found = names_.attributes.find("idprefix");
  return found == names_.attributes.end() ? "_" : found->second;
}

char AsciiDocReader::separator() const {
  const auto found = names_.attributes.find("idseparator");
  return found == names_.attributes.end() ? '_' : found->second.empty() ? '\0' : found->second[0];
}

// The line after the text that begins at `i`: up to a blank line, or what begins another block.
std::size_t AsciiDocReader::text_end(std::size_t i, bool in_list) const {
  for (++i; i < lines_.size() && !lines_.blank(i); ++i) {
    const std::string_view text = lines_.text(i);
    AsciiDocAttributes ignored;
    if (text == "+" || is_verbatim(text) || is_compound(text) || is_table(text)) break;
    if (text[0] == '[' && read_asciidoc_attributes(text, ignored)) break;
    if (!condition_of(text).name.empty()) break;
    if (in_list && marker_of(text).size > 0) break;
  }
  return i;
}

// The lines of a paragraph joined; " +" at the end of one keeps the break, comments go.
std::string AsciiDocReader::gathered(std::size_t first, std::size_t last, bool verse) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    std::string_view text = lines_.text(i);
    if (i > first && text.starts_with("//") && !text.starts_with("///")) continue;
    if (!out.empty() && out.back() != '\n') out += verse ? '\n' : ' ';
    const bool hard = text.ends_with(" +");
    out += hard ? text.substr(0, text.size() - 2) : text;
    if (hard) out += '\n';
  }
  return out;
}

std::size_t AsciiDocReader::paragraph(std::size_t i) {
  begin_block(i);
  const AsciiDocAttributes attributes = std::exchange(attributes_, {});
  const std::size_t end = text_end(i, !markers_.empty());
  const std::string& style = attributes.style;
  if (style == "source" || style == "listing" || style == "literal") {
    listing(i, end, style);
    return end;
  }
  std::string_view first = lines_.text(i);
  std::string text = gathered(i, end, style == "verse");
  if (const auto name = admonition(style); !name.empty()) {
    text.insert(0, std::string(name) + ": ");
  } else if (const std::size_t colon = first.substr(0, 10).find(": ");
             colon != std::string_view::npos) {
    if (const auto label = admonition(first.substr(0, colon)); !label.empty()) {
      text.replace(0, colon, label);
    }
  }
  writer_.paragraph(inline_text(text), number(i));
  if (const std::string by = attribution(attributes); !by.empty()) {
    writer_.paragraph(by, number(i));
  }
  return end;
}

// Lines that are indented at the beginning of a block stand as they are.
std::size_t AsciiDocReader::literal(std::size_t i) {
  std::size_t end = i;
  while (end < lines_.size() && !lines_.blank(end) && lines_.text(end) != "+") ++end;
  const bool item = !markers_.empty();
  attached_ = attached_ || item;
  const bool verse =
      attributes_.style == "verse" || attributes_.style == "quote" || attributes_.style == "normal";
  if (verse) return paragraph(i);
  begin_block(i);
  attributes_ = {};
  writer_.code(lines_.code(i, end, lines_.least_indent(i, end)), number(i));
  return end;
}

Document read_asciidoc(std::string_view text) {
  FrontMatter front;
  if (text.starts_with("---\n")) front = read_front_matter(text);
  Document document = AsciiDocReader(text.substr(front.end), front.lines).read();
  if (front.end > 0) {
    if (front.info.title.empty()) front.info.title = document.meta.title;
    if (front.info.authors.empty()) front.info.authors = document.meta.authors;
    document.meta = std::move(front.info);
    document.warnings = std::move(front.warnings);
  }
  return document;
}

}  // namespace tome
