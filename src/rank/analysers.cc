// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "rank/question.h"

namespace tome {

Analysers::Analysers(const std::map<std::string, std::uint64_t>& languages) {
  std::vector<std::pair<std::uint64_t, std::string>> order;  // most passages first
  for (const auto& [language, passages] : languages) order.emplace_back(passages, language);
  std::sort(order.rbegin(), order.rend());
  for (const auto& [passages, language] : order) languages_.push_back(language);
  if (languages_.empty()) languages_.push_back("en");
}

Analyser& Analysers::of(const std::string& language) {
  const auto found = analysers_.find(language);
  if (found != analysers_.end()) return found->second;
  return analysers_.emplace(language, Analyser(language)).first->second;
}

std::vector<QuestionTerm> Analysers::terms(std::string_view text) {
  std::vector<QuestionTerm> terms;
  std::vector<bool> stops;  // by the language that calls most words of the text stop words
  std::size_t most_stops = 0;
  for (const std::string& language : languages_) {
    const std::vector<Token>& tokens = of(language).analyse(text);
    if (terms.empty()) {
      terms.resize(tokens.size());
      stops.assign(tokens.size(), false);
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        terms[i].surface = tokens[i].surface;
        terms[i].kind = tokens[i].kind;
        terms[i].atom = tokens[i].atom;
        terms[i].accented = tokens[i].exact_differs;
      }
    }
    // Where words begin and end does not depend on the language, only stems and stop words do.
    std::vector<bool> own(terms.size(), false);
    for (std::size_t i = 0; i < std::min(terms.size(), tokens.size()); ++i) {
      const std::string stem(tokens[i].term);
      auto& stems = terms[i].stems;
      if (std::find(stems.begin(), stems.end(), stem) == stems.end()) stems.push_back(stem);
      own[i] = tokens[i].stop;
    }
    const auto count = static_cast<std::size_t>(std::count(own.begin(), own.end(), true));
    if (count > most_stops) {
      most_stops = count;
      stops = std::move(own);
    }
  }
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i].stop = stops[i];
  std::erase_if(terms, [](const QuestionTerm& term) { return term.stems.front().empty(); });
  return terms;
}

}  // namespace tome
