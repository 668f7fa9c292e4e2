// SPDX-License-Identifier: GPL-2.0-or-later
// Which works a filter admits, and whether a passage is what an exact question asks for.
#include <algorithm>

#include "rank/letters.h"
#include "rank/question.h"
#include "store/terms.h"
#include "text/text.h"

namespace tome {
namespace {

bool is_of_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) || c == '+' || c == '#';
}

// Whether `word`, all of whose bytes are of words, is one of `text`.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_of_word(text[at - 1])) && (end == text.size() || !is_of_word(text[end]))) {
      return true;
    }
  }
  return false;
}

// Whether every word of `wanted` is a word of `text` (both folded, cut at what is no letter or
// digit).
bool has_words(std::string_view text, std::string_view wanted) {
  bool any = false;
  for (std::size_t begin = 0; begin < wanted.size();) {
    if (!is_of_word(wanted[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < wanted.size() && is_of_word(wanted[end])) ++end;
    if (!has_word(text, wanted.substr(begin, end - begin))) return false;
    any = true;
    begin = end;
  }
  return any;
}

// Whether a filter that asks for `wanted`, folded, admits a work.
bool admits(const Node& filter, const std::string& wanted, const WorkFields& work) {
  const auto has = [&](std::string_view text) { return has_words(fold(text), wanted); };
  const auto is_called = [&] {
    return has(std::string(work.title).append(" ").append(work.subtitle));
  };
  switch (filter.field) {
    case Field::kAuthor:
      return std::any_of(work.authors.begin(), work.authors.end(), has);
    case Field::kTitle:
      return is_called();
    case Field::kBook:
      return work.kind == Kind::kBook && is_called();
    case Field::kKind:
      return wanted == (work.kind == Kind::kBook ? "book" : "article");
    case Field::kTopic:
      return std::any_of(work.topics.begin(), work.topics.end(), has);
    case Field::kYear:
      return work.year != 0 && (filter.from == 0 || work.year >= filter.from) &&
             (filter.to == 0 || work.year <= filter.to);
    case Field::kLanguage:
      return false;  // the passage's own, not its work's
  }
  return false;
}

// The words of a text for phrases.
std::vector<std::string> phrase_words(Analyser& analyser, std::string_view text) {
  std::vector<std::string> words;
  for (const Token& token : analyser.analyse(text)) {
    if (token.atom) words.emplace_back(token.surface);
  }
  return words;
}

// What of a passage can hold a word: its text, and its context.
std::vector<std::string_view> fields_of(const PassageRecord& passage) {
  std::vector<std::string_view> fields{passage.text, passage.title};
  fields.insert(fields.end(), passage.headings.begin(), passage.headings.end());
  fields.insert(fields.end(), passage.authors.begin(), passage.authors.end());
  return fields;
}

}  // namespace

struct Verifier::Phrase {
  explicit Phrase(std::vector<std::string> given)
      : words(std::move(given)),
        letters(words),
        beginnings(beginnings_of({words.begin(), words.end()})) {}

  // Whether the text has the words in a row.
  bool is_in(Analyser& analyser, std::string_view text) const {
    if (letters.surely_not_in(text)) return false;
    const std::vector<Token>& tokens = analyser.analyse(text, beginnings);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].atom && tokens[i].surface == words.front() && goes_on(tokens, i)) return true;
    }
    return false;
  }

  std::vector<std::string> words;

 private:
  // Words that begin otherwise are no tokens here, but have their positions.
  bool goes_on(const std::vector<Token>& tokens, std::size_t at) const {
    std::uint32_t position = tokens[at].position;
    for (std::size_t word = 1; word < words.size(); ++word) {
      do {
        ++at;
      } while (at < tokens.size() && !tokens[at].atom);
      if (at == tokens.size() || tokens[at].position != ++position ||
          tokens[at].surface != words[word]) {
        return false;
      }
    }
    return true;
  }

  LetterRun letters;
  Beginnings beginnings;
};

// One passage under the question's tree.
class Verifier::Passage {
 public:
  Passage(Verifier& of, const PassageRecord& passage)
      : of_(of),
        passage_(passage),
        catalogue_(of.catalogue_),
        analysers_(of.analysers_),
        fields_(fields_of(passage)) {}

  bool holds(const Node& node) {
    const auto each = [this](const Node& child) { return holds(child); };
    switch (node.op) {
      case Node::Op::kBag:
        return bag(node);
      case Node::Op::kAnd:
        return std::all_of(node.children.begin(), node.children.end(), each);
      case Node::Op::kOr:
        return std::any_of(node.children.begin(), node.children.end(), each);
      case Node::Op::kNot:
        return !holds(node.children.front());
      case Node::Op::kMust:
        return holds(node.children.front());
      case Node::Op::kWord:
        return has_word(node.text);
      case Node::Op::kPrefix:
        return has_prefix(node.text);
      case Node::Op::kPhrase:
        return has_phrase(node.text);
      case Node::Op::kFilter:
        return admitted(node);
    }
    return false;
  }

