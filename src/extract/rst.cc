// SPDX-License-Identifier: GPL-2.0-or-later
// reStructuredText (docutils 0.20) with Sphinx's directives and roles -> blocks. Read: sections,
// paragraphs, lists of all kinds, literal and doctest blocks, line blocks, quotes, tables,
// footnotes, citations, targets, substitutions, and the directives of rst_directives.cc. Other
// files are never opened (include, literalinclude, toctree, autodoc), expressions of "only" are not
// evaluated, and what Sphinx would warn of is read as text.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "extract/csv_rows.h"
#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/markup.h"
#include "extract/markup_writer.h"
#include "extract/readers.h"
#include "extract/rst_directives.h"
#include "extract/rst_inline.h"
#include "extract/rst_lines.h"
#include "extract/rst_tables.h"

namespace tome {

using namespace markup;
using namespace rst;

namespace {

class RstReader {
 public:
  explicit RstReader(std::string_view text) : lines_(text) {
    names_ = collect_names(lines_);
    names_.budget = Budget(text.size() + (64u << 10));
  }

  Document read() && {
    body(0, lines_.size(), lines_.least_indent(0, lines_.size()), 0);
    if (top_titles_ == 1) meta_.title = title_;
    Document document = std::move(writer_).finish();
    if (styles_.size() > 2 && styles_[1].second) take_subtitle(document);
    document.meta = std::move(meta_);
    return document;
  }

 private:
  std::string inline_text(std::string_view text) { return rst_inline(text, names_); }

