// SPDX-License-Identifier: GPL-2.0-or-later
// Pages of results. The other views are in views.cc.
#include "present/terminal.h"

#include <fmt/format.h>

#include <algorithm>

#include "present/paint.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxPlaces = 4;  // of identical text; boilerplate may stand in thousands

// "  path:line  ID"; not wrapped: a path that is cut in two cannot be opened.
std::string place_line(const PassageHit& hit, std::string_view indent, std::string_view in,
                       const TerminalStyle& style) {
  std::string text = locator(hit.locator, style) + "  " + clean_line(hit.id);
  if (!in.empty()) text += "  in: " + std::string(in);
  return std::string(indent) + paint(text, kDim, style) + '\n';
}

std::string also_line(const PassageHit& hit, std::string_view indent, const TerminalStyle& style) {
  if (hit.also.empty()) return "";
  std::string text = "also in: ";
  const std::size_t shown = std::min(hit.also.size(), kMaxPlaces);
  for (std::size_t i = 0; i < shown; ++i) {
    text += (i == 0 ? "" : ", ") + locator(hit.also[i], style);
  }
  if (shown < hit.also.size())
    text += fmt::format(" and {} more", grouped(hit.also.size() - shown));
  return std::string(indent) + paint(text, kDim, style) + '\n';
}

std::string under_title(const MarkedText& title, std::uint64_t rank, const TerminalStyle& style) {
  const std::string number = fmt::format("{}. ", rank);
  const std::string margin(number.size(), ' ');
  return block(title, {.first = number, .rest = margin, .marks = kTitleColour}, style);
}

std::string present_hit(const PassageHit& hit, std::uint64_t rank, const TerminalStyle& style) {
  std::vector<WorkRef> works = hit.works;
  if (works.empty()) works.emplace_back();
  const WorkRef own = works.front();
  works.erase(works.begin());
  return under_title(title_line(own.info, works, hit.locator.path), rank, style) +
         block({heading_path(hit.locator.headings), {}}, {.colour = kHeadingColour}, style) +
         block(snippet(hit.snippet), {}, style) + place_line(hit, "  ", "", style) +
         also_line(hit, "  ", style) + score_table(hit.score, hit.parts, "  ");
}

// A passage as evidence for `book`: what is already said above it is left out.
std::string present_evidence(const PassageHit& hit, const WorkRef& book,
                             const std::string& said_heading, const TerminalStyle& style) {
  const BlockStyle look{.first = "    ", .rest = "    "};
  std::string out;
  const std::string heading = heading_path(hit.locator.headings);
  if (!heading.empty() && heading != said_heading) {
    BlockStyle under = look;
    under.colour = kHeadingColour;
    out += block({"under: " + heading, {}}, under, style);
  }
  std::string in;
  for (const WorkRef& work : hit.works) {
    if (work.id == book.id) continue;
    if (!in.empty()) in += "; ";
    in += clean_line(work.info.title);
  }
  return out + block(snippet(hit.snippet), look, style) + place_line(hit, look.first, in, style) +
         also_line(hit, look.first, style) + score_table(hit.score, hit.parts, look.first);
}

std::string present_hit(const BookHit& hit, std::uint64_t rank, const TerminalStyle& style) {
  std::string out = under_title(title_line(hit.work.info, {}, "(untitled)"), rank, style);
  std::string heading;
  if (!hit.best.empty()) heading = heading_path(hit.best.front().locator.headings);
  if (hit.passages != 0) {
    MarkedText why{counted(hit.passages, "passage"), {}};
    why.text += hit.passages == 1 ? " speaks of it" : " speak of it";
    if (!heading.empty()) {
      why.text += "; best under: ";
      const auto begin = static_cast<std::uint32_t>(why.text.size());
      why.text += heading;
      why.marks.push_back({begin, static_cast<std::uint32_t>(why.text.size())});
    }
    out += block(why, {.marks = kHeadingColour}, style);
  }
  out += score_table(hit.score, hit.parts, "  ");
  for (const PassageHit& passage : hit.best) {
    out += present_evidence(passage, hit.work, heading, style);
    heading = heading_path(passage.locator.headings);
  }
  return out;
}

template <class Hit>
std::string suggestion_lines(const Answer<Hit>& answer, const TerminalStyle& style) {
  std::string out;
  for (const Suggestion& unknown : answer.suggestions) {
    std::string nearest;
    for (const std::string& word : unknown.nearest) {
      nearest += (nearest.empty() ? "; did you mean: " : ", ") + clean_line(word);
    }
    out +=
        block({fmt::format("\"{}\" is not on the shelf{}", clean_line(unknown.word), nearest), {}},
              {.first = "", .rest = ""}, style);
  }
  return out;
}

