// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/question_terms.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "store/terms.h"

namespace tome {

namespace {

// Tells the stems of one word from those of another.
std::string stems_key(const std::vector<Stem>& stems) {
  std::string key;
  for (const Stem& stem : stems) key += stem.term + '\n';
  return key;
}

}  // namespace

Match match_stems(const std::vector<Stem>& stems, const Analysers& analysers, double scale) {
  if (stems.size() == 1) return match_term(stems.front().term, scale);
  std::vector<Match> parts;
  for (const Stem& stem : stems) {
    if ((stem.languages & analysers.common()) != 0) {
      parts.push_back(match_term(stem.term));
      continue;
    }
    std::vector<Match> languages;
    for (const std::string& name : analysers.names(stem.languages)) {
      languages.push_back(match_term(language_term(name)));
    }
    // Beside a term of no weight synonyms are an OR, but see to_xapian().
    parts.push_back(
        match_of(Match::Op::kFilter,
                 {match_term(stem.term), match_of(Match::Op::kSynonym, std::move(languages))}));
  }
  return match_of(Match::Op::kSynonym, std::move(parts), scale);
}

bool is_word(const QuestionTerm& term) {
  return term.kind == TokenKind::kWord || term.kind == TokenKind::kIdentifier;
}

std::vector<Stem> stems_of(const std::vector<WordCount>& words, Analysers& analysers) {
  std::map<std::string, Languages> found;
  for (const WordCount& word : words) {
    for (const QuestionTerm& term : analysers.terms(word.word)) {
      if (!is_word(term)) continue;
      for (const Stem& stem : term.stems) found[stem.term] |= stem.languages;
    }
  }
  std::vector<Stem> stems;
  stems.reserve(found.size());
  for (const auto& [term, languages] : found) stems.push_back({term, languages});
  return stems;
}

// The terms of a question, weighted; stop words only when there is nothing else.
Result<std::vector<Match>> TermMaker::weighted(const std::string& words) {
  std::vector<QuestionTerm> terms = analysers_.terms(words);
  const bool only_stops =
      std::all_of(terms.begin(), terms.end(), [](const QuestionTerm& term) { return term.stop; });
  std::vector<Match> matches;
  std::map<std::string, std::pair<std::size_t, double>> seen;  // match, times said
  std::vector<std::string> surfaces;
  for (const QuestionTerm& term : terms) {
    if (term.atom) surfaces.push_back(term.surface);
  }
  expect(terms, surfaces);
  for (QuestionTerm& term : terms) {
    if (term.stop && !only_stops) continue;
    if (term.kind == TokenKind::kPart) term.scale = weights_.part;
    if (is_frame_word(term.surface)) term.scale = weights_.frame;
    if (term.kind == TokenKind::kGram) term.scale = weights_.gram;
    if (Status status = count(term); !status) return status.error();
    const auto [place, fresh] =
        seen.emplace(stems_key(term.stems), std::make_pair(matches.size(), 1.0));
    if (!fresh) {  // said twice: weighs twice
      auto& [match, times] = place->second;
      matches[match].scale *= (times + 1) / times;
      ++times;
      for (QuestionTerm& known : question_.terms) {
        if (known.stems == term.stems) known.times = times;
      }
      continue;
    }
    Match match = match_stems(term.stems, analysers_, term.scale);
    Result<std::vector<Match>> others = synonym_matches(synonyms_.of(term.surface), term);
    if (!others) return others.error();
    if (!others->empty()) {
      others->insert(others->begin(), std::move(match));
      match = match_of(Match::Op::kOr, std::move(*others));
    }
    matches.push_back(std::move(match));
    if (Status status = remember(std::move(term)); !status) return status.error();
  }
  QuestionTerm acronym;
  Result<std::vector<Match>> acronyms = synonym_matches(synonyms_.acronyms_in(surfaces), acronym);
  if (!acronyms) return acronyms.error();
  for (Match& match : *acronyms) matches.push_back(std::move(match));
  return matches;
}

// Other words for a term, each weighing less than the term itself; a phrase by all its words.
// Stems of single words become evidence for the term.
Result<std::vector<Match>> TermMaker::synonym_matches(const std::vector<std::string>& others,
                                                      QuestionTerm& term) {
  std::vector<Match> matches;
  for (const std::string& other : others) {
    std::vector<Match> parts;
    for (QuestionTerm& word : analysers_.terms(other)) {
      if (!is_word(word) || word.stop) continue;
      if (Status status = count(word); !status) return status.error();
      // An inflection is the same to the index; of a phrase that lacks a word nothing is to be
      // found.
      if (word.stems == term.stems || word.frequency == 0) {
        parts.clear();
        break;
      }
      parts.push_back(match_stems(word.stems, analysers_, 1.0));
      if (other.find(' ') == std::string::npos) {
        term.synonyms.insert(term.synonyms.end(), word.stems.begin(), word.stems.end());
      }
    }
    if (parts.empty()) continue;
    const double scale = weights_.synonym * term.scale / static_cast<double>(parts.size());
    matches.push_back(match_of(Match::Op::kAnd, std::move(parts), scale));
  }
  return matches;
}

// Asks for the frequencies of all these terms and of their synonyms together.
void TermMaker::expect(const std::vector<QuestionTerm>& terms,
                       const std::vector<std::string>& surfaces) {
  if (!reader_.is_far()) return;
  std::vector<std::string> stems;
  const auto add = [&](const std::vector<QuestionTerm>& list) {
    for (const QuestionTerm& term : list) {
      for (const Stem& stem : term.stems) stems.push_back(stem.term);
    }
  };
  add(terms);
  for (const QuestionTerm& term : terms) {
    for (const std::string& other : synonyms_.of(term.surface)) add(analysers_.terms(other));
  }
  for (const std::string& acronym : synonyms_.acronyms_in(surfaces)) add(analysers_.terms(acronym));
  reader_.expect(stems);
}

// How many passages have the term; stems that none has go, so that nothing is asked for them.
Status TermMaker::count(QuestionTerm& term) {
  if (term.counted) return Ok{};
  term.counted = true;
  std::uint64_t elsewhere = 0;  // of stems that only languages make of which there is little
  std::vector<Stem> present;
  for (Stem& stem : term.stems) {
    Result<std::uint64_t> frequency = reader_.frequency(stem.term);
    if (!frequency) return frequency.error();
    if (*frequency == 0) continue;
    std::uint64_t& most = (stem.languages & analysers_.common()) != 0 ? term.frequency : elsewhere;
    most = std::max(most, *frequency);
    present.push_back(std::move(stem));
  }
  if (term.frequency == 0) term.frequency = elsewhere;
  if (!present.empty()) term.stems = std::move(present);
  return Ok{};
}

// Keeps a term for the second stage, with its frequency.
Status TermMaker::remember(QuestionTerm term) {
  if (Status status = count(term); !status) return status;
  for (QuestionTerm& other : question_.terms) {
    if (other.stems != term.stems) continue;
    if (other.side != side_) other.side = ++sides_;  // on two sides: beside no other word
    return Ok{};
  }
  term.side = side_;
  const auto n = static_cast<double>(reader_.passages());
  const auto df = static_cast<double>(term.frequency);
  term.idf = std::log(1.0 + (n - df + 0.5) / (df + 0.5));
  const auto in_gram = [&](const std::string& word) {
    return term.kind == TokenKind::kGram && term.frequency > 0 &&
           word.find(term.surface) != std::string::npos;
  };
  std::erase_if(question_.unknown, in_gram);  // a word with particles: its grams find it
  if (term.frequency == 0 && is_word(term)) question_.unknown.push_back(term.surface);
  question_.terms.push_back(std::move(term));
  return Ok{};
}

}  // namespace tome