 private:
  bool bag(const Node& node) {
    bool any_word = false;
    bool word_held = false;
    bool restricted = false;
    for (const Node& child : node.children) {
      const bool restricts = child.op == Node::Op::kMust || child.op == Node::Op::kPhrase ||
                             only_filters(child) || child.op == Node::Op::kNot;
      if (restricts) {
        if (!holds(child)) return false;
        restricted = restricted || child.op != Node::Op::kNot;
      } else {
        any_word = true;
        word_held = word_held || holds(child);
      }
    }
    return restricted || !any_word || word_held;
  }

  bool has_word(const std::string& text) {
    const std::vector<QuestionTerm> wanted = analysers_.terms(text);
    const Languages language = analysers_.bit_of(analysers_.of(passage_.language).language());
    Analyser& analyser = analysers_.of(passage_.language);
    return std::all_of(wanted.begin(), wanted.end(), [&](const QuestionTerm& term) {
      if (term.kind != TokenKind::kWord && term.kind != TokenKind::kIdentifier) return true;
      return std::any_of(fields_.begin(), fields_.end(), [&](std::string_view field) {
        const std::vector<Token>& tokens = analyser.analyse(field);
        return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
          return std::any_of(term.stems.begin(), term.stems.end(), [&](const Stem& stem) {
            return stem.term == token.term && (stem.languages & language) != 0;
          });
        });
      });
    });
  }

  bool has_prefix(const std::string& text) {
    const std::string start = fold(text);
    const Beginnings beginnings = beginnings_of({start});
    Analyser& analyser = analysers_.of(passage_.language);
    return std::any_of(fields_.begin(), fields_.end(), [&](std::string_view field) {
      const std::vector<Token>& tokens = analyser.analyse(field, beginnings);
      return std::any_of(tokens.begin(), tokens.end(),
                         [&](const Token& token) { return token.surface.starts_with(start); });
    });
  }

  bool has_phrase(const std::string& text) {
    Analyser& analyser = analysers_.of(passage_.language);
    const auto known = of_.phrases_.try_emplace({text, analyser.language()});
    std::unique_ptr<const Phrase>& phrase = known.first->second;
    if (known.second) phrase = std::make_unique<const Phrase>(phrase_words(analyser, text));
    if (phrase->words.empty()) return false;
    return std::any_of(fields_.begin(), fields_.end(),
                       [&](std::string_view field) { return phrase->is_in(analyser, field); });
  }

  bool admitted(const Node& node) {
    if (node.field == Field::kLanguage) {
      return passage_.language == std::string_view(fold(node.text)).substr(0, 2);
    }
    const std::string wanted = fold(node.text);
    return std::any_of(passage_.works.begin(), passage_.works.end(), [&](const std::string& key) {
      const std::size_t work = catalogue_.index_of(key);
      if (work >= catalogue_.size()) return false;
      WorkFields view;
      catalogue_.view(work, view);
      return admits(node, wanted, view);
    });
  }

  Verifier& of_;
  const PassageRecord& passage_;
  const Catalogue& catalogue_;
  Analysers& analysers_;
  std::vector<std::string_view> fields_;
};

Verifier::Verifier(const Node& tree, const Catalogue& catalogue, Analysers& analysers)
    : tree_(tree), catalogue_(catalogue), analysers_(analysers) {}
Verifier::~Verifier() = default;

bool Verifier::holds(const PassageRecord& passage) { return Passage(*this, passage).holds(tree_); }

std::vector<std::size_t> works_named(const std::string& phrase, const Catalogue& catalogue,
                                     Analysers& analysers) {
  Analyser& analyser = analysers.of("");  // where words begin and end is the same in every language
  const std::vector<std::string> wanted = phrase_words(analyser, phrase);
  const LetterRun letters(wanted);
  const auto says = [&](std::string_view text) {
    if (wanted.empty() || text.empty() || letters.surely_not_in(text)) return false;
    const std::vector<std::string> words = phrase_words(analyser, text);
    return std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
  };
  std::vector<std::size_t> named;
  WorkFields work;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    catalogue.view(i, work);
    if (says(work.title) || std::any_of(work.authors.begin(), work.authors.end(), says)) {
      named.push_back(i);
    }
  }
  return named;
}

std::vector<std::size_t> works_admitted(const Node& filter, const Catalogue& catalogue) {
  std::vector<std::size_t> admitted;
  const std::string wanted = fold(filter.text);
  WorkFields work;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    catalogue.view(i, work);
    if (admits(filter, wanted, work)) admitted.push_back(i);
  }
  return admitted;
}

}  // namespace tome
