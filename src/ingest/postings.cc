// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/postings.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "store/terms.h"

namespace tome {
namespace {

using Occurrences = std::unordered_map<std::string, std::uint32_t>;

// `opening`: terms of the headings that open the passage's text; they count there already.
void add_context(Analyser& analyser, const std::string& text, std::uint32_t wdf,
                 const std::unordered_set<std::string>& opening, Occurrences& terms) {
  for (const Token& token : analyser.analyse(text)) {
    if (token.stop) continue;
    std::string term(token.term);
    if (!opening.contains(term)) terms[std::move(term)] += wdf;
  }
}

}  // namespace

std::vector<Posting> make_postings(Analyser& analyser, const PassageRecord& passage,
                                   WordCounts& words, int sign) {
  Occurrences terms;
  std::unordered_set<std::string> opening;
  std::vector<Posting> postings;
  std::string previous;  // surface of the stop word just before, else empty
  std::uint32_t previous_position = 0;
  for (const Token& token : analyser.analyse(passage.text)) {
    ++terms[std::string(token.term)];
    if (token.end <= passage.body) opening.emplace(token.term);
    if (token.kind != TokenKind::kGram) words[std::string(token.surface)] += sign;
    if (!token.atom) continue;
    if (token.stop) {
      if (!previous.empty() && token.position == previous_position + 1) {
        terms.try_emplace(stop_pair_term(previous, token.surface), 0);
      }
      previous = token.surface;
      previous_position = token.position;
    } else {
      previous.clear();
    }
  }
  for (const std::string& heading : passage.headings) {
    add_context(analyser, heading, kHeadingWdf, opening, terms);
  }
  add_context(analyser, passage.title, kTitleWdf, opening, terms);
  for (const std::string& author : passage.authors) {
    add_context(analyser, author, kAuthorWdf, opening, terms);
  }
  postings.reserve(terms.size());
  for (auto& [term, wdf] : terms) {
    if (!term.empty() && term.size() <= kMaxTermBytes) postings.push_back({term, wdf});
  }
  return postings;
}

}  // namespace tome
