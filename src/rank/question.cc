// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/question.h"

#include <algorithm>
#include <set>

#include "rank/question_terms.h"
#include "store/terms.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMostPrefixWords = 100;

Match any_of_terms(const std::vector<std::string>& terms) {
  std::vector<Match> parts;
  parts.reserve(terms.size());
  for (const std::string& term : terms) parts.push_back(match_term(term));
  return match_of(Match::Op::kOr, std::move(parts));
}

// Whether deciding the tree needs the text of a passage.
bool needs_text(const Node& node) {
  if (node.op == Node::Op::kPhrase || node.op == Node::Op::kPrefix) return true;
  return std::any_of(node.children.begin(), node.children.end(), needs_text);
}

// Builds the Match of a tree; where the text decides, one that admits too much.
class Builder {
 public:
  Builder(const Reader& reader, Analysers& analysers, const Synonyms& synonyms,
          const RankWeights& weights, Question& question)
      : reader_(reader),
        analysers_(analysers),
        question_(question),
        terms_(reader, analysers, synonyms, weights, question) {}

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

  bool narrows() const { return narrows_; }  // what was built: see wide()

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
      Result<std::vector<Match>> terms = terms_.weighted(words);
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
      if (needs_text(*node)) continue;  // its Match admits too much: Verifier excludes
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
      const std::size_t outside = terms_.begin_side();
      Result<Match> part = build(child);
      if (!part) return part;
      parts.push_back(std::move(part).value());
      terms_.end_side(outside);
    }
    return match_of(Match::Op::kOr, std::move(parts));
  }

  // All words of a word as typed ("event-driven" has two); an identifier by its whole alone.
  Result<Match> every_token(const std::string& text) {
    std::vector<Match> parts;
    for (QuestionTerm& term : analysers_.terms(text)) {
      if (!is_word(term)) continue;
      parts.push_back(match_stems(term.stems, analysers_, 1.0));
      if (Status status = terms_.remember(std::move(term)); !status) return status.error();
    }
    if (parts.empty()) return Match{};
    return parts.size() == 1 ? parts.front() : match_of(Match::Op::kAnd, std::move(parts));
  }

  // By its words; narrowed to what has its stop words in the text, and the pairs of them, see
  // with_named_works().
  Result<Match> phrase(const Node& node) {
    std::vector<Match> parts;
    std::vector<Match> stops;
    std::vector<QuestionTerm> terms = analysers_.terms(node.text);
    const bool only_stops =
        std::all_of(terms.begin(), terms.end(), [](const QuestionTerm& term) { return term.stop; });
    for (QuestionTerm& term : terms) {
      if (!term.atom) continue;
      Match match = match_stems(term.stems, analysers_, 1.0);
      if (term.stop && !only_stops) {
        stops.push_back(std::move(match));
        continue;
      }
      parts.push_back(std::move(match));
      if (Status status = terms_.remember(std::move(term)); !status) return status.error();
    }
    if (parts.empty()) return Match{};
    Match match = parts.size() == 1 ? parts.front() : match_of(Match::Op::kAnd, std::move(parts));
    Match pairs = stop_pairs(node.text);
    if (pairs.op != Match::Op::kNone) stops.push_back(std::move(pairs));
    if (stops.empty()) return match;
    Match text = stops.size() == 1 ? stops.front() : match_of(Match::Op::kAnd, std::move(stops));
    match = match_of(Match::Op::kFilter, {std::move(match), std::move(text)});
    match.narrows = node.text;
    narrows_ = true;
    return match;
  }

  // What has the phrase's pairs of stop words, or is of a language that does not call them so and
  // has none posted. kNone: there are no such pairs.
  Match stop_pairs(const std::string& phrase) {
    std::vector<Match> pairs;
    Languages all = kAnyLanguage;
    for (const Analysers::StopPair& pair : analysers_.stop_pairs(phrase)) {
      if ((analysers_.common() & ~pair.languages) != 0) continue;  // that would be nearly all
      pairs.push_back(match_term(stop_pair_term(pair.first, pair.second)));
      all &= pair.languages;
    }
    if (pairs.empty()) return {};
    Match match = match_of(Match::Op::kAnd, std::move(pairs));
    std::vector<std::string> others;
    for (const std::string& name : analysers_.names(~all)) others.push_back(language_term(name));
    if (others.empty()) return match;
    return match_of(Match::Op::kOr, {std::move(match), any_of_terms(others)});
  }

  Result<Match> prefix(const Node& node) {
    const std::string start = fold(node.text);
    Result<std::vector<WordCount>> words = reader_.words(start);
    if (!words) return words.error();
    const std::size_t most = std::min(words->size(), kMostPrefixWords);
    std::partial_sort(words->begin(), words->begin() + static_cast<std::ptrdiff_t>(most),
                      words->end(), [](const WordCount& a, const WordCount& b) {
                        return a.count != b.count ? a.count > b.count : a.word < b.word;
                      });
    words->resize(most);
    const std::vector<Stem> stems = stems_of(*words, analysers_);
    if (stems.empty()) return Match{};
    QuestionTerm term;
    term.surface = start;
    term.stems = stems;
    Match match = match_stems(term.stems, analysers_, 1.0);
    if (Status status = terms_.remember(std::move(term)); !status) return status.error();
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
      for (const std::string& key : (*catalogue)->work(i).keys) terms.push_back(work_term(key));
    }
    if (terms.empty()) return Match{};
    return any_of_terms(terms);
  }

  const Reader& reader_;
  Analysers& analysers_;
  Question& question_;
  TermMaker terms_;
  bool narrows_ = false;
};

}  // namespace

bool only_filters(const Node& node) {
  if (node.op == Node::Op::kFilter) return true;
  return (node.op == Node::Op::kOr || node.op == Node::Op::kAnd || node.op == Node::Op::kNot) &&
         std::all_of(node.children.begin(), node.children.end(), only_filters);
}

Match with_named_works(Match narrow, const Catalogue& catalogue, Analysers& analysers) {
  for (Match& part : narrow.parts) part = with_named_works(std::move(part), catalogue, analysers);
  if (narrow.narrows.empty()) return narrow;
  std::vector<std::string> works;
  for (const std::size_t i : works_named(narrow.narrows, catalogue, analysers)) {
    for (const std::string& key : catalogue.work(i).keys) works.push_back(work_term(key));
  }
  if (!works.empty()) {
    Match& text = narrow.parts.back();
    text = match_of(Match::Op::kOr, {std::move(text), any_of_terms(works)});
  }
  return narrow;
}

Result<Question> prepare(const Node& tree, const Reader& reader, Analysers& analysers,
                         const Synonyms& synonyms, const RankWeights& weights) {
  Question question;
  // A question of one word is a bag of its tokens: the word may be a sentence without spaces.
  Node root = relaxed(tree, question.relaxed);
  if (root.op == Node::Op::kWord) {
    Node bag;
    bag.children.push_back(std::move(root));
    root = std::move(bag);
  }
  Builder builder(reader, analysers, synonyms, weights, question);
  Result<Match> match = builder.build(root);
  if (!match) return match.error();
  question.match = std::move(match).value();
  if (builder.narrows()) {
    question.narrow = question.match;
    question.match = wide(std::move(question.match));
  }
  question.exact = needs_text(root);
  question.tree = std::move(root);
  return question;
}

}  // namespace tome
