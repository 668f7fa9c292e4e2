// SPDX-License-Identifier: GPL-2.0-or-later
// Query tree -> what the store is asked and what the second stage looks for.
//
// A question's word is analysed in every language of the shelf; its stems are one term
// (OP_SYNONYM), each counting in passages of the languages that make it: the Indonesian stem of
// "item" is "it". Stop words, by the language that finds most of them in the question, carry no
// weight in the first stage unless the question has no other word; they count again in phrases.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/analyser.h"
#include "query/query.h"
#include "store/reader.h"
#include "tome/result.h"
#include "tome/weights.h"

namespace tome {

// Languages of the shelf, by bit; see Analysers::bit_of().
using Languages = std::uint64_t;
inline constexpr Languages kAnyLanguage = ~Languages{0};

struct Stem {
  std::string term;
  Languages languages = kAnyLanguage;  // that make it of the word
  friend bool operator==(const Stem&, const Stem&) = default;
};

// One term of the question, with all that counts as it.
struct QuestionTerm {
  std::string surface;         // folded, as typed
  std::vector<Stem> stems;     // one for each language where they differ
  std::vector<Stem> synonyms;  // stems of other words that count as evidence for it
  TokenKind kind = TokenKind::kWord;
  bool atom = true;       // what phrases are compared over
  bool accented = false;  // typed with accents that folding drops
  bool stop = false;
  double scale = 1.0;           // share of its BM25 weight
  double times = 1;             // how often it was said
  std::size_t side = 0;         // of an OR, by number; 0: of none
  bool counted = false;         // frequency is known, and stems that no passage has are gone
  std::uint64_t frequency = 0;  // passages with any of the stems (at least the largest of them)
  double idf = 0;               // of BM25, never negative
};

// Analysers of the shelf's languages; the tokens of one text by all of them side by side.
class Analysers {
 public:
  explicit Analysers(const std::map<std::string, std::uint64_t>& languages);
  // Terms of `text` in order; wholes of identifiers before their parts.
  std::vector<QuestionTerm> terms(std::string_view text);
  // Neighbouring words of `text` that are both stop words in some languages.
  struct StopPair {
    std::string first, second;  // folded
    Languages languages = 0;    // those
  };
  std::vector<StopPair> stop_pairs(std::string_view text);
  // The analyser of a passage's language.
  Analyser& of(const std::string& language);

  // The bit that stands for a language of the shelf; any language for one that it does not have.
  Languages bit_of(std::string_view language) const;
  // Those that many of the passages are in: a stem of theirs is asked for without naming them.
  Languages common() const { return common_; }
  // The languages of some bits.
  std::vector<std::string> names(Languages languages) const;

 private:
  std::vector<std::string> languages_;
  Languages common_ = 1;
  std::map<std::string, Analyser> analysers_;
};

struct Question {
  Node tree;  // as it is answered, see relaxed() below
  Match match;
  // Less, where a phrase has stop words: without the passages that can hold it in a heading alone.
  std::optional<Match> narrow;
  std::vector<QuestionTerm> terms;   // that add weight, each once, in order of appearance
  bool exact = false;                // has a phrase or prefix: candidates' text must be verified
  bool names_work = false;           // a filter names a work: no bound on passages of one
  std::vector<std::string> unknown;  // words that no passage has
  bool relaxed = false;              // quotes or dashes of a long question were taken as prose
};

// A bag of more than kProseWords plain words is prose: what stands in quotes there is a title or a
// turn of phrase, and a dash is a dash, so both are words of the question (`+"..."` still
// requires).
inline constexpr std::size_t kProseWords = 8;
Node relaxed(Node tree, bool& changed);

class Synonyms;
Result<Question> prepare(const Node& tree, const Reader& reader, Analysers& analysers,
                         const Synonyms& synonyms, const RankWeights& weights);

// Words that frame a request rather than say what it is about: "which book explains", "I am looking
// for a good introduction". English, the one language whose stop words leave them out.
bool is_frame_word(const std::string& surface);

// Whether a node holds nothing but filters: then it restricts a question as a filter does.
bool only_filters(const Node& node);

// Question::narrow and the passages of works that are named like its phrases: these hold them in
// what stands above their text. Looks through the whole catalogue.
Match with_named_works(Match narrow, const Catalogue& catalogue, Analysers& analysers);

// Works of the catalogue with a phrase in the title or the name of an author, as indices.
std::vector<std::size_t> works_named(const std::string& phrase, const Catalogue& catalogue,
                                     Analysers& analysers);

// Works of the catalogue that a filter admits, as indices.
std::vector<std::size_t> works_admitted(const Node& filter, const Catalogue& catalogue);

// Whether passages are what an exact question asks for. Outlived by what it was made with.
class Verifier {
 public:
  Verifier(const Node& tree, const Catalogue& catalogue, Analysers& analysers);
  ~Verifier();
  bool holds(const PassageRecord& passage);

 private:
  class Passage;
  struct Phrase;
  const Node& tree_;
  const Catalogue& catalogue_;
  Analysers& analysers_;
  // Phrases of the question by text and language.
  std::map<std::pair<std::string, std::string>, std::unique_ptr<const Phrase>> phrases_;
};

}  // namespace tome
