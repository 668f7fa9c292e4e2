// SPDX-License-Identifier: GPL-2.0-or-later
// Question -> Query tree. Pure: knows no index and no language; no text is a syntax error. Works on
// bytes: invalid UTF-8 comes back as it was. Every function may be called from any thread.
//
// Grammar, loosest first:
//   query  := and_not ( OR and_not )*
//   and_not:= bag ( AND bag | NOT bag )*            a NOT b is a AND NOT b; a leading NOT excludes
//   bag    := item+                                 words beside each other are one question
//   item   := "phrase" | ( query ) | field:value | +item | -item | word* | word
//
// Space      White space of Unicode, NUL and control characters.
// AND OR NOT Operators only in capitals and with operands: a run of them is AND, OR, NOT, AND NOT
//            or OR NOT with an operand on both sides (NOT: after it); other runs are words.
//            `NOT -a` is `NOT a`, `NOT (NOT a)` is a.
// + -        Operators only after white space, ( or at the start, and before a letter, digit,
//            quote or (. Before a word they need more: `+x` another item between the same
//            parentheses, `-x` one that is not excluded itself. So `-Wall`, `-Wall -Wextra` and
//            `--no-verify` are words, `gcc -Wall` asks for gcc without Wall, and `-"a phrase"`
//            and `-kind:book` always exclude.
// field      A known name in any case, a colon and, without a space, a value: `"quoted"`, `(in
//            parentheses)` or what follows up to a space, less ? ! , ; at its end. Years are
//            2019, 2015..2022, ..2000 and 2015.. (1 to 9999; a backward range is turned). All
//            else is words.
// "phrase"   "a", “a”, „a“, ”a” or «a» at the start of an item (5" is a word), closed at the end
//            of the question if nowhere else. White space and " in it become one space.
// ( )        A group at the start of an item. Inside a word, ( is part of it (`O(n log n)`,
//            `f(x)`, `:(`), as is the ) that closes it or closes nothing. A group that stays
//            open is closed at the end; if a word in it has a ( that stays open, its ( is dropped.
// word*      At least two characters, one a letter or digit, none another *.
// \          Makes an ordinary word of what would be read as any of the above: `\AND`, `\-Wall`,
//            `\kind:x`, `\"x`, `\(x`, `\py*`; `\\AND` is the word \AND. Every other backslash
//            is itself: `C:\temp`, `\d+`, `\\server`, all of them inside quotes.
// Punctuation right behind a closing quote or parenthesis is dropped; in a word it is the
// analyser's business.
//
// Worked example: `event sourcing +kafka -"message broker" kind:book year:2015..2022` is
//   (bag event sourcing (must kafka) (not (phrase "message broker")) (kind book) (year 2015..2022))
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tome {

enum class Field { kAuthor, kTitle, kBook, kKind, kTopic, kLanguage, kYear };

// What parse_query returns is canonical: a bag has two or more children (the empty question: none)
// and not only kNot (that is a kAnd); kAnd and kOr have two or more and none of their own kind;
// kMust stands only in a bag; neither kMust nor kNot stands directly in a kMust or kNot; a bag of
// plain words and prefixes in a bag is one with it.
struct Node {
  enum class Op {
    kBag,     // children: a question; words add weight; kMust, kNot, phrases and filters restrict
    kAnd,     // every child
    kOr,      // any child
    kNot,     // one child: passages without it
    kMust,    // one child, in a bag: passages with it
    kWord,    // `text` as typed, to be analysed; may hold several tokens (std::vector) or none (-)
    kPrefix,  // `text` without its *
    kPhrase,  // `text` between the quotes
    kFilter,  // `field` and `text`; kYear: from, to
  };
  Op op = Op::kBag;
  std::string text;
  Field field = Field::kTitle;
  int from = 0;  // years, both included; 0: open
  int to = 0;
  std::vector<Node> children;
};

struct FieldName {
  std::string_view name;
  Field field;
  std::string_view help;  // what the value is, with an example
};

// author, title, book, kind, topic, lang, year: one table for the parser, the help and the docs.
const std::vector<FieldName>& field_names();

// Bounds: questions over 64 KB are cut there (earlier if describe_question would be longer), groups
// nested deeper than 50 belong to the 50th, and after 1,000 items the rest are dropped.
Node parse_query(std::string_view question);

// The tree as text, one line: what --show-query prints. A word with a parenthesis, quote or
// backslash in it is quoted.
std::string describe(const Node& node);

// The tree written as a question again (quotes, fields, operators). For every tree that parse_query
// returns, parse_query(describe_question(tree)) is an equal tree.
std::string describe_question(const Node& node);

bool operator==(const Node& a, const Node& b);

}  // namespace tome
