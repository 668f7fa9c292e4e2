// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "rank/question.h"

namespace tome {
namespace {

// Passages of a language, as a share of all, above which its stems may be asked for without naming
// it: that is faster than to look at the language of so many passages.
constexpr double kCommonShare = 0.05;

Languages bit(std::size_t place) { return Languages{1} << std::min<std::size_t>(place, 63); }

}  // namespace

Analysers::Analysers(const std::map<std::string, std::uint64_t>& languages) {
  std::vector<std::pair<std::uint64_t, std::string>> order;  // most passages first
  order.reserve(languages.size());
  for (const auto& [language, passages] : languages) order.emplace_back(passages, language);
  std::sort(order.rbegin(), order.rend());
  double all = 0;
  for (const auto& [passages, language] : order) all += static_cast<double>(passages);
  for (const auto& [passages, language] : order) {
    if (static_cast<double>(passages) >= kCommonShare * all) common_ |= bit(languages_.size());
    languages_.push_back(language);
  }
  if (languages_.empty()) languages_.push_back("en");
}

Analyser& Analysers::of(const std::string& language) {
  const auto found = analysers_.find(language);
  if (found != analysers_.end()) return found->second;
  return analysers_.emplace(language, Analyser(language)).first->second;
}

Languages Analysers::bit_of(std::string_view language) const {
  const auto found = std::find(languages_.begin(), languages_.end(), language);
  if (found == languages_.end()) return kAnyLanguage;
  return bit(static_cast<std::size_t>(found - languages_.begin()));
}

std::vector<std::string> Analysers::names(Languages languages) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < languages_.size(); ++i) {
    if ((bit(i) & languages) != 0) names.push_back(languages_[i]);
  }
  return names;
}

std::vector<Analysers::StopPair> Analysers::stop_pairs(std::string_view text) {
  std::map<std::pair<std::string, std::string>, Languages> found;
  for (std::size_t place = 0; place < std::min<std::size_t>(languages_.size(), 63); ++place) {
    const Token* before = nullptr;
    for (const Token& token : of(languages_[place]).analyse(text)) {
      if (!token.atom) continue;
      if (before != nullptr && before->stop && token.stop) {
        found[{std::string(before->surface), std::string(token.surface)}] |= bit(place);
      }
      before = &token;
    }
  }
  std::vector<StopPair> pairs;
  pairs.reserve(found.size());
  for (const auto& [words, languages] : found) {
    pairs.push_back({words.first, words.second, languages});
  }
  return pairs;
}

std::vector<QuestionTerm> Analysers::terms(std::string_view text) {
  std::vector<QuestionTerm> terms;
  std::vector<bool> stops;  // by the language that calls most words of the text stop words
  std::size_t most_stops = 0;
  for (std::size_t place = 0; place < languages_.size(); ++place) {
    const std::vector<Token>& tokens = of(languages_[place]).analyse(text);
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
      auto& stems = terms[i].stems;
      const auto known = std::find_if(stems.begin(), stems.end(), [&](const Stem& stem) {
        return stem.term == tokens[i].term;
      });
      if (known != stems.end()) {
        known->languages |= bit(place);
      } else {
        stems.push_back({std::string(tokens[i].term), bit(place)});
      }
      own[i] = tokens[i].stop;
    }
    const auto count = static_cast<std::size_t>(std::count(own.begin(), own.end(), true));
    if (count > most_stops) {
      most_stops = count;
      stops = std::move(own);
    }
  }
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i].stop = stops[i];
  std::erase_if(terms, [](const QuestionTerm& term) { return term.stems.front().term.empty(); });
  return terms;
}

}  // namespace tome
