// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/analyser.h"

#include <algorithm>
#include <array>

#include "analysis/characters.h"
#include "analysis/identifiers.h"
#include "analysis/scripts.h"

namespace tome {
namespace {

using chars::class_of;

std::string primary_subtag(std::string_view language) {
  std::string subtag;
  for (const char c : language.substr(0, language.find_first_of("-_"))) {
    subtag += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  }
  return subtag;
}

// Whether a word's term begins as the word does: no elision (French), no prefix taken off
// (Indonesian), no mutation (Irish).
bool keeps_first_letter(std::string_view language) {
  constexpr std::array<std::string_view, 8> kThese = {"en", "de", "es", "pt",
                                                      "nl", "sv", "da", "no"};
  return std::find(kThese.begin(), kThese.end(), language) != kThese.end();
}

// The common case: a word of ASCII letters between white space, quotes, brackets and punctuation.
// Returns the end of the chunk, or 0 when it is of another form; then only ASCII and no white space
// stands before `reached`.
std::size_t scan_plain_word(TokenWriter& writer, std::size_t begin, std::size_t& reached) {
  const std::string_view text = writer.text();
  const std::size_t size = text.size();
  std::size_t i = begin;
  while (i < size && (class_of(text[i]) & chars::kOpen) != 0) ++i;
  const std::size_t word = i;
  reached = i;
  constexpr unsigned kLetters = chars::kLower | chars::kUpper;
  if (i == size || (class_of(text[i]) & kLetters) == 0) return 0;
  const unsigned first = class_of(text[i++]);
  unsigned rest = 0;
  for (; i < size; ++i) {
    const unsigned letter = class_of(text[i]) & kLetters;
    if (letter == 0) break;
    rest |= letter;
  }
  reached = i;
  if ((rest & chars::kUpper) != 0 && (rest != chars::kUpper || first != chars::kUpper)) return 0;
  if (i + 1 < size && text[i] == '\'' && (class_of(text[i + 1]) & kLetters) != 0) {
    for (++i; i < size && (class_of(text[i]) & kLetters) != 0; ++i) {
    }
  }
  const std::size_t end = i;
  while (i < size && (class_of(text[i]) & chars::kClose) != 0) ++i;
  reached = i;
  if (i < size && (class_of(text[i]) & chars::kSpace) == 0) return 0;
  if (rest == chars::kUpper && i == end) write_numbered_name(writer, word, end);
  writer.word(word, end);
  return i;
}

class ChunkScanner {
 public:
  ChunkScanner(TokenWriter& writer, std::size_t begin, std::size_t end)
      : writer_(writer), text_(writer.text()), i_(begin), end_(end) {}

  // Cuts a chunk with characters outside ASCII into runs of one class; returns where to go on.
  std::size_t scan() {
    std::size_t begin = i_;  // of the run of letters and ASCII
    while (i_ < end_) {
      if (!chars::is(text_[i_], chars::kHigh)) {
        ++i_;
        continue;
      }
      const std::size_t at = i_;
      const CharClass found = next_class(text_, i_);
      if (found == CharClass::kLetter || (in_word(begin, at) && continues(found))) continue;
      const std::size_t after = begin < at ? scan_run(writer_, begin, at) : at;
      if (after > at) {  // an O(...) reached further
        i_ = begin = after;
        continue;
      }
      if (found >= CharClass::kHan) script_run(at, found);
      begin = i_;
    }
    return begin < end_ ? scan_run(writer_, begin, end_) : i_;
  }

 private:
  bool in_word(std::size_t begin, std::size_t at) const {
    return at > begin && chars::is_word(text_[at - 1]);
  }

  // Whether a joiner or ignorable at [.., i_) stands before more of the word.
  bool continues(CharClass found) const {
    if (found != CharClass::kJoiner && found != CharClass::kIgnorable) return false;
    if (i_ >= end_) return false;
    if (!chars::is(text_[i_], chars::kHigh)) return chars::is_word(text_[i_]);
    std::size_t next = i_;
    return next_class(text_, next) == CharClass::kLetter;
  }

