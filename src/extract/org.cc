// SPDX-License-Identifier: GPL-2.0-or-later
// Org (of Org mode 9.5) -> blocks. Read: the outline without keywords, priorities and tags, the
// keywords that describe a document, lists, blocks, fixed-width lines, tables, footnotes, links,
// simple macros, emphasis. Left out: drawers, planning lines, comments and COMMENT trees, blocks
// and snippets meant for one back end. Nothing is included or evaluated.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/labels.h"
#include "extract/markup.h"
#include "extract/markup_writer.h"
#include "extract/org_inline.h"
#include "extract/org_lines.h"
#include "extract/readers.h"
#include "text/ascii.h"

namespace tome {

using namespace markup;
using namespace org;

namespace {

constexpr auto kNowhere = std::string_view::npos;

class OrgReader {
 public:
  explicit OrgReader(std::string_view text) : lines_(text) {
    names_.budget = Budget(text.size() + (64u << 10));
    todo_ = {"TODO", "DONE"};
    collect();
  }

  Document read() && {
    std::size_t i = 0;
    while (i < lines_.size()) i = line(i);
    Document document = std::move(writer_).finish();
    document.meta = std::move(meta_);
    return document;
  }

 private:
  // Macros and TODO keywords hold for the whole file.
  void collect() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!lines_.text(i).starts_with("#+")) continue;
      const auto [key, value] = keyword(lines_.text(i));
      if (key == "macro") {
        const std::size_t space = std::min(value.find(' '), value.size());
        names_.macros.try_emplace(lower_ascii(value.substr(0, space)), trim(value.substr(space)));
      } else if (key == "todo" || key == "seq_todo" || key == "typ_todo") {
        for (std::string_view rest = value; !rest.empty();) {
          const std::size_t end = std::min(rest.find(' '), rest.size());
          const std::string_view word = rest.substr(0, end);
          todo_.emplace(word.substr(0, word.find('(')));  // "WAIT(w@/!)"
          rest = trim(rest.substr(end));
        }
      } else if (key == "title" || key == "author" || key == "date") {
        names_.macros.try_emplace(key, value);
      }
    }
  }

  std::string inline_text(std::string_view text) { return org_inline(text, names_); }

  // Reads what begins at line `i` and returns the line after it.
  std::size_t line(std::size_t i) {
    const std::string_view text = lines_.text(i);
    if (text.empty()) {
      ++blanks_;
      return i + 1;
    }
    const int blanks = std::exchange(blanks_, 0);
    const std::uint32_t indent = lines_.indent(i);
    if (indent == 0 && stars(text) > 0) return headline(i);
    if (text.starts_with("#+")) {
      if (const std::size_t end = keyword_line(i)) return end;
    }
    if (text == "#" || text.starts_with("# ")) return i + 1;
    if (opens_drawer(text)) {
      if (const std::size_t end = drawer_end(i)) return end;
    }
    leave_lists(indent, blanks);
    if (text == ":" || text.starts_with(": ")) return fixed_width(i);
    if (text[0] == '|') return table(i);
    if (text.size() >= 5 && text.find_first_not_of('-') == kNowhere) return i + 1;  // a rule
    if (const std::size_t mark = bullet(text, indent)) return item(i, mark);
    if (text.starts_with("[fn:") && indent == 0) {
      if (const std::size_t close = text.find(']'); close < 80 && text[close - 1] != ':') {
        writer_.flush(true);
        writer_.lead("[" + std::string(text.substr(4, close - 4)) + "] ", lines_.number(i));
        lines_.cut(i, close + 1);
        if (lines_.blank(i)) return i + 1;
      }
    }
    return paragraph(i);
  }

  // A line that is indented no more than a list's bullets ends the list; so do two blank lines.
  void leave_lists(std::uint32_t indent, int blanks) {
    if (blanks >= 2) indents_.clear();
    while (!indents_.empty() && indents_.back() >= indent) indents_.pop_back();
    writer_.depth = static_cast<int>(indents_.size());
  }

  std::size_t headline(std::size_t i) {
    indents_.clear();
    writer_.flush(false);
    writer_.depth = 0;
    const std::size_t level = stars(lines_.text(i));
    std::string_view title = without_tags(trim(lines_.text(i).substr(level)));
    const std::string_view word = title.substr(0, std::min(title.find(' '), title.size()));
    if (todo_.contains(word)) title = trim(title.substr(word.size()));
    if (title.size() > 3 && title.starts_with("[#") && title[3] == ']') {
      title = trim(title.substr(4));
    }
    if (title == "COMMENT" || title.starts_with("COMMENT ")) return subtree_end(i, level);
    std::size_t end = i + 1;
    if (end < lines_.size() && !lines_.blank(end) && is_planning(lines_.text(end))) ++end;
    std::string anchor;
    if (end < lines_.size() && lower_ascii(lines_.text(end).substr(0, 12)) == ":properties:") {
      if (const std::size_t after = drawer_end(end)) {
        anchor = custom_id(end, after);
        end = after;
      }
    }
    writer_.heading(static_cast<int>(std::min<std::size_t>(level, 6)),
                    inline_text(without_cookies(title)), lines_.number(i), std::move(anchor));
    return end;
  }

  // "Title [1/3]" and "[33%]" -> "Title"
  static std::string_view without_cookies(std::string_view title) {
    if (!title.ends_with(']')) return title;
    const std::size_t open = title.rfind('[');
    if (open == kNowhere) return title;
    const std::string_view body = title.substr(open + 1, title.size() - open - 2);
    const bool cookie =
        body.find_first_of("/%") != kNowhere && body.find_first_not_of("0123456789/%") == kNowhere;
    return cookie ? trim(title.substr(0, open)) : title;
  }

  std::size_t subtree_end(std::size_t i, std::size_t level) const {
    for (++i; i < lines_.size(); ++i) {
      const std::size_t other = lines_.indent(i) > 0 || lines_.blank(i) ? 0 : stars(lines_.text(i));
      if (other > 0 && other <= level) break;
    }
    return i;
  }

  std::string custom_id(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      const std::string_view text = lines_.text(i);
      if (lower_ascii(text.substr(0, 11)) == ":custom_id:")
        return std::string(trim(text.substr(11)));
    }
    return {};
  }

  // The line after ":END:"; 0: the drawer is never closed, so it is none.
  std::size_t drawer_end(std::size_t i) {
    if (i < no_drawer_end_) return 0;
    for (std::size_t k = i + 1; k < lines_.size(); ++k) {
      if (lines_.indent(k) == 0 && !lines_.blank(k) && stars(lines_.text(k)) > 0) {
        no_drawer_end_ = k;
        return 0;
      }
      if (lower_ascii(lines_.text(k).substr(0, 6)) == ":end:") return k + 1;
    }
    no_drawer_end_ = lines_.size();
    return 0;
  }

  // "#+...": the line after it; 0: it is text.
  std::size_t keyword_line(std::size_t i) {
    const auto [key, value] = keyword(lines_.text(i));
    if (key.empty()) return 0;
    if (key.starts_with("begin_")) return block(i, key.substr(6));
    if (key == "title") {
      meta_.title.append(meta_.title.empty() ? "" : " ").append(tidy(inline_text(value)));
    } else if (key == "subtitle") {
      meta_.subtitle = tidy(inline_text(value));
    } else if (key == "author") {
      meta_.authors = split_authors(inline_text(value));
    } else if (key == "date") {
      meta_.year = year_in(value);
    } else if (key == "language") {
      meta_.language = language_code(value);
    } else if (key == "keywords") {
      meta_.topics = split_commas(value);
    } else if (key == "filetags") {
      for (std::string& tag : split_tags(value)) meta_.topics.push_back(std::move(tag));
    } else if (key == "caption") {
      leave_lists(lines_.indent(i), 0);
      writer_.paragraph(inline_text(value), lines_.number(i));
    } else if (key == "end_quote" || key == "end_verse") {
      verse_ = false;
    }
    return i + 1;
  }

  // #+begin_...: code and what is left out end with their own #+end_; others hold blocks.
  std::size_t block(std::size_t i, const std::string& name) {
    constexpr std::string_view kCode[] = {"src", "example"};
    constexpr std::string_view kSilent[] = {"comment", "export", "html", "latex", "texinfo"};
    const bool code = std::find(std::begin(kCode), std::end(kCode), name) != std::end(kCode);
    const bool silent =
        std::find(std::begin(kSilent), std::end(kSilent), name) != std::end(kSilent);
    if (!code && !silent) {
      verse_ = name == "verse";
      return i + 1;
    }
    const std::size_t end = block_end(i, name);
    if (end == 0) return i + 1;
    if (code) {
      leave_lists(lines_.indent(i), 0);
      std::string text;
      const std::uint32_t columns = lines_.least_indent(i + 1, end);
      for (std::size_t k = i + 1; k < end; ++k) text += unquoted(lines_.code(k, k + 1, columns));
      writer_.code(text, lines_.number(std::min(i + 1, end)));
    }
    return end + 1;
  }

  // ",* not a headline" -> "* not a headline"
  static std::string unquoted(std::string text) {
    const std::size_t comma = text.find_first_not_of(' ');
    if (comma == std::string::npos || text[comma] != ',') return text;
    const std::size_t next = text.find_first_not_of(',', comma);
    if (next == std::string::npos) return text;
    if (text[next] == '*' || text.compare(next, 2, "#+") == 0) text.erase(comma, 1);
    return text;
  }

  // The line "#+end_name" below `i`; 0: there is none.
  std::size_t block_end(std::size_t i, const std::string& name) {
    if (endless_.contains(name)) return 0;
    const std::string end = "#+end_" + name;
    for (std::size_t k = i + 1; k < lines_.size(); ++k) {
      const std::string_view text = lines_.text(k);
      if (text.size() >= end.size() && text[0] == '#' &&
          lower_ascii(text.substr(0, end.size())) == end &&
          (text.size() == end.size() || is_blank_char(text[end.size()]))) {
        return k;
      }
    }
    endless_.insert(name);
    return 0;
  }

  // Lines ": code".
  std::size_t fixed_width(std::size_t i) {
    std::string code;
    std::size_t end = i;
    for (; end < lines_.size(); ++end) {
      const std::string_view text = lines_.text(end);
      if (text != ":" && !text.starts_with(": ")) break;
      code.append(text.size() > 2 ? text.substr(2) : "").append("\n");
    }
    writer_.code(code, lines_.number(i));
    return end;
  }

  std::size_t table(std::size_t i) {
    std::string_view text = lines_.text(i);
    if (text.starts_with("|-")) return i + 1;
    text.remove_prefix(1);
    if (text.ends_with('|')) text.remove_suffix(1);
    std::vector<std::string> cells;
    bool cookies = true;  // "<l10>": widths, not text
    for (;;) {
      const std::size_t end = std::min(text.find('|'), text.size());
      const std::string_view cell = trim(text.substr(0, end));
      cookies = cookies &&
                (cell.empty() || (cell.size() > 2 && cell.front() == '<' && cell.back() == '>' &&
                                  cell.find_first_not_of("<lrc0123456789>") == kNowhere));
      cells.push_back(inline_text(cell));
      if (end == text.size()) break;
      text.remove_prefix(end + 1);
    }
    if (!cookies) writer_.row(cells, lines_.number(i));
    return i + 1;
  }

  // The line after the paragraph that begins at `i`.
  std::size_t text_end(std::size_t i) const {
    for (++i; i < lines_.size() && !lines_.blank(i); ++i) {
      const std::string_view text = lines_.text(i);
      const char c = text[0];
      if (c == '|' || bullet(text, lines_.indent(i)) > 0) break;
      if (c == '*' && lines_.indent(i) == 0 && stars(text) > 0) break;
      if (c == ':' && (text.size() == 1 || text[1] == ' ' || opens_drawer(text))) break;
      if (c == '#' && (text.size() == 1 || text[1] == ' ' || !keyword(text).first.empty())) break;
      if (c == '[' && text.starts_with("[fn:") && lines_.indent(i) == 0) break;
    }
    return i;
  }

  std::string gathered(std::size_t first, std::size_t last) {
    std::string out;
    for (std::size_t i = first; i < last; ++i) {
      std::string_view text = lines_.text(i);
      if (!out.empty() && out.back() != '\n') out += verse_ ? '\n' : ' ';
      const bool hard = text.ends_with("\\\\");
      out += hard ? text.substr(0, text.size() - 2) : text;
      if (hard) out += '\n';
    }
    return out;
  }

  std::size_t paragraph(std::size_t i) {
    const std::size_t end = text_end(i);
    writer_.paragraph(inline_text(gathered(i, end)), lines_.number(i));
    return end;
  }

  std::size_t item(std::size_t i, std::size_t mark) {
    writer_.flush(true);
    if (indents_.size() < static_cast<std::size_t>(kMarkupDepth))
      indents_.push_back(lines_.indent(i));
    writer_.depth = static_cast<int>(indents_.size());
    const std::uint32_t line = lines_.number(i);
    lines_.cut(i, mark);
    std::string_view text = lines_.text(i);
    if (text.starts_with("[@")) lines_.cut(i, std::min(text.find(']'), text.size() - 1) + 1);
    text = lines_.text(i);
    if (text.size() > 2 && text[0] == '[' && text[2] == ']' &&
        (text[1] == ' ' || text[1] == 'X' || text[1] == '-')) {
      lines_.cut(i, 3);
      text = lines_.text(i);
    }
    if (text.empty()) return i + 1;
    const std::size_t end = text_end(i);
    std::string whole = gathered(i, end);
    if (const std::size_t term = whole.find(" ::");
        term != std::string::npos && (term + 3 == whole.size() || is_blank_char(whole[term + 3]))) {
      writer_.lead(inline_text(whole.substr(0, term)) + ": ", line);
      whole.erase(0, term + 3);
    }
    writer_.paragraph(inline_text(whole), line);
    return end;
  }

  MarkupLines lines_;
  OrgNames names_;
  MarkupWriter writer_;
  WorkInfo meta_;
  std::set<std::string, std::less<>> todo_;
  std::set<std::string> endless_;       // blocks without an end below
  std::size_t no_drawer_end_ = 0;       // no ":END:" before this line
  std::vector<std::uint32_t> indents_;  // of the bullets of open lists, outermost first
  int blanks_ = 0;
  bool verse_ = false;
};

}  // namespace

Document read_org(std::string_view text) { return OrgReader(text).read(); }

}  // namespace tome
