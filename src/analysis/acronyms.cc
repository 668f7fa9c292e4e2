// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/acronyms.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kShortest = 2;  // letters and digits of an acronym
constexpr std::size_t kLongest = 8;
constexpr std::size_t kMostWords = 8;   // of an expansion
constexpr std::size_t kLookBack = 160;  // bytes before the parenthesis

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '\''; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

bool is_small(std::string_view word) {
  constexpr std::array<std::string_view, 12> kSmall = {"of", "and", "the", "for", "in",   "to",
                                                       "a",  "an",  "on",  "by",  "with", "as"};
  return std::find(kSmall.begin(), kSmall.end(), word) != kSmall.end();
}

// "ORMs" -> "ORM"; empty when it does not look like an acronym.
std::string_view acronym_in(std::string_view text) {
  if (text.size() > 2 && text.back() == 's' && is_upper(text[text.size() - 2])) {
    text.remove_suffix(1);
  }
  if (text.size() < kShortest || text.size() > kLongest) return {};
  std::size_t capitals = 0;
  for (const char c : text) {
    if (!is_digit(c) && (static_cast<unsigned char>(c) >= 0x80 || !is_letter(c))) return {};
    capitals += is_upper(c);
  }
  return capitals >= 2 && is_letter(text[0]) ? text : std::string_view();
}

// Whether no clause goes on over the character at `i`.
bool ends_clause(std::string_view text, std::size_t i) {
  const bool blank_line = text[i] == '\n' && i > 0 && text[i - 1] == '\n';
  return blank_line || std::string_view(".;:?!()[]{}|\"").find(text[i]) != std::string_view::npos;
}

struct Word {
  std::size_t begin;
  std::size_t end;
};

// The last word of `text` when at most one other character follows, of those that a clause may
// have.
std::string_view last_word(std::string_view text) {
  std::size_t end = text.size();
  if (end > 0 && !is_word(text[end - 1])) {
    if (ends_clause(text, end - 1)) return {};
    --end;
  }
  std::size_t begin = end;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

// Words of the last clause of `text`: nothing before a full stop, a parenthesis, an empty line.
std::vector<Word> last_clause(std::string_view text) {
  std::vector<Word> words;
  std::size_t i = text.size();
  while (i > 0 && words.size() < 2 * kMostWords) {
    if (!is_word(text[i - 1])) {
      if (ends_clause(text, i - 1)) break;
      --i;
      continue;
    }
    const std::size_t end = i;
    while (i > 0 && is_word(text[i - 1])) --i;
    words.push_back({i, end});
  }
  std::reverse(words.begin(), words.end());
  return words;
}

// Where the long form of `acronym` begins in `words`, which ends with it.
std::optional<std::size_t> match(std::string_view acronym, std::string_view text,
                                 const std::vector<Word>& words) {
  std::size_t left = acronym.size();  // letters of the acronym still to be found
  for (std::size_t w = words.size(); w-- > 0;) {
    const std::string_view word = text.substr(words[w].begin, words[w].end - words[w].begin);
    if (words.size() - w > kMostWords) return std::nullopt;
    // The most letters that end here and begin with the word's first letter.
    std::size_t taken = 0;
    for (std::size_t n = 1; n <= std::min<std::size_t>(left, 3); ++n) {
      const std::string_view letters = acronym.substr(left - n, n);
      std::size_t at = 0;
      bool fits = lower(letters[0]) == lower(word[0]);
      for (std::size_t k = 1; fits && k < n; ++k) {
        ++at;
        while (at < word.size() && lower(word[at]) != lower(letters[k])) ++at;
        fits = at < word.size();
      }
      // More letters than one only where the rest could not be found otherwise: the fewest win
      // unless this is the first word of the clause.
      if (!fits) continue;
      taken = n;
      const bool next_fits =
          left == n || (w > 0 && lower(text[words[w - 1].begin]) == lower(acronym[left - n - 1]));
      if (next_fits) break;
    }
    if (taken == 0) {
      std::string folded(word);
      std::transform(folded.begin(), folded.end(), folded.begin(), lower);
      if (is_small(folded) && w + 1 < words.size()) continue;
      return std::nullopt;
    }
    left -= taken;
    if (left == 0) return w;
  }
  return std::nullopt;
}

void take(std::string_view acronym, std::string_view text, const std::vector<Word>& words,
          std::size_t first, std::vector<Acronym>& out) {
  if (words.size() < first + 2) return;
  Acronym found{fold(acronym), {}};
  for (std::size_t w = first; w < words.size(); ++w) {
    if (w > first) found.expansion += ' ';
    found.expansion += text.substr(words[w].begin, words[w].end - words[w].begin);
  }
  found.expansion = fold(found.expansion);
  out.push_back(std::move(found));
}

}  // namespace

std::vector<Acronym> find_acronyms(std::string_view text) {
  std::vector<Acronym> out;
  for (std::size_t open = text.find('('); open != std::string_view::npos;
       open = text.find('(', open + 1)) {
    const std::size_t close = text.substr(open, kLookBack).find(')');
    if (close == std::string_view::npos) continue;
    const std::string_view inner = text.substr(open + 1, close - 1);
    std::size_t from = open > kLookBack ? open - kLookBack : 0;
    while (from < open && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
    const std::string_view before = text.substr(from, open - from);
    if (const std::string_view acronym = acronym_in(inner); !acronym.empty()) {
      const std::vector<Word> words = last_clause(before);
      if (const auto first = match(acronym, before, words)) {
        take(acronym, before, words, *first, out);
      }
      continue;
    }
    const std::string_view acronym = acronym_in(last_word(before));
    if (acronym.empty()) continue;
    const std::vector<Word> words = last_clause(inner);
    if (match(acronym, inner, words) == std::optional<std::size_t>(0)) {
      take(acronym, inner, words, 0, out);
    }
  }
  return out;
}

}  // namespace tome
