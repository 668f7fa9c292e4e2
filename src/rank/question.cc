// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/question.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "rank/synonyms.h"
#include "store/terms.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMostPrefixWords = 100;

Match synonyms(const std::vector<std::string>& terms, double scale) {
  if (terms.size() == 1) return match_term(terms.front(), scale);
  std::vector<Match> parts;
  for (const std::string& term : terms) parts.push_back(match_term(term));
  return match_of(Match::Op::kSynonym, std::move(parts), scale);
}

Match any_of_terms(const std::vector<std::string>& terms) {
  std::vector<Match> parts;
  for (const std::string& term : terms) parts.push_back(match_term(term));
  return match_of(Match::Op::kOr, std::move(parts));
}

bool is_word(const QuestionTerm& term) {
  return term.kind == TokenKind::kWord || term.kind == TokenKind::kIdentifier;
}

// Whether deciding the tree needs the text of a passage.
bool needs_text(const Node& node) {
  if (node.op == Node::Op::kPhrase || node.op == Node::Op::kPrefix) return true;
  return std::any_of(node.children.begin(), node.children.end(), needs_text);
}

// Builds the Match of a tree; where the text decides, one that admits too much.
class Builder {
 public:
  Builder(const Reader& reader, Analysers& analysers, const RankWeights& weights,
          Question& question)
      : reader_(reader), analysers_(analysers), weights_(weights), question_(question) {}

  Result<Match> build(const Node& node) {
    switch (node.op) {
      case Node::Op::kBag:
        return bag(node);
      case Node::Op::kAnd:
        return all(node);
      case Node::Op::kOr:
        return any(node);
      case Node::Op::kNot:
        return without(match_of(Match::Op::kAll, {}), {&node});
      case Node::Op::kMust:
        return build(node.children.front());
      case Node::Op::kWord:
        return every_token(node.text);
      case Node::Op::kPrefix:
        return prefix(node);
      case Node::Op::kPhrase:
        return phrase(node);
      case Node::Op::kFilter:
        return filter(node);
    }
    return Match{};
  }

 private:
  // The words beside each other, as one question; what restricts it around them.
  Result<Match> bag(const Node& node) {
    std::string words;
    std::vector<Match> required;
    std::vector<Match> filters;
    std::vector<Match> optional;
    std::vector<const Node*> excluded;
    for (const Node& child : node.children) {
      if (child.op == Node::Op::kWord) {
        words += (words.empty() ? "" : " ") + child.text;
        continue;
      }
      if (child.op == Node::Op::kNot) {
        excluded.push_back(&child);
        continue;
      }
      Result<Match> part = build(child);
      if (!part) return part;
      if (only_filters(child)) {
        filters.push_back(std::move(part).value());
      } else if (child.op == Node::Op::kMust || child.op == Node::Op::kPhrase) {
        required.push_back(std::move(part).value());
      } else {
        optional.push_back(std::move(part).value());
      }
    }
    if (!words.empty()) {
      Result<std::vector<Match>> terms = weighted_terms(words);
      if (!terms) return terms.error();
      for (Match& term : *terms) optional.push_back(std::move(term));
    }
    Match match;
    if (!required.empty()) {
      match = required.size() == 1 ? required.front() : match_of(Match::Op::kAnd, required);
      if (!optional.empty()) {
        optional.insert(optional.begin(), std::move(match));
        match = match_of(Match::Op::kAndMaybe, std::move(optional));
      }
    } else if (!optional.empty()) {
      match = match_of(Match::Op::kOr, std::move(optional));
    } else if (!filters.empty() || !excluded.empty()) {
      match = match_of(Match::Op::kAll, {});
    } else {
      return Match{};
    }
    if (!filters.empty()) {
      filters.insert(filters.begin(), std::move(match));
      match = match_of(Match::Op::kFilter, std::move(filters));
    }
    return without(std::move(match), excluded);
  }

  Result<Match> without(Match match, const std::vector<const Node*>& excluded) {
    std::vector<Match> parts{std::move(match)};
    const std::vector<QuestionTerm> terms = question_.terms;  // what is excluded adds no evidence
    const std::vector<std::string> unknown = question_.unknown;
    for (const Node* node : excluded) {
      if (needs_text(*node)) continue;  // its Match admits too much: verify() excludes
      Result<Match> part = build(node->children.front());
      if (!part) return part;
      parts.push_back(std::move(part).value());
    }
    question_.terms = terms;
    question_.unknown = unknown;
    if (parts.size() == 1) return std::move(parts.front());
    return match_of(Match::Op::kAndNot, std::move(parts));
  }

