// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/snippet.h"

#include <algorithm>

#include "text/text.h"

namespace tome {
namespace {

// Sentences of a text, none across a line's end; white space at their ends left out.
std::vector<Range> units(std::string_view text, const std::string& language) {
  std::vector<Range> out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    for (const Range& range : sentences(text.substr(begin, end - begin), language)) {
      std::size_t first = begin + range.begin;
      std::size_t last = begin + range.end;
      while (last > first && std::isspace(static_cast<unsigned char>(text[last - 1]))) --last;
      if (last > first) {
        out.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
      }
    }
    begin = end + 1;
  }
  return out;
}

// What a run of sentences says of the question: idf of its terms, a repeated one counting little.
double value_of(const Question& question, const std::vector<TermHit>& hits, std::uint32_t begin,
                std::uint32_t end) {
  std::vector<int> seen(question.terms.size(), 0);
  double value = 0;
  for (const TermHit& hit : hits) {
    if (hit.begin < begin || hit.end > end) continue;
    const QuestionTerm& term = question.terms[hit.term];
    value += ++seen[hit.term] == 1 ? term.idf * term.scale : 0.1 * term.idf * term.scale;
  }
  return value;
}

Snippet cut(const PassageRecord& passage, const std::vector<TermHit>& hits, std::uint32_t begin,
            std::uint32_t end) {
  Snippet snippet;
  snippet.text = passage.text.substr(begin, end - begin);
  snippet.offset = passage.begin + begin;
  for (const TermHit& hit : hits) {
    if (hit.begin < begin || hit.end > end) continue;
    const Span span{hit.begin - begin, hit.end - begin};
    if (!snippet.highlights.empty() && span.begin < snippet.highlights.back().end) {
      snippet.highlights.back().end = std::max(snippet.highlights.back().end, span.end);
    } else {
      snippet.highlights.push_back(span);
    }
  }
  return snippet;
}

std::vector<TermHit> hits_by_begin(std::vector<TermHit> hits) {
  std::stable_sort(hits.begin(), hits.end(),
                   [](const TermHit& a, const TermHit& b) { return a.begin < b.begin; });
  return hits;
}

}  // namespace

Snippet make_snippet(const Question& question, std::vector<TermHit> found,
                     const PassageRecord& passage, std::size_t length) {
  const std::vector<TermHit> hits = hits_by_begin(std::move(found));
  std::vector<Range> parts = units(passage.text, passage.language);
  std::erase_if(parts, [&](const Range& part) { return part.begin < passage.body; });
  if (parts.empty()) return cut(passage, hits, 0, static_cast<std::uint32_t>(passage.text.size()));
  std::size_t best_first = 0;
  std::size_t best_last = 0;
  double best = -1;
  for (std::size_t first = 0; first < parts.size(); ++first) {
    std::size_t last = first;
    while (last + 1 < parts.size() && parts[last + 1].end - parts[first].begin <= length) ++last;
    const double value = value_of(question, hits, parts[first].begin, parts[last].end);
    if (value > best + 1e-9) {
      best = value;
      best_first = first;
      best_last = last;
    }
  }
  // Sentences before the first hit only push it down the page, unless there is room for them
  // anyway.
  while (best_first < best_last && best > 0 &&
         value_of(question, hits, parts[best_first].begin, parts[best_first].end) == 0) {
    ++best_first;
  }
  while (best_last + 1 < parts.size() &&
         parts[best_last + 1].end - parts[best_first].begin <= length) {
    ++best_last;
  }
  while (best_first > 0 && parts[best_last].end - parts[best_first - 1].begin <= length) {
    --best_first;
  }
  Snippet snippet = cut(passage, hits, parts[best_first].begin, parts[best_last].end);
  snippet.cut_before = best_first > 0;
  snippet.cut_after = best_last + 1 < parts.size();
  return snippet;
}

Snippet whole_passage(const Question&, const TermFinder& finder, const PassageRecord& passage,
                      Analyser& analyser) {
  std::size_t end = passage.text.size();
  while (end > passage.body && std::isspace(static_cast<unsigned char>(passage.text[end - 1]))) {
    --end;
  }
  const std::uint32_t begin = passage.body < end ? passage.body : 0;
  return cut(passage, hits_by_begin(finder.find(analyser, passage.text)), begin,
             static_cast<std::uint32_t>(end));
}

}  // namespace tome
