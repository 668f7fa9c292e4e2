// SPDX-License-Identifier: GPL-2.0-or-later
// AsciiDoc (of asciidoctor 2 and of the older asciidoc.py, as in Git's manual pages) -> blocks.
// Read: the header, sections in both forms, paragraphs, lists of all kinds with continuations,
// delimited blocks, admonitions, tables, attributes, inline markup. Other files are never opened:
// include:: is named. ifdef:: is taken as true unless it names a back end or a place (env-github);
// ifeval:: is taken as true. Passthrough blocks, which hold HTML, are left out.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "extract/asciidoc_attributes.h"
#include "extract/asciidoc_inline.h"
#include "extract/asciidoc_lines.h"
#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/markup.h"
#include "extract/markup_writer.h"
#include "extract/readers.h"

namespace tome {

using namespace markup;
using namespace asciidoc;

namespace {

constexpr std::size_t kLongestValue = 4096;  // of an attribute

class AsciiDocReader {
 public:
  AsciiDocReader(std::string_view text, std::uint32_t lines_before)
      : lines_(text), before_(lines_before) {
    names_.budget = Budget(text.size() + (64u << 10));
    drop_conditions(lines_);
    names_.titles = titles_by_anchor(lines_);
  }

  Document read() && {
    std::size_t i = header();
    while (i < lines_.size()) i = line(i);
    Document document = std::move(writer_).finish();
    document.meta = std::move(meta_);
    return document;
  }

 private:
  struct Open {
    std::string delimiter;
    std::size_t lists = 0;    // markers when it was opened
    std::string attribution;  // of a quotation
  };

  std::uint32_t number(std::size_t i) const { return lines_.number(i) + before_; }

  std::string inline_text(std::string_view text) {
    return asciidoc_inline(asciidoc_substituted(text, names_), names_);
  }

  // Sets the attribute whose entry is at `i`; returns the line after it.
  std::size_t entry(std::size_t i) {
    auto [name, first] = attribute_entry(lines_.text(i));
    std::string value(first);
    std::size_t end = i + 1;
    while (value.ends_with('\\') && end < lines_.size() && value.size() < kLongestValue) {
      value.pop_back();
      value += lines_.text(end++);
    }
    const bool unset = name.starts_with('!') || name.ends_with('!');
    std::string key;
    for (const char c : lower_ascii(name)) {
      if (c != '!') key += c;
    }
    if (unset) {
      names_.attributes.erase(key);
      return end;
    }
    value = asciidoc_substituted(value, names_);
    if (value.size() <= kLongestValue) names_.attributes[key] = value;
    describe(key, value);
    return end;
  }

  void describe(const std::string& key, const std::string& value) {
    if (value.empty()) return;
    if (key == "author" || key == "authors") add_authors(value);
    if (key == "lang") meta_.language = language_code(value);
    if (key == "keywords" || key == "page-tags") meta_.topics = split_commas(value);
    if (key == "revdate" && meta_.year == 0) meta_.year = year_in(value);
    if (key == "isbn") meta_.isbn = isbn_in(value);
    if (key == "publisher") meta_.publisher = value;
  }