  // docutils: a lone title with a lone title right below it is title and subtitle. Only where that
  // one is overlined, since many a manual has but one chapter.
  void take_subtitle(Document& document) {
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
  void body(std::size_t first, std::size_t last, std::uint32_t indent, int nesting) {
    if (nesting >= kMarkupDepth) return flat(first, last);
    std::size_t i = lines_.skip_blank(first, last);
    while (i < last) i = lines_.skip_blank(block(i, last, indent, nesting), last);
  }

  // What is nested too deeply.
  void flat(std::size_t i, std::size_t last) {
    for (i = lines_.skip_blank(i, last); i < last; i = lines_.skip_blank(i, last)) {
      std::size_t end = i;
      while (end < last && !lines_.blank(end)) ++end;
      writer_.paragraph(inline_text(lines_.joined(i, end)), lines_.number(i));
      i = end;
    }
  }

  // Reads the block at `i` and returns the line after it.
  std::size_t block(std::size_t i, std::size_t last, std::uint32_t indent, int nesting) {
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
  bool is_item(std::size_t i, std::size_t last) const {
    return i + 1 >= last || lines_.blank(i + 1) || lines_.indent(i + 1) != lines_.indent(i) ||
           enumerator(lines_.text(i + 1)) > 0;
  }

  std::size_t section(const Title& title) {
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
  std::size_t content(std::size_t i, std::size_t last, std::size_t cut, int nesting) {
    const std::uint32_t outer = lines_.indent(i);
    const std::size_t end = lines_.end_of_indented(i + 1, last, outer);
    lines_.cut(i, cut);
    if (const std::uint32_t below = lines_.least_indent(i + 1, end); below > outer) {
      lines_.set_indent(i, below);
    }
    body(i, end, lines_.least_indent(i, end), nesting + 1);
    return end;
  }

  std::size_t item(std::size_t i, std::size_t last, std::size_t mark, int nesting) {
    writer_.flush(true);
    ++writer_.depth;
    const std::size_t end = content(i, last, mark, nesting);
    --writer_.depth;
    return end;
  }

  // A term, field name or option and what is said of it: one list item "term: text".
  std::size_t described(std::size_t i, std::size_t last, std::size_t cut, std::string_view term,
                        int nesting) {
    writer_.flush(true);
    ++writer_.depth;
    std::string lead(trim(term));
    lead += lead.ends_with(':') || lead.empty() ? " " : ": ";
    writer_.lead(lead, lines_.number(i));
    const std::size_t end = content(i, last, cut, nesting);
    writer_.flush(false);
    --writer_.depth;
    return end;
  }

  std::size_t field(std::size_t i, std::size_t last, std::size_t end, int nesting) {
    const std::string_view name = lines_.text(i).substr(1, end - 1);
    const std::size_t after = lines_.end_of_indented(i + 1, last, lines_.indent(i));
    if (nesting == 0 && docinfo_ && bibliographic(lower_ascii(name), i, after, end + 1)) {
      return after;
    }
    std::string term = inline_text(name);
    for (const std::string_view word : {"param ", "parameter ", "arg ", "argument ", "keyword "}) {
      if (!term.starts_with(word)) continue;
      term.erase(0, word.size());  // ":param int size:" keeps its type
      break;
    }
    return described(i, last, end + 1, term, nesting);
  }

  // Fields at the head of a document; false: it is one to read.
  bool bibliographic(const std::string& name, std::size_t i, std::size_t last, std::size_t cut) {
    constexpr std::string_view kSilent[] = {"orphan",   "tocdepth",  "nosearch", "nocomments",
                                            "no-toc",   "no-search", "revision", "status",
                                            "filename", "allow-toc", "hide-toc", "og:title"};
    if (std::find(std::begin(kSilent), std::end(kSilent), name) != std::end(kSilent)) return true;
    std::string value(trim(lines_.text(i).substr(cut)));
    for (std::size_t k = i; k < last; ++k) {
      std::string_view more = k == i ? std::string_view(value) : lines_.text(k);
      const std::size_t mark = bullet(more);  // authors may be a list
      more = trim(more.substr(mark));
      if (k == i) {
        value = std::string(more);
      } else if (!more.empty()) {
        value.append(value.empty() ? "" : mark > 0 ? "; " : " ").append(more);
      }
    }
    if (name == "author" || name == "authors") {
      for (std::string& author : split_authors(inline_text(without_addresses(value)))) {
        meta_.authors.push_back(std::move(author));
      }
      return true;
    }
    if (name == "language" || name == "lang") meta_.language = language_code(value);
    if (name == "keywords") meta_.topics = split_commas(value);
    if (name == "date" || (name == "copyright" && meta_.year == 0)) meta_.year = year_in(value);
    return name == "date" || name == "language" || name == "lang" || name == "keywords";
  }

  // "Ann Lee <ann@x.org>" -> "Ann Lee"
  static std::string without_addresses(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t open = text.find('<');
      const std::size_t close = text.find('>', std::min(open, text.size()));
      out += text.substr(0, open);
      if (close == std::string_view::npos) break;
      text.remove_prefix(close + 1);
    }
    return std::string(trim(out));
  }

  std::size_t option(std::size_t i, std::size_t last, std::size_t end, int nesting) {
    const std::string_view text = lines_.text(i);
    const bool below = end == text.size();
    const bool has_text =
        i + 1 < last && !lines_.blank(i + 1) && lines_.indent(i + 1) > lines_.indent(i);
    if (below && !has_text) return paragraph(i, last, nesting);
    return described(i, last, end, text.substr(0, end), nesting);
  }

  std::size_t doctest(std::size_t i, std::size_t last) {
    std::size_t end = i;
    while (end < last && !lines_.blank(end)) ++end;
    writer_.code(lines_.code(i, end, lines_.least_indent(i, end)), lines_.number(i));
    return end;
  }

  // "| verse": lines stay lines.
  std::size_t line_block(std::size_t i, std::size_t last) {
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

  // Directives within a cell, whose lines are joined: ".. versionadded:: 3.4" -> "New in version
  // 3.4", of others the argument stays.
  static std::string cell_markup(std::string_view cell) {
    std::string out;
    for (std::size_t at = cell.find(".. "); at != std::string_view::npos; at = cell.find(".. ")) {
      const auto [name, argument] = split_directive(cell.substr(at + 3));
      const bool begins = at == 0 || is_blank_char(cell[at - 1]);
      out += cell.substr(0, begins && !name.empty() ? at : at + 3);
      cell.remove_prefix(at + 3);
      if (!begins || name.empty()) continue;
      out += rst_directive(name).lead;
      cell = argument;
    }
    return out.append(cell);
  }

  void rows(const std::vector<RstRow>& rows) {
    for (const RstRow& row : rows) {
      std::vector<std::string> cells;
      for (const std::string& cell : row.cells) cells.push_back(inline_text(cell_markup(cell)));
      writer_.row(cells, lines_.number(row.line));
    }
  }

  std::size_t drawn_table(std::size_t i, std::size_t last) {
    const char c = lines_.text(i)[0];
    if (c != '+' && c != '=') return 0;
    const RstTable table =
        c == '+' ? read_grid_table(lines_, i, last) : read_simple_table(lines_, i, last);
    rows(table.rows);
    return table.end;
  }

  std::size_t paragraph(std::size_t i, std::size_t last, int nesting) {
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

  std::size_t literal_block(std::size_t i, std::size_t last, std::uint32_t indent) {
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

  // What begins with "..": targets, footnotes, directives, comments.
  std::size_t explicit_markup(std::size_t i, std::size_t last, int nesting) {
    const std::size_t end = lines_.end_of_indented(i + 1, last, lines_.indent(i));
    const std::string_view text = trim(lines_.text(i).substr(2));
    if (text.empty()) {  // an empty comment takes nothing below a blank line
      return i + 1 < last && lines_.blank(i + 1) ? i + 1 : end;
    }
    const std::size_t skip = lines_.text(i).size() - text.size();
    if (text[0] == '_') {
      const auto [name, rest] = split_target(text);
      const bool below = i + 1 < end && !lines_.blank(i + 1);  // a wrapped address
      if (!name.empty() && name != "_" && rest.empty() && !below) writer_.anchor(rst_id(name));
      return below || !rest.empty() ? end : i + 1;
    }
    if (text[0] == '|') return end;
    if (text[0] == '[') {
      const std::size_t close = text.find(']');
      if (close != std::string_view::npos && close > 1 && close < 100) {
        std::string label(text.substr(1, close - 1));
        if (label.size() > 1 && label[0] == '#') label.erase(0, 1);
        writer_.flush(true);
        writer_.lead("[" + label + "] ", lines_.number(i));
        content(i, end, skip + close + 1, nesting);
        writer_.flush(false);
        return end;
      }
    }
    if (const auto [name, argument] = split_directive(text); !name.empty()) {
      directive(i, end, std::string(name), argument, nesting);
    }
    return end;
  }

  // The lines of a directive: its argument, its options, its content.
  struct Parts {
    std::vector<std::string_view> arguments;
    std::map<std::string, std::string_view> options;
    std::size_t content = 0;
  };

  Parts parts_of(std::size_t i, std::size_t end, std::string_view argument, bool has_argument) {
    Parts parts;
    if (!argument.empty()) parts.arguments.push_back(argument);
    std::size_t at = i + 1;
    for (bool options = false; at < end && !lines_.blank(at); ++at) {
      const std::string_view line = lines_.text(at);
      if (const std::size_t colon = field_end(line)) {
        parts.options[std::string(line.substr(1, colon - 1))] = trim(line.substr(colon + 1));
        options = true;
      } else if (!options) {
        if (!has_argument) break;
        parts.arguments.push_back(line);
      }
    }
    parts.content = at;
    return parts;
  }

  void inner(std::size_t first, std::size_t end, int nesting) {
    body(first, end, lines_.least_indent(first, end), nesting + 1);
  }

  void directive(std::size_t i, std::size_t end, const std::string& name, std::string_view argument,
                 int nesting) {
    const RstDirective known = rst_directive(name);
    const std::uint32_t line = lines_.number(i);
    const bool words = known.use == RstUse::kNote || known.use == RstUse::kVersion ||
                       known.use == RstUse::kVersions;
    if (words) return note(i, end, known, argument, nesting);
    const bool listing = known.use == RstUse::kCode || known.use == RstUse::kMarked;
    const Parts parts = parts_of(i, end, argument, !listing);
    switch (known.use) {
      case RstUse::kModule:
        module_ = argument;
        if (!name.ends_with("currentmodule")) writer_.anchor("module-" + module_);
        return;
      case RstUse::kKeywords:
        if (const auto found = parts.options.find("keywords"); found != parts.options.end()) {
          meta_.topics = split_commas(found->second);
        }
        return;
      case RstUse::kCode:
      case RstUse::kMarked:
        return listing_block(i, end, name, parts, known.use == RstUse::kMarked);
      case RstUse::kRows:
      case RstUse::kCsv:
      case RstUse::kTitled: {
        for (const std::string_view title : parts.arguments) {
          writer_.paragraph(inline_text(title), line);
        }
        if (known.use == RstUse::kRows) return rows(read_list_table(lines_, parts.content, end));
        if (known.use == RstUse::kCsv) return csv(parts, end);
        return inner(parts.content, end, nesting);
      }
      case RstUse::kSignature:
        return signature(i, end, name, parts, nesting);
      case RstUse::kContent:
        return inner(parts.content, end, nesting);
      default:
        return;
    }
  }

  void note(std::size_t i, std::size_t end, const RstDirective& known, std::string_view argument,
            int nesting) {
    std::string lead(known.lead);
    for (int versions = known.use == RstUse::kNote      ? 0
                        : known.use == RstUse::kVersion ? 1
                                                        : 2;
         versions > 0; --versions) {
      const std::string_view word =
          argument.substr(0, std::min(argument.find(' '), argument.size()));
      lead += word;
      lead += versions == 2 ? ", removed in version " : ": ";
      argument = trim(argument.substr(word.size()));
    }
    writer_.lead(lead, lines_.number(i));
    std::size_t first = i + 1;
    while (first < end && field_end(lines_.text(first)) > 0 && argument.empty()) ++first;
    if (argument.empty()) {
      inner(first, end, nesting);
    } else {
      const std::string_view whole = lines_.text(i);
      content(i, end, static_cast<std::size_t>(argument.data() - whole.data()), nesting);
    }
    writer_.flush(false);
  }

  void listing_block(std::size_t i, std::size_t end, const std::string& name, const Parts& parts,
                     bool marked) {
    const std::size_t first = lines_.skip_blank(parts.content, end);
    if (const auto caption = parts.options.find("caption"); caption != parts.options.end()) {
      writer_.paragraph(inline_text(caption->second), lines_.number(i));
    }
    std::string code = lines_.code(first, end, lines_.least_indent(first, end));
    if ((name == "math" || code.empty()) && !parts.arguments.empty() && name != "code-block") {
      code = std::string(parts.arguments[0]) + "\n" + code;
    }
    writer_.code(marked ? inline_text(code) : code, lines_.number(first < end ? first : i));
  }

  void csv(const Parts& parts, std::size_t end) {
    const auto header = parts.options.find("header");
    const auto delimiter = parts.options.find("delim");
    char separator = ',';
    if (delimiter != parts.options.end() && !delimiter->second.empty()) {
      separator = delimiter->second == "tab" ? '\t' : delimiter->second[0];
    }
    const std::size_t first = lines_.skip_blank(parts.content, end);
    std::vector<RstRow> all;
    if (header != parts.options.end()) {
      for (CsvRow& row : csv_table(header->second, separator)) {
        all.push_back({std::move(row.cells), first > 0 ? first - 1 : 0});
      }
    }
    for (CsvRow& row : csv_table(lines_.code(first, end, UINT32_MAX), separator)) {
      all.push_back({std::move(row.cells), first + row.line});
    }
    rows(all);
  }

  void signature(std::size_t i, std::size_t end, const std::string& name, const Parts& parts,
                 int nesting) {
    const std::string scope = scope_;
    const std::string anchor = writer_.pending_anchor();
    const bool styled = name == "class" && !parts.arguments.empty() &&
                        parts.arguments[0].find('-') < parts.arguments[0].find('(');
    std::string text;
    for (const std::string_view argument : parts.arguments) {
      if (styled) break;
      RstSignature made = rst_signature(name, argument, module_, scope);
      if (text.empty()) {
        if (!made.anchor.empty() && (anchor.empty() || anchor.starts_with("module-"))) {
          writer_.anchor(std::move(made.anchor));
        }
        if (!made.name.empty()) scope_ = std::move(made.name);
      }
      text += made.text;
      text += '\n';
    }
    if (!text.empty()) {
      writer_.flush(true);
      writer_.lead(text, lines_.number(i));
    }
    inner(parts.content, end, nesting);
    if (!text.empty()) writer_.flush(false);
    scope_ = scope;
  }

  MarkupLines lines_;
  RstNames names_;
  MarkupWriter writer_;
  WorkInfo meta_;
  std::vector<std::pair<char, bool>> styles_;  // of titles, in the order of their levels
  std::set<std::string> ids_;
  std::string title_;
  std::string module_;
  std::string scope_;
  int top_titles_ = 0;
  bool docinfo_ = true;
};

}  // namespace

Document read_rst(std::string_view text) { return RstReader(text).read(); }

}  // namespace tome
