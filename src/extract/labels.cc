// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/labels.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <vector>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxLabelWords = 6;
constexpr std::size_t kMaxLabelBytes = 120;

constexpr std::array<std::string_view, 31> kSmallWords = {
    "a",   "an",   "and", "as", "at",  "but", "by",  "de",   "der", "for", "from",
    "in",  "into", "is",  "la", "nor", "of",  "off", "on",   "or",  "out", "over",
    "per", "so",   "the", "to", "up",  "via", "vs",  "with", "yet"};

// Words between the names of an author line, beside "&" and commas.
constexpr std::array<std::string_view, 22> kNameParticles = {
    "and", "with", "et",  "al.", "al", "de", "del", "della", "der", "den", "di",
    "da",  "do",   "dos", "du",  "la", "le", "van", "von",   "bin", "ter", "y"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string_view> split_words(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  while (begin < line.size()) {
    std::size_t end = line.find_first_of(" \t\n", begin);
    if (end == std::string_view::npos) end = line.size();
    if (end > begin) words.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

template <class Visit>  // Visit(code point) -> false to stop
void each_char(std::string_view text, Visit visit) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  std::int32_t i = 0;
  while (i < length) {
    UChar32 c = 0;
    U8_NEXT(data, i, length, c);
    if (c >= 0 && !visit(c)) return;
  }
}

bool same_ascii(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
         });
}

UChar32 last_char(std::string_view text, std::size_t& length) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(text.size());
  UChar32 c = 0;
  U8_PREV(data, 0, i, c);
  length = static_cast<std::size_t>(i);
  return c;
}

bool is_names(std::string_view text) {
  const auto words = split_words(text);
  if (words.empty() || words.size() > 25) return false;
  bool name = false;
  for (std::string_view word : words) {
    while (!word.empty() && (word.back() == ',' || word.back() == ';')) word.remove_suffix(1);
    const Case first = first_case(word);
    if (first == Case::kLower && !contains(kNameParticles, word)) return false;
    name = name || first == Case::kUpper || (first == Case::kOther && word != "&");
  }
  // A full stop ends a sentence unless it ends an initial or "Jr.".
  return name && (text.back() != '.' || words.back().size() <= 3);
}

}  // namespace

Numbered split_number(std::string_view line) {
  std::size_t digits = 0;
  int number = 0;
  while (digits < line.size() && digits < 4 && line[digits] >= '0' && line[digits] <= '9') {
    number = number * 10 + (line[digits++] - '0');
  }
  if (digits == 0 || digits > 3 || digits + 2 >= line.size()) return {};
  if (line[digits] != '.' && line[digits] != ')') return {};
  std::size_t rest = digits + 1;
  if (line[rest] != ' ' && line[rest] != '\t') return {};
  while (rest < line.size() && (line[rest] == ' ' || line[rest] == '\t')) ++rest;
  if (rest == line.size()) return {};
  return {number, line.substr(rest)};
}

std::size_t label_end(std::string_view line) {
  constexpr std::string_view kWideColon = "\xEF\xBC\x9A";
  const std::string_view head = line.substr(0, kMaxLabelBytes);
  std::size_t colon = head.find(':');
  std::size_t after = colon + 1;
  if (colon == std::string_view::npos) {
    colon = head.find(kWideColon);
    if (colon == std::string_view::npos) return std::string_view::npos;
    after = colon + kWideColon.size();
  } else if (after < line.size() && line[after] != ' ' && line[after] != '\n') {
    return std::string_view::npos;  // std::vector, 10:30, http://
  }
  const auto words = split_words(line.substr(0, colon));
  if (words.empty() || words.size() > kMaxLabelWords) return std::string_view::npos;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const Case first = first_case(word);
    if (first == Case::kLower && (i == 0 || !contains(kSmallWords, word))) {
      return std::string_view::npos;
    }
    if (word.back() == '.' || word.back() == '!' || word.back() == ';') {
      return std::string_view::npos;  // the colon stands in a later sentence
    }
  }
  // Without capitals to tell by, only something short can be a label.
  const Case first = first_case(words[0]);
  if (first == Case::kOther && length_of(line.substr(0, colon)) > 10) return std::string_view::npos;
  while (after < line.size() && (line[after] == ' ' || line[after] == '\n')) ++after;
  return after;
}

bool is_author_line(std::string_view line) {
  const std::size_t colon = line.substr(0, 16).find(':');
  if (colon != std::string_view::npos) {
    std::string_view key = line.substr(0, colon);
    while (!key.empty() && key.back() == ' ') key.remove_suffix(1);
    for (const std::string_view known : {"author", "authors", "author(s)", "by", "written by"}) {
      if (same_ascii(key, known)) {
        return words_in(line.substr(colon + 1)) > 0 && words_in(line) <= 40;
      }
    }
    return false;
  }
  if (line.size() > 3 && same_ascii(line.substr(0, 3), "by ")) return is_names(line.substr(3));
  if (line.size() > 11 && same_ascii(line.substr(0, 11), "written by ")) {
    return is_names(line.substr(11));
  }
  return false;
}

bool ends_like_sentence(std::string_view line) {
  while (!line.empty()) {
    std::size_t rest = 0;
    const UChar32 c = last_char(line, rest);
    switch (c) {
      case '"':
      case '\'':
      case 0x2019:
      case 0x201D:
      case 0xBB:
      case 0x300D:
        line = line.substr(0, rest);
        continue;
      case '.':
      case '!':
      case '?':
      case ':':
      case ';':
      case ',':
      case 0x2026:
      case 0x3002:
      case 0x3001:
      case 0xFF01:
      case 0xFF1F:  // ... 。、！？
      case 0xFF1A:
      case 0xFF1B:
      case 0xFF0C:
      case 0x061F:
      case 0x0964:  // ：；，؟।
        return true;
      default:
        return false;
    }
  }
  return false;
}

std::size_t words_in(std::string_view line) {
  bool dense = false;  // scripts that write no spaces: Thai, Lao, Khmer, Burmese, Han, kana
  each_char(line, [&](UChar32 c) {
    dense = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
            (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3040 && c <= 0x30FF) ||
            (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
    return !dense;
  });
  if (dense) return count_words(line);
  std::size_t count = 0;
  for (const std::string_view word : split_words(line)) {
    bool counts = false;
    each_char(word, [&](UChar32 c) { return !(counts = u_isalnum(c)); });
    if (counts) ++count;
  }
  return count;
}

bool is_all_caps(std::string_view line) {
  int upper = 0;
  bool lower = false;
  each_char(line, [&](UChar32 c) {
    if (u_isupper(c)) ++upper;
    lower = u_islower(c);
    return !lower;
  });
  return !lower && upper >= 4;
}

Case first_case(std::string_view line) {
  Case found = Case::kOther;
  each_char(line, [&](UChar32 c) {
    if (!u_isalnum(c)) return true;
    found = u_islower(c)                   ? Case::kLower
            : u_isupper(c) || u_istitle(c) ? Case::kUpper
                                           : Case::kOther;
    return false;
  });
  return found;
}

std::size_t length_of(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

}  // namespace tome