  // "Ann Lee <ann@x.org>; Bob Ray <b@y.org>"
  void add_authors(std::string_view text) {
    meta_.authors.clear();
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(';'), text.size());
      const std::string_view author = text.substr(0, end);
      std::string name(trim(author.substr(0, author.find('<'))));
      std::replace(name.begin(), name.end(), '_', ' ');
      if (!name.empty() && name.size() < 200) meta_.authors.push_back(std::move(name));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  // Attributes and comments before the title, the title, and its author and revision lines.
  std::size_t header() {
    std::size_t i = 0;
    AsciiDocAttributes attributes;
    for (; i < lines_.size(); ++i) {
      const std::string_view text = lines_.text(i);
      if (text.empty() || (text.starts_with("//") && !text.starts_with("////"))) continue;
      if (!attribute_entry(text).first.empty()) {
        i = entry(i) - 1;
      } else if (!read_asciidoc_attributes(text, attributes)) {
        break;
      }
    }
    if (i >= lines_.size()) return i;
    const Title title = title_at(lines_, i);
    if (title.level != 1) {
      attributes_ = std::move(attributes);
      return i;
    }
    names_.old = title.end == i + 2;
    const std::string text = inline_text(title.text);
    writer_.heading(1, text, number(i), attributes.id);
    meta_.title = tidy(text);
    std::size_t end = title.end;
    const auto plain = [&] {
      if (end >= lines_.size() || lines_.blank(end)) return false;
      const std::string_view line = lines_.text(end);
      return !line.starts_with("//") && attribute_entry(line).first.empty();
    };
    // The line below a title is its author; man pages of Git have a blank line there.
    if (plain() && is_author(lines_.text(end))) {
      add_authors(asciidoc_substituted(lines_.text(end++), names_));
      if (plain() && (is_digit(lines_.text(end)[0]) || lines_.text(end)[0] == 'v')) {
        meta_.year = year_in(lines_.text(end++));
      }
    }
    return end;
  }

