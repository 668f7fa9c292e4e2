// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/postings.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "analysis/acronyms.h"
#include "store/terms.h"
#include "store/word_list.h"

namespace tome {
namespace {

using Occurrences = std::unordered_map<std::string, std::uint32_t>;

// Of the headings that open the passage's text: they count there already.
struct Opening {
  std::unordered_set<std::string> terms;
  std::unordered_set<std::string> surfaces;
};

void add_context(Analyser& analyser, const std::string& text, std::uint32_t wdf,
                 const Opening& opening, Occurrences& terms, WordCounts& words) {
  for (const Token& token : analyser.analyse(text)) {
    if (token.stop) continue;
    if (std::string term(token.term); !opening.terms.contains(term)) terms[std::move(term)] += wdf;
    if (token.kind == TokenKind::kGram) continue;
    if (std::string surface(token.surface); !opening.surfaces.contains(surface)) {
      ++words[std::move(surface)];
    }
  }
}

}  // namespace

std::vector<Posting> make_postings(Analyser& analyser, const PassageRecord& passage,
                                   WordCounts& words) {
  Occurrences terms;
  Opening opening;
  std::vector<Posting> postings;
  std::string previous;  // surface of the stop word just before, else empty
  std::uint32_t previous_position = 0;
  for (const Token& token : analyser.analyse(passage.text)) {
    ++terms[std::string(token.term)];
    if (token.end <= passage.body) {
      opening.terms.emplace(token.term);
      opening.surfaces.emplace(token.surface);
    }
    if (token.kind != TokenKind::kGram) ++words[std::string(token.surface)];
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
    add_context(analyser, heading, kHeadingWdf, opening, terms, words);
  }
  add_context(analyser, passage.title, kTitleWdf, opening, terms, words);
  for (const std::string& author : passage.authors) {
    add_context(analyser, author, kAuthorWdf, opening, terms, words);
  }
  for (const Acronym& one : find_acronyms(passage.text)) {
    ++words[acronym_entry(one.acronym, one.expansion)];
  }
  postings.reserve(terms.size());
  for (auto& [term, wdf] : terms) {
    if (!term.empty() && term.size() <= kMaxTermBytes) postings.push_back({term, wdf});
  }
  return postings;
}

}  // namespace tome
