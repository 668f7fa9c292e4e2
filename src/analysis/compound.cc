// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/compound.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "analysis/characters.h"
#include "analysis/pieces.h"

namespace tome {
namespace {

using chars::is_alnum;
using chars::is_digit;
using chars::is_letter;
using chars::is_upper;

// What a compound has in it, told once: most have one kind of separator, or none.
constexpr std::uint8_t kSlash = 1;
constexpr std::uint8_t kHyphen = 2;
constexpr std::uint8_t kDot = 4;  // also :: and &
constexpr std::uint8_t kUnderscore = 8;
constexpr std::uint8_t kSign = 16;  // of "C++" and "C#"
constexpr std::uint8_t kComma = 32;

constexpr std::array<std::uint8_t, 256> make_kinds() {
  std::array<std::uint8_t, 256> kinds{};
  kinds['/'] = kSlash;
  kinds['-'] = kHyphen;
  for (const char c : {'.', ':', '&'}) kinds[static_cast<std::size_t>(c)] = kDot;
  kinds['_'] = kUnderscore;
  for (const char c : {'+', '#'}) kinds[static_cast<std::size_t>(c)] = kSign;
  kinds[','] = kComma;
  return kinds;
}
constexpr std::array<std::uint8_t, 256> kKinds = make_kinds();

class Compound {
 public:
  Compound(TokenWriter& writer, bool part, bool plain)
      : writer_(writer), text_(writer.text()), part_(part), plain_(plain) {}

  void write(Piece all) {
    unsigned kinds = 0;
    for (std::size_t i = all.begin; i < all.end; ++i) {
      kinds |= kKinds[static_cast<unsigned char>(text_[i])];
    }
    has_ = kinds;
    if (!has(kSlash | kHyphen | kDot | kUnderscore)) {
      word(all);
      return;
    }
    if (!plain_) plain_ = too_much(all);
    slashes(all);
  }

 private:
  bool has(unsigned kind) const { return (has_ & kind) != 0; }

  bool too_much(Piece all) const {
    const std::size_t size = all.end - all.begin;
    if (size < 2 * kMaxParts + 1) return false;  // cannot have more parts
    std::size_t count = 0;
    each_piece(
        text_, all, [](std::string_view text, std::size_t i) { return at_any(text, i); },
        [&count](Piece) { ++count; });
    return count > kMaxParts;
  }

  // In memory that a deeper level does not use.
  template <class Separator>
  const Pieces& split(std::size_t level, Piece all, Separator separator) {
    Pieces& pieces = writer_.pieces(level);
    pieces.clear();
    each_piece(text_, all, separator, [&pieces](Piece piece) { pieces.push_back(piece); });
    return pieces;
  }

  void slashes(Piece all) {
    if (!has(kSlash)) {
      hyphens(all);
      return;
    }
    const Pieces& pieces =
        split(0, all, [](std::string_view text, std::size_t i) { return at_slash(text, i); });
    const bool whole = pieces.size() == 2 && simple(pieces[0]) && simple(pieces[1]);
    if (whole) open(all);
    for (const Piece piece : pieces) hyphens(piece);
    if (whole) close();
  }

  TokenKind kind() const { return part_ || depth_ > 0 ? TokenKind::kPart : TokenKind::kWord; }
  TokenKind whole_kind() const {
    return part_ || depth_ > 0 ? TokenKind::kPart : TokenKind::kIdentifier;
  }
  void open(Piece whole) {
    if (!plain_) writer_.verbatim(whole.begin, whole.end, whole_kind(), false);
    depth_ += plain_ ? 0 : 1;
  }
  void close() { depth_ -= plain_ ? 0 : 1; }

  template <typename Test>
  bool all_of(Piece piece, Test test) const {
    return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(piece.begin),
                       text_.begin() + static_cast<std::ptrdiff_t>(piece.end), test);
  }
  bool letters(Piece piece) const {
    return all_of(piece, [](char c) { return is_letter(c) || c == '\''; });
  }
  bool simple(Piece piece) const {
    return all_of(piece, [](char c) { return is_alnum(c) || c == '+' || c == '#'; });
  }
  bool number(Piece piece) const {
    return all_of(piece, [](char c) { return is_digit(c) || c == '.' || c == ','; });
  }

  void hyphens(Piece all) {
    if (!has(kHyphen)) {
      dots(all);
      return;
    }
    const Pieces& pieces =
        split(1, all, [](std::string_view text, std::size_t i) { return at_hyphen(text, i); });
    if (pieces.size() < 2 || plain_) {
      for (const Piece piece : pieces) dots(piece);
      return;
    }
    const bool words =
        std::all_of(pieces.begin(), pieces.end(), [this](Piece p) { return letters(p); });
    if (words && !part_ && pieces.size() == 2 && pieces[0].end - pieces[0].begin <= 3) {
      prefixed(all, pieces);
      return;
    }
    const bool simples =
        std::all_of(pieces.begin(), pieces.end(), [this](Piece p) { return simple(p); });
    const bool numbers =
        std::all_of(pieces.begin(), pieces.end(), [this](Piece p) { return number(p); });
    const bool whole = !words && simples && (numbers || is_letter(text_[all.begin]));
    if (whole) open(all);
    for (const Piece piece : pieces) dots(piece);
    if (whole) close();
  }

