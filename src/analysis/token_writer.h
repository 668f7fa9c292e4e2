// SPDX-License-Identifier: GPL-2.0-or-later
// TokenWriter: the tokens of one text as they are found. Ranges are offsets in that text.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/analyser.h"
#include "analysis/lexicon.h"
#include "analysis/pieces.h"

namespace tome {

class TokenWriter {
 public:
  explicit TokenWriter(std::string_view language) : lexicon_(language) {}

  // `beginnings`: see Analyser::analyse().
  void start(std::string_view text, const Beginnings& beginnings) {
    beginnings_ = beginnings;
    chooses_ = beginnings != Beginnings();
    lexicon_.trim();
    tokens_.clear();
    position_ = 0;
    text_ = text;
  }

  std::string_view text() const { return text_; }
  const std::vector<Token>& tokens() const { return tokens_; }

  // An atom takes the next position; anything else has the position of the atom after it.
  void word(std::size_t begin, std::size_t end, TokenKind kind = TokenKind::kWord,
            bool atom = true) {
    if (passed_over(begin, end, atom)) return;
    add(begin, end, kind, atom, lexicon_.word(text_.substr(begin, end - begin)));
  }
  void verbatim(std::size_t begin, std::size_t end, TokenKind kind, bool atom) {
    if (passed_over(begin, end, atom)) return;
    add(begin, end, kind, atom, lexicon_.verbatim(text_.substr(begin, end - begin)));
  }

  // A token that is written otherwise than it is posted ("PEP 8" as pep8).
  void spelled(std::size_t begin, std::size_t end, TokenKind kind, bool atom,
               std::string_view spelling, bool stemmed) {
    add(begin, end, kind, atom, stemmed ? lexicon_.word(spelling) : lexicon_.verbatim(spelling));
  }

  // A token beside the atom that was written last.
  void beside(std::size_t begin, std::size_t end, TokenKind kind) {
    const std::uint32_t next = position_;
    if (position_ > 0) --position_;
    word(begin, end, kind, false);
    position_ = next;
  }

  // Memory for the pieces of a compound and, in further levels, of the pieces themselves.
  Pieces& pieces(std::size_t level) { return pieces_[level]; }

 private:
  // Whether the word begins as nothing does that is looked for; it has its position all the same.
  bool passed_over(std::size_t begin, std::size_t end, bool atom) {
    if (!chooses_) return false;
    const unsigned first = letter_at(begin);
    if (first >= 26) return false;
    if ((beginnings_.first >> first & 1) != 0) {
      const unsigned second = begin + 1 < end ? letter_at(begin + 1) : 26;
      // "dying" has the stem "die".
      if (second >= 26 || second == 'y' - 'a') return false;
      if ((beginnings_.second[first] >> second & 1) != 0) return false;
    }
    position_ += atom ? 1 : 0;
    return true;
  }
  unsigned letter_at(std::size_t i) const {
    return static_cast<unsigned char>((text_[i] | 0x20) - 'a');
  }

  void add(std::size_t begin, std::size_t end, TokenKind kind, bool atom, const Form& form) {
    if (form.surface_size == 0) return;
    Token& token = tokens_.emplace_back();
    token.term = form.term();
    token.surface = form.surface();
    token.term_hash = form.term_hash;
    token.surface_hash = form.surface_hash;
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(end);
    token.position = position_;
    token.kind = kind;
    token.atom = atom;
    token.stop = form.stop;
    token.exact_differs = form.exact_differs;
    position_ += atom ? 1 : 0;
  }

  Lexicon lexicon_;
  std::vector<Token> tokens_;
  std::string_view text_;
  std::uint32_t position_ = 0;
  Beginnings beginnings_;
  bool chooses_ = false;  // by these, since they leave something out
  std::array<Pieces, 5> pieces_;
};

}  // namespace tome
