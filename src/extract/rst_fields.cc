// SPDX-License-Identifier: GPL-2.0-or-later
// Fields, options and definitions, and what the fields at the head of a document say of it.
#include <algorithm>
#include <string>
#include <utility>

#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/rst_reader.h"

namespace tome {

using namespace markup;
using namespace rst;

namespace {

// "Ann Lee <ann@x.org>" -> "Ann Lee"
std::string without_addresses(std::string_view text) {
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

}  // namespace

std::size_t RstReader::field(std::size_t i, std::size_t last, std::size_t end, int nesting) {
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
bool RstReader::bibliographic(const std::string& name, std::size_t i, std::size_t last,
                              std::size_t cut) {
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

std::size_t RstReader::option(std::size_t i, std::size_t last, std::size_t end, int nesting) {
  const std::string_view text = lines_.text(i);
  const bool below = end == text.size();
  const bool has_text =
      i + 1 < last && !lines_.blank(i + 1) && lines_.indent(i + 1) > lines_.indent(i);
  if (below && !has_text) return paragraph(i, last, nesting);
  return described(i, last, end, text.substr(0, end), nesting);
}

// A term, field name or option and what is said of it: one list item "term: text".
std::size_t RstReader::described(std::size_t i, std::size_t last, std::size_t cut,
                                 std::string_view term, int nesting) {
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

}  // namespace tome