// What was read as something else stands first: it explains the hits.
template <class Hit>
std::string correction_lines(const Answer<Hit>& answer, const TerminalStyle& style) {
  std::string out;
  for (const Correction& one : answer.corrections) {
    const std::string typed = clean_line(one.typed);
    out += block({fmt::format("\"{}\" is not on the shelf: read as \"{}\" (as typed: +{})", typed,
                              clean_line(one.used), typed),
                  {}},
                 {.first = "", .rest = ""}, style);
  }
  if (answer.weak && !answer.hits.empty()) {
    out += "Nothing on the shelf answers this directly; nearest:\n";
  }
  return out.empty() ? out : out + '\n';
}

std::string facet_line(std::string_view name, const std::vector<FacetValue>& values,
                       const TerminalStyle& style) {
  std::string line;
  for (const FacetValue& value : values) {
    const std::string clean = clean_line(value.value);
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", clean.empty() ? "unknown" : clean,
                        grouped(value.works));
  }
  if (line.empty()) return line;
  const std::string first = fmt::format("{:<10}", name);
  return block({line, {}}, {.first = first, .rest = std::string(first.size(), ' ')}, style);
}

std::string facet_lines(const Facets& facets, const TerminalStyle& style) {
  if (facets.works == 0) return "";
  return fmt::format("Works among the best passages: {}\n", grouped(facets.works)) +
         facet_line("topic:", facets.topics, style) + facet_line("kind:", facets.kinds, style) +
         facet_line("author:", facets.authors, style) + facet_line("year:", facets.years, style) +
         facet_line("lang:", facets.languages, style);
}

template <class Hit>
std::string note_lines(const Answer<Hit>& answer, const TerminalStyle& style) {
  const BlockStyle look{.first = "note: ", .rest = "      "};
  std::string out;
  for (const std::string& note : answer.notes) out += block({clean_line(note), {}}, look, style);
  return out;
}

template <class Hit>
std::string nothing(const Answer<Hit>& answer, std::uint64_t offset, const std::string& noun,
                    const TerminalStyle& style) {
  if (offset > 0 && answer.estimate > 0) {
    return fmt::format("Nothing after the first {}.\ntry: a smaller --offset\n",
                       counted(std::min(offset, answer.estimate), noun)) +
           note_lines(answer, style);
  }
  std::string out = "Nothing found.\n" + suggestion_lines(answer, style);
  const std::string understood = clean_line(answer.understood);
  if (!understood.empty()) {
    out += block({"understood as: " + understood, {}}, {.first = "", .rest = "", .colour = kDim},
                 style);
  }
  return out + "try: other words, fewer filters, or what is there: tome list\n" +
         note_lines(answer, style);
}

template <class Hit>
std::string present_page(const Answer<Hit>& answer, std::uint64_t offset, const std::string& noun,
                         const TerminalStyle& style) {
  if (answer.hits.empty()) {
    return correction_lines(answer, style) + nothing(answer, offset, noun, style);
  }
  std::string out = correction_lines(answer, style);
  std::uint64_t rank = offset;
  for (const Hit& hit : answer.hits) {
    if (rank > offset) out += '\n';
    out += present_hit(hit, ++rank, style);
  }
  std::string after = suggestion_lines(answer, style) + facet_lines(answer.facets, style) +
                      note_lines(answer, style);
  if (rank < answer.estimate) {
    const std::string shown =
        offset == 0 ? grouped(rank) : fmt::format("{} to {}", grouped(offset + 1), grouped(rank));
    after +=
        paint(fmt::format("{} of {}{}; next page: --offset {}", shown,
                          answer.complete ? "" : "about ", counted(answer.estimate, noun), rank),
              kDim, style) +
        '\n';
  }
  return after.empty() ? out : out + '\n' + after;
}

}  // namespace

std::string present_passages(const Answer<PassageHit>& answer, std::uint64_t offset,
                             const TerminalStyle& style) {
  return present_page(answer, offset, "passage", style);
}

std::string present_books(const Answer<BookHit>& answer, std::uint64_t offset,
                          const TerminalStyle& style) {
  const bool books = std::all_of(answer.hits.begin(), answer.hits.end(), [](const BookHit& hit) {
    return hit.work.info.kind == Kind::kBook;
  });
  return present_page(answer, offset, books ? "book" : "work", style);
}

}  // namespace tome