  // Reads what begins at line `i` and returns the line after it.
  std::size_t line(std::size_t i) {
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

  std::size_t base() const { return open_.empty() ? 0 : open_.back().lists; }

  // Before a block that is no list item: ends the lists that it does not belong to, and writes its
  // title.
  void begin_block(std::size_t) {
    if (!std::exchange(attached_, false)) markers_.resize(std::min(markers_.size(), base()));
    writer_.depth = static_cast<int>(markers_.size());
    if (!attributes_.id.empty()) writer_.anchor(attributes_.id);
    if (!block_title_.empty()) writer_.paragraph(inline_text(block_title_), title_line_);
    block_title_.clear();
  }

  std::size_t section(std::size_t i, const Title& title) {
    markers_.clear();
    attached_ = false;
    writer_.depth = 0;
    std::string text = inline_text(title.text);
    std::string_view words = text;
    if (title.level > 1 && words.size() > title.level + 1u &&
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

  std::string prefix() const {
    const auto found = names_.attributes.find("idprefix");
    return found == names_.attributes.end() ? "_" : found->second;
  }

  char separator() const {
    const auto found = names_.attributes.find("idseparator");
    return found == names_.attributes.end() ? '_' : found->second.empty() ? '\0' : found->second[0];
  }

  // image::x[alt] and what else stands for a block; true: it was one.
  bool block_macro(std::size_t i) {
    const std::string_view text = lines_.text(i);
    const std::size_t colons = text.substr(0, 20).find("::");
    if (colons == std::string_view::npos || text.back() != ']') return false;
    const std::string_view name = text.substr(0, colons);
    const std::size_t open = text.find('[');
    constexpr std::string_view kNames[] = {"image", "video", "audio", "toc", "gist", "partial"};
    if (open == std::string_view::npos ||
        std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames)) {
      return false;
    }
    begin_block(i);
    attributes_ = {};
    std::string_view alt = text.substr(open + 1, text.size() - open - 2);
    if (name != "image") return true;
    const bool quoted = alt.starts_with('"');
    alt = quoted ? alt.substr(1, std::min(alt.find('"', 1), alt.size()) - 1)
                 : alt.substr(0, alt.find(','));
    if (alt.find('=') == std::string_view::npos) writer_.paragraph(inline_text(alt), number(i));
    return true;
  }

  // ---- .... ++++ //// ```
  std::size_t verbatim(std::size_t i) {
    const std::string_view delimiter = lines_.text(i);
    const std::string_view closing = delimiter[0] == '`' ? delimiter.substr(0, 3) : delimiter;
    std::size_t end = i + 1;
    while (end < lines_.size() && lines_.text(end) != closing) ++end;
    const AsciiDocAttributes attributes = std::exchange(attributes_, {});
    const bool math = attributes.style == "stem" || attributes.style == "latexmath";
    if (delimiter[0] != '/' && (delimiter[0] != '+' || math)) {
      attributes_.id = attributes.id;
      begin_block(i);
      attributes_ = {};
      listing(i + 1, end, attributes.style);
    }
    return std::min(end + 1, lines_.size());
  }

  void listing(std::size_t first, std::size_t last, std::string_view style) {
    if (first >= last) return writer_.flush(false);
    if (style == "verse") {
      return writer_.paragraph(inline_text(lines_.code(first, last, UINT32_MAX)), number(first));
    }
    std::string code;
    for (std::size_t i = first; i < last; ++i) {
      const Condition include = condition_of(lines_.blank(i) ? " " : lines_.text(i));
      code += include.name == "include"
                  ? asciidoc_substituted("Included: " + std::string(include.target) + "\n", names_)
                  : lines_.code(i, i + 1, 0);
    }
    writer_.code(code, number(first));
  }

  std::size_t table(std::size_t i) {
    const std::string_view delimiter = lines_.text(i);
    std::size_t end = i + 1;
    while (end < lines_.size() && lines_.text(end) != delimiter) ++end;
    const AsciiDocAttributes attributes = std::exchange(attributes_, {});
    attributes_.id = attributes.id;
    begin_block(i);
    attributes_ = {};
    for (const AsciiDocRow& row :
         read_asciidoc_table(lines_, i + 1, end, delimiter[0], attributes)) {
      std::vector<std::string> cells;
      for (const std::string& cell : row.cells) cells.push_back(inline_text(trim(cell)));
      writer_.row(cells, row.line + before_);
    }
    return std::min(end + 1, lines_.size());
  }

  // ==== **** ____ --: opens a block, or closes the nearest that it fits.
  std::size_t compound(std::size_t i) {
    const std::string_view delimiter = lines_.text(i);
    const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                    [&](const Open& open) { return open.delimiter == delimiter; });
    if (found != open_.rend()) {
      Open closed = std::move(*found);
      open_.erase(std::next(found).base(), open_.end());
      writer_.flush(false);
      markers_.resize(std::min(markers_.size(), closed.lists));
      writer_.depth = static_cast<int>(markers_.size());
      if (!closed.attribution.empty()) writer_.paragraph(closed.attribution, number(i));
      attached_ = false;
      return i + 1;
    }
    const std::string style = attributes_.style;
    constexpr std::string_view kCode[] = {"source", "listing", "literal", "verse", "stem"};
    if (std::find(std::begin(kCode), std::end(kCode), style) != std::end(kCode)) return verbatim(i);
    if (style == "comment") {
      attributes_ = {};
      while (++i < lines_.size() && lines_.text(i) != delimiter) {
      }
      return i + 1;
    }
    begin_block(i);
    const AsciiDocAttributes attributes = std::exchange(attributes_, {});
    if (open_.size() >= static_cast<std::size_t>(kMarkupDepth)) return i + 1;
    if (const auto name = admonition(style); !name.empty()) {
      writer_.lead(std::string(name) + ": ", number(i));
    }
    open_.push_back({std::string(delimiter), markers_.size(), attribution(attributes)});
    return i + 1;
  }

  std::string attribution(const AsciiDocAttributes& attributes) {
    if (attributes.style != "quote" && attributes.style != "verse") return {};
    std::string out;
    for (std::size_t i = 1; i < attributes.positional.size() && i < 3; ++i) {
      if (attributes.positional[i].empty()) continue;
      out.append(out.empty() ? "\u2014 " : ", ").append(inline_text(attributes.positional[i]));
    }
    return out;
  }

  // The line after the text that begins at `i`: up to a blank line, or what begins another block.
  std::size_t text_end(std::size_t i, bool in_list) const {
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
  std::string gathered(std::size_t first, std::size_t last, bool verse) {
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

  std::size_t paragraph(std::size_t i) {
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
  std::size_t literal(std::size_t i) {
    std::size_t end = i;
    while (end < lines_.size() && !lines_.blank(end) && lines_.text(end) != "+") ++end;
    const bool item = !markers_.empty();
    attached_ = attached_ || item;
    const bool verse = attributes_.style == "verse" || attributes_.style == "quote" ||
                       attributes_.style == "normal";
    if (verse) return paragraph(i);
    begin_block(i);
    attributes_ = {};
    writer_.code(lines_.code(i, end, lines_.least_indent(i, end)), number(i));
    return end;
  }

  // Makes the list of `marker` the innermost; its item comes next.
  void enter_list(const Marker& marker, std::size_t i) {
    writer_.flush(true);
    if (!block_title_.empty() || !attributes_.id.empty()) {
      attached_ = false;
      begin_block(i);
    }
    attached_ = false;
    attributes_ = {};
    const auto from =
        markers_.begin() + static_cast<std::ptrdiff_t>(std::min(base(), markers_.size()));
    const auto found = std::find(from, markers_.end(), marker.key);
    if (found != markers_.end()) {
      markers_.erase(found + 1, markers_.end());
    } else if (markers_.size() < static_cast<std::size_t>(kMarkupDepth)) {
      markers_.push_back(marker.key);
    }
    writer_.depth = static_cast<int>(markers_.size());
  }

  std::size_t item(std::size_t i, const Marker& marker) {
    enter_list(marker, i);
    const std::size_t end = text_end(i, true);
    std::string text = gathered(i, end, false);
    text.erase(0, marker.size);
    std::string_view words = trim(text);
    for (const std::string_view box : {"[ ] ", "[x] ", "[*] "}) {
      if (words.starts_with(box)) words.remove_prefix(box.size());
    }
    writer_.paragraph(inline_text(words), number(i));
    return end;
  }

  // "a::", "b:: text" ...: terms that share one text.
  std::size_t terms(std::size_t i) {
    const std::uint32_t line = number(i);
    const Marker first = marker_of(lines_.text(i));
    enter_list(first, i);
    std::string lead;
    for (;;) {
      const std::string_view text = lines_.text(i);
      const Marker marker = marker_of(text);
      lead += inline_text(trim(text.substr(0, marker.term_size)));
      const bool alone = trim(text.substr(marker.size)).empty();
      if (!alone) {
        lines_.cut(i, marker.size);
        break;
      }
      i = lines_.skip_blank(i + 1, lines_.size());
      if (i == lines_.size()) break;
      const Marker next = marker_of(lines_.text(i));
      if (!next.term || next.key != first.key) break;
      lead += ", ";
    }
    writer_.lead(lead + (lead.ends_with(':') ? " " : ": "), line);
    if (i == lines_.size()) return i;
    const std::string_view text = lines_.text(i);
    AsciiDocAttributes ignored;
    if (text == "+" || is_verbatim(text) || is_compound(text) || is_table(text) ||
        marker_of(text).size > 0 || !condition_of(text).name.empty() ||
        read_asciidoc_attributes(text, ignored) || title_at(lines_, i).level > 0) {
      return i;
    }
    const std::size_t end = text_end(i, true);
    writer_.paragraph(inline_text(gathered(i, end, false)), line);
    return end;
  }

  MarkupLines lines_;
  std::uint32_t before_;
  AsciiDocNames names_;
  MarkupWriter writer_;
  WorkInfo meta_;
  std::vector<std::string> markers_;  // of the lists that are open, outermost first
  std::vector<Open> open_;
  AsciiDocAttributes attributes_;  // of the next block
  std::string block_title_;
  std::uint32_t title_line_ = 0;
  std::map<std::string, int> ids_;
  bool attached_ = false;  // a "+" stood above
  bool after_blank_ = true;
};

}  // namespace

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
