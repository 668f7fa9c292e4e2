// SPDX-License-Identifier: GPL-2.0-or-later
// The analyser in any language, and the functions on words that it stands on. The first byte says
// which language; the text that follows may be invalid UTF-8.
#include "analysis/analyser.h"

#include <fmt/format.h>

#include <memory>

#include "analysis/acronyms.h"
#include "target.h"
#include "text/text.h"

namespace tome::fuzz {
namespace {

constexpr std::string_view kLanguages[] = {"en", "ar", "ca", "da", "de", "el", "es", "et", "eu",
                                           "fi", "fr", "ga", "hi", "hu", "hy", "id", "it", "ja",
                                           "ko", "lo", "lt", "ne", "nl", "no", "pt", "ro", "ru",
                                           "sr", "sv", "ta", "th", "tr", "yi", "zh", "",   "xx"};
constexpr std::size_t kLongestTerm = 64;

bool on_character(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

bool is_valid(std::string_view text) {
  std::string copy(text);
  return repair_utf8(copy) == 0;
}

std::string fault_of(std::string_view text, bool valid, const std::vector<Token>& tokens) {
  std::uint32_t next = 0;
  std::uint32_t begin = 0;
  for (const Token& token : tokens) {
    const std::string where = fmt::format(" in the token at {}", token.begin);
    if (token.begin >= token.end || token.end > text.size()) return "range outside" + where;
    if (token.begin < begin) return "out of order" + where;
    if (valid && (!on_character(text, token.begin) || !on_character(text, token.end))) {
      return "cut character" + where;
    }
    if (token.term.empty() || token.term.size() > kLongestTerm) return "size of term" + where;
    if (valid && !is_valid(token.term)) return "term that is not UTF-8" + where;
    if (token.atom ? token.position != next
                   : token.position != next && token.position + 1 != next) {
      return "position" + where;
    }
    next += token.atom ? 1 : 0;
    begin = token.begin;
  }
  return {};
}

// The same ranges and surfaces whatever the language.
std::string difference(const std::vector<Token>& a, const std::vector<Token>& b) {
  if (a.size() != b.size()) return "languages differ in the number of tokens";
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].begin != b[i].begin || a[i].end != b[i].end || a[i].surface != b[i].surface) {
      return fmt::format("languages differ in token {}", i);
    }
  }
  return {};
}

void check_sentences(std::string_view text, std::string_view language) {
  std::uint32_t at = 0;
  for (const Range& sentence : sentences(text, language)) {
    require(sentence.begin == at && sentence.end > at, "sentences with a gap");
    at = sentence.end;
  }
  require(at == text.size(), "text behind the last sentence");
}

}  // namespace

void run_analyser(std::string_view bytes) {
  // Kept, for an Analyser is made once for much text; its cache is part of what is tried.
  static Analyser english("en");
  static std::unique_ptr<Analyser> others[std::size(kLanguages)];
  const std::size_t number = take_byte(bytes) % std::size(kLanguages);
  const std::string_view language = kLanguages[number];
  if (!others[number]) others[number] = std::make_unique<Analyser>(language);
  const bool valid = is_valid(bytes);

  const std::vector<Token>& tokens = others[number]->analyse(bytes);
  require_none(fault_of(bytes, valid, tokens));
  require_none(difference(english.analyse(bytes), tokens));

  count_words(bytes);
  display_width(bytes);
  find_acronyms(bytes);
  detect_language(bytes);
  if (!valid) return;
  check_sentences(bytes, language);
  for (const std::string& folded : {fold(bytes), fold_keep_accents(bytes)}) {
    require(is_valid(folded), "folded into what is not UTF-8");
  }
  const std::string folded = fold(bytes);
  require(fold(folded) == folded, "folding twice is not folding once");
}

}  // namespace tome::fuzz
