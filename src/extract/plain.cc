// SPDX-License-Identifier: GPL-2.0-or-later
// Plain text -> blocks. Nothing marks a heading or a label there, so rules guess, the first that
// fits: layout (layout.cc), author lines, lists and numbers, labels, headings.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "extract/builder.h"
#include "extract/field_values.h"
#include "extract/labels.h"
#include "extract/layout.h"
#include "extract/readers.h"

namespace tome {
namespace {

constexpr std::size_t kHeadingWords = 12;
constexpr std::size_t kNamedWords = 30;  // with a number or an author line there is less doubt
constexpr std::size_t kProseWords = 8;   // a "longer paragraph" without a full stop has this many

enum class Role { kText, kAuthor, kLabel, kBullet, kCode, kHeading };

struct Piece {
  const LogicalLine* line = nullptr;
  Role role = Role::kText;
  Numbered numbered;      // the number before it, list or heading
  std::string_view text;  // without bullet
  int level = 0;
};

std::vector<Piece> first_roles(const Layout& layout) {
  std::vector<Piece> pieces;
  pieces.reserve(layout.lines.size());
  for (const LogicalLine& line : layout.lines) {
    Piece piece;
    piece.line = &line;
    piece.text = line.text;
    if (line.code) {
      piece.role = Role::kCode;
    } else if (line.underline != 0) {
      piece.role = Role::kHeading;
      piece.numbered = split_number(line.text);
    } else if (const std::string_view item = bullet_text(line.text); !item.empty()) {
      piece.role = Role::kBullet;
      piece.text = item;
    } else if (piece.numbered = split_number(line.text); piece.numbered.number >= 0) {
      piece.role = Role::kText;  // decided by its neighbours
    } else if (is_author_line(line.text)) {
      piece.role = Role::kAuthor;
    } else if (is_lone_label(line.text)) {
      piece.role = Role::kLabel;
    }
    pieces.push_back(piece);
  }
  return pieces;
}

// Rule (b): the line above an author line is the heading that it belongs to.
void name_headings(std::vector<Piece>& pieces) {
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    Piece& above = pieces[i - 1];
    if (pieces[i].role == Role::kAuthor && above.role == Role::kText &&
        words_in(above.text) <= (above.numbered.number < 0 ? kHeadingWords * 2 : kNamedWords) &&
        above.text.back() != '.' && above.text.back() != ':') {
      above.role = Role::kHeading;
    }
  }
}

bool is_open_number(const Piece& piece) {
  return piece.role == Role::kText && piece.numbered.number >= 0;
}

// Rule (c): numbers that follow one another are a list, a number alone makes a heading.
void number_lists(std::vector<Piece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!is_open_number(pieces[i])) continue;
    std::vector<std::size_t> run = {i};
    for (std::size_t k = i + 1; k < pieces.size(); ++k) {
      const Piece& last = pieces[run.back()];
      if (is_open_number(pieces[k]) && pieces[k].numbered.number == last.numbered.number + 1) {
        run.push_back(k);
      } else if (pieces[k].role != Role::kBullet || pieces[k].line->indent <= last.line->indent) {
        break;  // bullets below a number are its sub-items
      }
    }
    if (run.size() > 1) {
      for (const std::size_t k : run) {
        pieces[k].role = Role::kBullet;
        pieces[k].text = pieces[k].numbered.rest;
      }
    } else if (i + 1 < pieces.size() && !ends_like_sentence(pieces[i].text) &&
               words_in(pieces[i].text) <= kNamedWords) {
      pieces[i].role = Role::kHeading;
    }
    i = run.back();
  }
}

// "dia = $(wildcard *.dia)", "-- Ann Lee <ann@x.org>": the first lines of programs, logs and mails.
bool looks_typed(std::string_view line) {
  return line.starts_with("--") || line.find("$(") != std::string_view::npos ||
         line.find_first_of("={}<>|\\") != std::string_view::npos;
}

bool is_prose_below(const Piece& heading, const Piece& below) {
  // A term, its explanation set in below it.
  if (!below.line->blank_before && below.line->indent > heading.line->indent) return false;
  if (below.role != Role::kText && below.role != Role::kAuthor) return false;
  const std::size_t words = words_in(below.text);
  return words > words_in(heading.text) && (words >= kProseWords || ends_like_sentence(below.text));
}