  void script_run(std::size_t begin, CharClass run) {
    std::size_t run_end = i_;
    while (i_ < end_ && chars::is(text_[i_], chars::kHigh)) {
      const CharClass found = next_class(text_, i_);
      // Marks of no script, and joiners between Thai or Khmer words, stay in the run.
      if (found != run && found != CharClass::kIgnorable && !is_mark(run_end)) break;
      run_end = i_;
    }
    i_ = run_end;
    if (run == CharClass::kHan) {
      write_han(writer_, begin, run_end);
    } else if (run == CharClass::kSoutheast) {
      write_southeast(writer_, begin, run_end);
    } else {
      write_hangul(writer_, begin, run_end);
    }
  }

  // U+0300 to U+036F and the voicing marks of kana.
  bool is_mark(std::size_t at) const {
    const std::string_view rest = text_.substr(at, 3);
    const auto lead = static_cast<unsigned char>(rest[0]);
    const auto next = static_cast<unsigned char>(rest.size() > 1 ? rest[1] : 0);
    return lead == 0xCC || (lead == 0xCD && next < 0xB0) || rest == "\xE3\x82\x99" ||
           rest == "\xE3\x82\x9A";
  }

  TokenWriter& writer_;
  std::string_view text_;
  std::size_t i_;
  std::size_t end_;
};

}  // namespace

struct Analyser::Impl {
  explicit Impl(std::string name)
      : language(std::move(name)), keeps_letter(keeps_first_letter(language)), writer(language) {}

  std::string language;
  bool keeps_letter;
  TokenWriter writer;
};

Analyser::Analyser(std::string_view language)
    : impl_(std::make_unique<Impl>(primary_subtag(language))) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;

const std::string& Analyser::language() const { return impl_->language; }

Beginnings beginnings_of(const std::vector<std::string_view>& terms) {
  Beginnings beginnings;
  beginnings.first = 0;
  beginnings.second = {};
  const auto letter_at = [](std::string_view term, std::size_t i) {
    return static_cast<unsigned char>((i < term.size() ? term[i] : 0) - 'a');
  };
  for (const std::string_view term : terms) {
    const auto first = letter_at(term, 0);
    if (first >= 26) continue;
    beginnings.first |= std::uint32_t{1} << first;
    const auto second = letter_at(term, 1);
    beginnings.second[first] |= second < 26 ? std::uint32_t{1} << second : ~std::uint32_t{0};
  }
  return beginnings;
}

const std::vector<Token>& Analyser::analyse(std::string_view text, const Beginnings& beginnings) {
  TokenWriter& writer = impl_->writer;
  Beginnings kept = impl_->keeps_letter ? beginnings : Beginnings();
  if (impl_->language != "en") kept.second = Beginnings::every();
  writer.start(text, kept);
  std::size_t i = 0;
  while (i < text.size()) {
    if ((class_of(text[i]) & chars::kSpace) != 0) {
      ++i;
      continue;
    }
    if (text[i] == '&' && (i + 1 == text.size() || chars::is(text[i + 1], chars::kSpace))) {
      writer.spelled(i, i + 1, TokenKind::kWord, true, "and", true);  // "ports & adapters"
      ++i;
      continue;
    }
    std::size_t end = i;
    if (const std::size_t next = scan_plain_word(writer, i, end); next != 0) {
      i = next;
      continue;
    }
    unsigned classes = 0;
    while (end < text.size() && (class_of(text[end]) & chars::kSpace) == 0) {
      classes |= class_of(text[end++]);
    }
    const bool high = (classes & chars::kHigh) != 0;
    const std::size_t next = high ? ChunkScanner(writer, i, end).scan() : scan_run(writer, i, end);
    i = std::max(next, end);
  }
  return writer.tokens();
}

}  // namespace tome
