// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/paint.h"

#include <fmt/format.h>

#include <algorithm>

#include "present/wrap.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr unsigned kDefaultWidth = 80;
constexpr unsigned kMinWidth = 40;
constexpr unsigned kMaxWidth = 100;  // longer lines are hard to read
constexpr std::size_t kMaxAuthors = 3;

std::size_t text_width(const TerminalStyle& style) {
  if (style.width == 0) return kDefaultWidth;
  return std::clamp(style.width, kMinWidth, kMaxWidth);
}

// text[begin, end) with its marks; a mark that crosses lines is closed and opened again, so that no
// colour runs into the margin.
std::string paint_line(const MarkedText& text, const Line& line, const BlockStyle& look,
                       const TerminalStyle& style) {
  const std::string_view all = text.text;
  std::string out;
  std::size_t at = line.begin;
  for (const Span& mark : text.marks) {
    const std::size_t begin = std::max<std::size_t>(mark.begin, at);
    const std::size_t end = std::min<std::size_t>(mark.end, line.end);
    if (begin >= end) continue;
    out += paint(all.substr(at, begin - at), look.colour, style);
    out += paint(all.substr(begin, end - begin), look.marks, style);
    at = end;
  }
  return out + paint(all.substr(at, line.end - at), look.colour, style);
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) {
    const std::string clean = clean_line(word);
    if (clean.empty()) continue;
    if (!out.empty()) out += between;
    out += clean;
  }
  return out;
}

std::string author_names(const std::vector<std::string>& authors) {
  if (authors.size() <= kMaxAuthors) return join(authors, ", ");
  return clean_line(authors.front()) + " and others";
}

}  // namespace

std::string paint(std::string_view text, std::string_view colour, const TerminalStyle& style) {
  if (!style.colour || colour.empty() || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
}

std::string block(const MarkedText& text, const BlockStyle& look, const TerminalStyle& style) {
  const std::size_t width = text_width(style) - std::max(look.first.size(), look.rest.size());
  std::string out;
  const std::string* prefix = &look.first;
  for (const Line& line : wrap(text.text, width, look.blank_lines)) {
    std::string row = *prefix + std::string(line.indent, ' ') + paint_line(text, line, look, style);
    if (line.begin == line.end) row.erase(row.find_last_not_of(' ') + 1);
    out += row + '\n';
    prefix = &look.rest;
  }
  return out;
}

MarkedText title_line(const WorkInfo& work, const std::vector<WorkRef>& in,
                      std::string_view untitled) {
  MarkedText line{clean_line(work.title), {}};
  if (line.text.empty()) line.text = clean_line(untitled);
  if (!work.subtitle.empty()) line.text += ": " + clean_line(work.subtitle);
  line.marks.push_back({0, static_cast<std::uint32_t>(line.text.size())});
  const std::string authors = author_names(work.authors);
  if (!authors.empty()) line.text += ", " + authors;
  if (work.year != 0) line.text += fmt::format(", {}", work.year);
  std::vector<std::string> wholes;
  wholes.reserve(in.size());
  for (const WorkRef& whole : in) wholes.push_back(whole.info.title);
  const std::string names = join(wholes, "; ");
  if (!names.empty()) line.text += " (in: " + names + ")";
  return line;
}

std::string heading_path(const std::vector<std::string>& headings) { return join(headings, " > "); }

namespace {

// What a person looks for on paper, and the number that a viewer takes.
std::string page_name(const Locator& where) {
  std::string number = std::to_string(where.page);
  if (where.page_label.empty() || where.page_label == number) return number;
  return fmt::format("{} ({})", clean_line(where.page_label), number);
}

}  // namespace

std::string locator(const Locator& where, const TerminalStyle& style) {
  std::string_view name = where.path;
  if (!style.folder.empty() && !where.file.empty()) {
    name = where.file;
    if (name.starts_with(style.folder + "/")) name.remove_prefix(style.folder.size() + 1);
  }
  std::string text = clean_name(name);
  if (where.line != 0) text += fmt::format(":{}", where.line);
  if (where.page != 0) text += ", page " + page_name(where);
  if (!where.chapter.empty()) {
    text += ", " + clean_name(where.chapter + (where.anchor.empty() ? "" : "#" + where.anchor));
  }
  if (!style.hyperlinks || where.file.empty()) return text;
  std::string url = file_url(where.file);
  // Only a browser knows fragments; an editor would take "#" for a part of the name.
  const std::string_view file = where.file;
  const std::string_view suffix = file.substr(std::min(file.rfind('.'), file.size()));
  if (!where.anchor.empty() && (suffix == ".html" || suffix == ".htm" || suffix == ".xhtml")) {
    url += '#' + file_url(where.anchor).substr(7);
  }
  if (where.page != 0) url += fmt::format("#page={}", where.page);  // RFC 8118
  return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", url, text);
}

MarkedText snippet(const Snippet& snippet) {
  MarkedText text = clean_block(snippet.text, snippet.highlights);
  if (snippet.cut_before) {
    constexpr std::string_view before = "… ";
    text.text.insert(0, before);
    for (Span& mark : text.marks) {
      mark.begin += static_cast<std::uint32_t>(before.size());
      mark.end += static_cast<std::uint32_t>(before.size());
    }
  }
  if (snippet.cut_after) text.text += " …";
  return text;
}

std::string score_table(double score, const std::vector<ScorePart>& parts,
                        std::string_view indent) {
  if (parts.empty()) return "";
  std::size_t widest = 0;
  for (const ScorePart& part : parts)
    widest = std::max(widest, display_width(clean_line(part.what)));
  std::string out = fmt::format("{}score {:.4f}\n", indent, score);
  for (const ScorePart& part : parts) {
    const std::string what = clean_line(part.what);
    std::string row = fmt::format("{}{:>11.4f}  {}", indent, part.value, what);
    const std::string detail = clean_line(part.detail);
    if (!detail.empty()) row += std::string(widest - display_width(what) + 2, ' ') + detail;
    out += row + '\n';
  }
  return out;
}

std::string grouped(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t n, std::string_view singular) {
  return fmt::format("{} {}{}", grouped(n), singular, n == 1 ? "" : "s");
}

std::string size_name(std::uint64_t bytes) {
  if (bytes < 1000) return counted(bytes, "byte");
  double size = static_cast<double>(bytes);
  std::size_t unit = 0;
  constexpr std::string_view units[] = {"bytes", "kB", "MB", "GB", "TB"};
  while (size >= 999.95 && unit + 1 < std::size(units)) {
    size /= 1000;
    ++unit;
  }
  return fmt::format("{:.1f} {}", size, units[unit]);
}

}  // namespace tome