// Rules (d) and (e), from the end, because a heading may stand before another heading.
void find_headings(std::vector<Piece>& pieces, bool wrapped) {
  for (std::size_t i = pieces.size(); i-- > 0;) {
    Piece& piece = pieces[i];
    if (piece.role != Role::kText || piece.numbered.number >= 0 || i + 1 == pieces.size()) continue;
    if (piece.text.size() > 400 || ends_like_sentence(piece.text)) continue;
    if (looks_typed(piece.text)) continue;
    const Piece& below = pieces[i + 1];
    // An article's own title often has a colon and then more words than a heading has.
    const std::size_t limit = i == 0 ? kHeadingWords * 2 : kHeadingWords;
    if (words_in(piece.text) > limit || words_in(piece.text) == 0) continue;
    if (is_all_caps(piece.text)) {
      piece.role = Role::kHeading;
      continue;
    }
    if (i > 0 && label_end(piece.text) != std::string_view::npos) continue;
    if (wrapped && !piece.line->blank_before && pieces[i - 1].role != Role::kHeading) continue;
    if (below.role == Role::kHeading || is_prose_below(piece, below)) piece.role = Role::kHeading;
  }
}

// The article's title has level 1, all others 2; below a "====" heading a "----" one has 3.
void set_levels(std::vector<Piece>& pieces, bool titled) {
  bool first = !titled;
  bool double_rule = false;
  std::vector<std::size_t> indents;  // of the list items above, outermost first
  for (Piece& piece : pieces) {
    if (piece.role == Role::kBullet) {
      while (!indents.empty() && indents.back() > piece.line->indent) indents.pop_back();
      if (indents.empty() || indents.back() < piece.line->indent) {
        indents.push_back(piece.line->indent);
      }
      piece.level = static_cast<int>(indents.size());
      continue;
    }
    indents.clear();
    if (piece.role != Role::kHeading) continue;
    const bool title = first && piece.numbered.number < 0;
    first = false;
    piece.level = title ? 1 : piece.line->underline == '-' && double_rule ? 3 : 2;
    double_rule = double_rule || (!title && piece.line->underline == '=');
  }
}

// Title, names and date, a line each, and a blank line below: how pandoc opens a plain text.
struct TitleBlock {
  std::array<std::string_view, 3> text;
  std::vector<std::string> authors;
  int year = 0;
  std::uint32_t lines = 0;  // 0: there is none
  std::size_t bytes = 0;
};

TitleBlock read_title_block(std::string_view text) {
  TitleBlock block;
  std::size_t at = 0;
  for (std::string_view& line : block.text) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return {};
    line = text.substr(at, end - at);
    while (line.ends_with(' ')) line.remove_suffix(1);
    if (line.empty() || line.front() == ' ' || line.front() == '\t' || line.size() > 200 ||
        ends_like_sentence(line)) {
      return {};
    }
    at = end + 1;
  }
  const bool names_end = at == text.size() || text[at] == '\n';
  block.year = year_in(block.text[2]);
  block.authors = author_names(block.text[1]);
  const bool names =
      !block.authors.empty() &&
      std::all_of(block.authors.begin(), block.authors.end(), [](const std::string& name) {
        return words_in(name) >= 2 && words_in(name) <= 4 && first_case(name) == Case::kUpper &&
               name.find_first_of("0123456789:=/") == std::string::npos;
      });
  if (!names_end || !names || block.year == 0 || words_in(block.text[2]) > 3 ||
      words_in(block.text[0]) > 2 * kHeadingWords || looks_typed(block.text[0])) {
    return {};
  }
  block.lines = 3;
  block.bytes = at;
  return block;
}

void add_title_block(const TitleBlock& title, DocumentBuilder& builder) {
  if (title.lines == 0) return;
  builder.add_heading(1, title.text[0], 1, "");
  for (std::uint32_t i = 1; i < title.lines; ++i) {
    Block block;
    block.line = i + 1;
    builder.add(std::move(block), title.text[i]);
  }
}

}  // namespace

Document read_plain(std::string_view text) {
  const TitleBlock title = read_title_block(text);
  const Layout layout = read_layout(text.substr(title.bytes));
  std::vector<Piece> pieces = first_roles(layout);
  name_headings(pieces);
  number_lists(pieces);
  find_headings(pieces, layout.wrapped);
  set_levels(pieces, title.lines > 0);
  DocumentBuilder builder;
  add_title_block(title, builder);
  for (const Piece& piece : pieces) {
    Block block;
    block.line = piece.line->line + title.lines;
    block.level = piece.level;
    switch (piece.role) {
      case Role::kHeading:
        builder.add_heading(piece.level, piece.text, block.line, "");
        continue;
      case Role::kLabel:
        block.style = Style::kLabel;
        break;
      case Role::kBullet:
        block.style = Style::kListItem;
        break;
      case Role::kCode:
        block.style = Style::kCode;
        break;
      case Role::kText:
      case Role::kAuthor:
        break;
    }
    builder.add(std::move(block), piece.text);
  }
  Document document = std::move(builder).finish();
  document.meta.authors = title.authors;
  document.meta.year = title.year;
  return document;
}

}  // namespace tome