  Result<Match> all(const Node& node) {
    std::vector<Match> parts;
    std::vector<const Node*> excluded;
    for (const Node& child : node.children) {
      if (child.op == Node::Op::kNot) {
        excluded.push_back(&child);
        continue;
      }
      Result<Match> part = build(child);
      if (!part) return part;
      parts.push_back(std::move(part).value());
    }
    Match match = parts.empty()       ? match_of(Match::Op::kAll, {})
                  : parts.size() == 1 ? std::move(parts.front())
                                      : match_of(Match::Op::kAnd, std::move(parts));
    return without(std::move(match), excluded);
  }

  Result<Match> any(const Node& node) {
    std::vector<Match> parts;
    for (const Node& child : node.children) {
      Result<Match> part = build(child);
      if (!part) return part;
      parts.push_back(std::move(part).value());
    }
    return match_of(Match::Op::kOr, std::move(parts));
  }

  // All words of a word as typed ("event-driven" has two); an identifier by its whole alone.
  Result<Match> every_token(const std::string& text) {
    std::vector<Match> parts;
    for (QuestionTerm& term : analysers_.terms(text)) {
      if (!is_word(term)) continue;
      parts.push_back(synonyms(term.stems, 1.0));
      if (Status status = remember(std::move(term)); !status) return status.error();
    }
    if (parts.empty()) return Match{};
    return parts.size() == 1 ? parts.front() : match_of(Match::Op::kAnd, std::move(parts));
  }

  Result<Match> phrase(const Node& node) {
    std::vector<Match> parts;
    std::string previous_stop;
    std::vector<Match> pairs;
    std::vector<QuestionTerm> terms = analysers_.terms(node.text);
    const bool only_stops =
        std::all_of(terms.begin(), terms.end(), [](const QuestionTerm& term) { return term.stop; });
    for (QuestionTerm& term : terms) {
      if (!term.atom) continue;
      if (term.stop) {
        if (!previous_stop.empty()) {
          pairs.push_back(match_term(stop_pair_term(previous_stop, term.surface)));
        }
        previous_stop = term.surface;
        if (!only_stops) continue;
      } else {
        previous_stop.clear();
      }
      parts.push_back(synonyms(term.stems, 1.0));
      if (Status status = remember(std::move(term)); !status) return status.error();
    }
    if (parts.empty()) return Match{};
    Match match = parts.size() == 1 ? parts.front() : match_of(Match::Op::kAnd, std::move(parts));
    // A pair of stop words is posted only where one language calls both so: a filter on a shelf of
    // one language, left to verify() elsewhere.
    if (pairs.empty() || reader_.languages().size() > 1) return match;
    pairs.insert(pairs.begin(), std::move(match));
    return match_of(Match::Op::kFilter, std::move(pairs));
  }

  Result<Match> prefix(const Node& node) {
    const std::string start = fold(node.text);
    Result<std::vector<WordCount>> words = reader_.words(start);
    if (!words) return words.error();
    std::sort(words->begin(), words->end(), [](const WordCount& a, const WordCount& b) {
      return a.count != b.count ? a.count > b.count : a.word < b.word;
    });
    if (words->size() > kMostPrefixWords) words->resize(kMostPrefixWords);
    std::set<std::string> stems;
    for (const WordCount& word : *words) {
      for (const QuestionTerm& term : analysers_.terms(word.word)) {
        if (is_word(term)) stems.insert(term.stems.begin(), term.stems.end());
      }
    }
    if (stems.empty()) return Match{};
    QuestionTerm term;
    term.surface = start;
    term.stems.assign(stems.begin(), stems.end());
    Match match = synonyms(term.stems, 1.0);
    if (Status status = remember(std::move(term)); !status) return status.error();
    return match;
  }