  // "f-string" and "e-mail" as they are, and these and "pre-process" in one word.
  void prefixed(Piece all, const Pieces& pieces) {
    const std::string spelled(text_.substr(all.begin, all.end - all.begin));
    const TokenKind kind = whole_kind();
    if (pieces[0].end - pieces[0].begin == 1) {
      writer_.spelled(all.begin, all.end, kind, false, spelled, true);
    }
    std::string joined = spelled;
    joined.erase(std::remove(joined.begin(), joined.end(), '-'), joined.end());
    writer_.spelled(all.begin, all.end, kind, false, joined, true);
    ++depth_;
    for (const Piece piece : pieces) dots(piece);
    --depth_;
  }

  void dots(Piece all) {
    if (!has(kDot)) {
      underscores(all);
      return;
    }
    const Pieces& pieces =
        split(2, all, [](std::string_view text, std::size_t i) { return at_dot(text, i); });
    if (pieces.size() < 2) {
      for (const Piece piece : pieces) underscores(piece);
      return;
    }
    const bool initials = std::all_of(pieces.begin(), pieces.end(), [this](Piece p) {
      return p.end - p.begin == 1 && is_letter(text_[p.begin]);
    });
    if (initials && text_[pieces[0].end] == '.') {  // "U.S.A" is usa
      std::string joined;
      for (const Piece piece : pieces) joined += text_[piece.begin];
      writer_.spelled(all.begin, all.end, kind(), true, joined, true);
      return;
    }
    open(all);
    for (const Piece piece : pieces) underscores(piece);
    close();
  }

  void underscores(Piece all) {
    if (!has(kUnderscore)) {
      word(all);
      return;
    }
    const Pieces& pieces =
        split(3, all, [](std::string_view text, std::size_t i) { return at_underscore(text, i); });
    const bool snake = !pieces.empty() && (pieces.size() > 1 || pieces[0].begin != all.begin ||
                                           pieces[0].end != all.end);
    if (snake) open(all);
    for (const Piece piece : pieces) word(piece);
    if (snake) close();
  }

  void word(Piece piece) {
    if (is_ordinary(text_, piece)) {
      writer_.word(piece.begin, piece.end, kind());
      return;
    }
    if (has(kSign | kComma)) {
      const std::string_view raw = text_.substr(piece.begin, piece.end - piece.begin);
      const std::size_t sign = raw.find_first_of("+#");
      if (sign != std::string_view::npos && sign > 0) {
        signed_name(piece, sign);
        return;
      }
      if (raw.find(',') != std::string_view::npos) {
        std::string digits(raw);
        digits.erase(std::remove(digits.begin(), digits.end(), ','), digits.end());
        writer_.spelled(piece.begin, piece.end, kind(), true, digits, true);
        return;
      }
    }
    const Pieces& parts = humps(piece);
    writer_.word(piece.begin, piece.end, parts.size() > 1 ? whole_kind() : kind());
    for (const Piece part : parts) writer_.beside(part.begin, part.end, TokenKind::kPart);
  }

  // "C++", "clang++", "C#", "C++20".
  void signed_name(Piece piece, std::size_t sign) {
    const std::size_t name_end = piece.begin + sign + (text_[piece.begin + sign] == '+' ? 2 : 1);
    if (name_end < piece.end && !plain_) {
      open(piece);
      signed_name({piece.begin, name_end}, sign);
      word({name_end, piece.end});
      close();
      return;
    }
    writer_.verbatim(piece.begin, name_end, whole_kind(), true);
    if (sign > 1 && !plain_) writer_.beside(piece.begin, piece.begin + sign, TokenKind::kPart);
    if (name_end < piece.end) word({name_end, piece.end});
  }

  // The parts of "camelCase", "HTTPServer", "utf8" and "python3.11"; empty when there are not two
  // to eight of them. A plural or possessive of capitals ("APIs") has no parts.
  const Pieces& humps(Piece piece) {
    Pieces& parts = writer_.pieces(4);
    parts.clear();
    if (!plain_ && !cut_humps(piece, parts)) parts.clear();
    return parts;
  }
  bool cut_humps(Piece piece, Pieces& parts) const {
    std::size_t begin = piece.begin;
    std::size_t i = piece.begin + 1;
    for (; i < piece.end; ++i) {
      const char before = text_[i - 1];
      if (!is_letter(text_[i]) || !is_letter(before)) break;
      const bool lower_next = i + 1 < piece.end && chars::is(text_[i + 1], chars::kLower);
      const bool hump =
          is_upper(text_[i]) && (chars::is(before, chars::kLower) ||
                                 (is_upper(before) && lower_next && !plural(i + 1, piece.end)));
      if (!hump) continue;
      parts.push_back({begin, i});
      begin = i;
    }
    parts.push_back({begin, i});
    if (i < piece.end && i - begin >= 2 && is_digit(text_[i]) && number({i, piece.end}) &&
        piece.end - i <= 6) {
      parts.push_back({i, piece.end});
    } else if (i < piece.end && text_[i] != '\'') {
      return false;
    }
    return parts.size() >= 2 && parts.size() <= kMaxParts;
  }
  bool plural(std::size_t at, std::size_t end) const {
    return text_[at] == 's' && (at + 1 == end || !is_letter(text_[at + 1]));
  }

  TokenWriter& writer_;
  std::string_view text_;
  bool part_;
  bool plain_;
  unsigned has_ = 0;
  int depth_ = 0;  // of wholes around what is being written
};

}  // namespace

void write_compound(TokenWriter& writer, std::size_t begin, std::size_t end, bool part,
                    bool plain) {
  if (!plain) plain = end - begin > kMaxTerm;
  Compound(writer, part, plain).write({begin, end});
}

}  // namespace tome