  Result<Match> filter(const Node& node) {
    if (node.field == Field::kLanguage) {
      const std::string language = fold(node.text);
      return match_term(language_term(std::string_view(language).substr(0, 2)));
    }
    Result<const Catalogue*> catalogue = reader_.catalogue();
    if (!catalogue) return catalogue.error();
    if (node.field == Field::kTitle || node.field == Field::kBook) question_.names_work = true;
    std::vector<std::string> terms;
    for (const std::size_t i : works_admitted(node, **catalogue)) {
      for (const std::string& key : (*catalogue)->works()[i].keys) terms.push_back(work_term(key));
    }
    if (terms.empty()) return Match{};
    return any_of_terms(terms);
  }

  // The terms of a question, weighted; stop words only when there is nothing else.
  Result<std::vector<Match>> weighted_terms(const std::string& words) {
    std::vector<QuestionTerm> terms = analysers_.terms(words);
    const bool only_stops =
        std::all_of(terms.begin(), terms.end(), [](const QuestionTerm& term) { return term.stop; });
    std::vector<Match> matches;
    std::map<std::vector<std::string>, std::pair<std::size_t, double>> seen;  // match, times said
    for (QuestionTerm& term : terms) {
      if (term.stop && !only_stops) continue;
      if (term.kind == TokenKind::kPart) term.scale = weights_.part;
      if (is_frame_word(term.surface)) term.scale = weights_.frame;
      if (term.kind == TokenKind::kGram) term.scale = weights_.gram;
      const auto [place, fresh] = seen.emplace(term.stems, std::make_pair(matches.size(), 1.0));
      if (!fresh) {  // said twice: weighs twice
        auto& [match, times] = place->second;
        matches[match].scale *= (times + 1) / times;
        ++times;
        continue;
      }
      Match match = synonyms(term.stems, term.scale);
      std::vector<Match> others = synonym_matches(synonyms_of(term.surface), term);
      if (!others.empty()) {
        others.insert(others.begin(), std::move(match));
        match = match_of(Match::Op::kOr, std::move(others));
      }
      matches.push_back(std::move(match));
      if (Status status = remember(std::move(term)); !status) return status.error();
    }
    std::vector<std::string> surfaces;
    for (const QuestionTerm& term : terms) {
      if (term.atom) surfaces.push_back(term.surface);
    }
    QuestionTerm acronym;
    for (Match& match : synonym_matches(acronyms_in(surfaces), acronym)) {
      matches.push_back(std::move(match));
    }
    return matches;
  }

  // Other words for a term, each weighing less than the term itself; a phrase by all its words.
  // Stems of single words become evidence for the term.
  std::vector<Match> synonym_matches(const std::vector<std::string>& others, QuestionTerm& term) {
    std::vector<Match> matches;
    for (const std::string& other : others) {
      std::vector<Match> parts;
      for (QuestionTerm& word : analysers_.terms(other)) {
        if (!is_word(word) || word.stop) continue;
        if (word.stems == term.stems) {  // an inflection, the same to the index
          parts.clear();
          break;
        }
        parts.push_back(synonyms(word.stems, 1.0));
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

  // Keeps a term for the second stage, with its frequency.
  Status remember(QuestionTerm term) {
    for (const QuestionTerm& other : question_.terms) {
      if (other.stems == term.stems) return Ok{};
    }
    for (const std::string& stem : term.stems) {
      Result<std::uint64_t> frequency = reader_.frequency(stem);
      if (!frequency) return frequency.error();
      term.frequency = std::max(term.frequency, *frequency);
    }
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

  const Reader& reader_;
  Analysers& analysers_;
  const RankWeights& weights_;
  Question& question_;
};

}  // namespace

bool only_filters(const Node& node) {
  if (node.op == Node::Op::kFilter) return true;
  return (node.op == Node::Op::kOr || node.op == Node::Op::kAnd || node.op == Node::Op::kNot) &&
         std::all_of(node.children.begin(), node.children.end(), only_filters);
}

Result<Question> prepare(const Node& tree, const Reader& reader, Analysers& analysers,
                         const RankWeights& weights) {
  Question question;
  // A question of one word is a bag of its tokens: the word may be a sentence without spaces.
  Node root = relaxed(tree, question.relaxed);
  if (root.op == Node::Op::kWord) {
    Node bag;
    bag.children.push_back(std::move(root));
    root = std::move(bag);
  }
  Result<Match> match = Builder(reader, analysers, weights, question).build(root);
  if (!match) return match.error();
  question.match = std::move(match).value();
  question.exact = needs_text(root);
  question.tree = std::move(root);
  return question;
}

}  // namespace tome
