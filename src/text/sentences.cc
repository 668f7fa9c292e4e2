// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>

#include "text/ascii.h"
#include "text/breaks.h"
#include "text/text.h"

namespace tome {
namespace {

// Before a full stop, lower case. The second list only when a digit, or a capital for names,
// follows.
constexpr std::array<std::string_view, 49> kAbbreviations = {
    "e.g", "i.e",  "eg",  "ie",  "cf",    "etc",  "vs",   "viz",  "resp", "approx",
    "dr",  "mr",   "mrs", "ms",  "prof",  "st",   "jr",   "sr",   "gen",  "sen",
    "rev", "hon",  "al",  "ed",  "eds",   "dept", "univ", "inc",  "ltd",  "corp",
    "co",  "z.b",  "d.h", "u.a", "bzw",   "ca",   "usw",  "vgl",  "evtl", "ggf",
    "m.e", "p.ex", "sra", "dra", "a.k.a", "esp",  "incl", "excl", "misc"};
constexpr std::array<std::string_view, 18> kBeforeNumbers = {
    "fig", "figs", "no",  "nos", "nr",  "vol", "pp", "p",    "ch",
    "sec", "eq",   "eqs", "art", "abb", "kap", "pt", "chap", "tab"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Whether the sentence that seems to end at `end` goes on after it.
bool goes_on(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t stop = end;
  while (stop > begin && is_space(text[stop - 1])) {
    if (text[stop - 1] == '\n') return false;  // lines end sentences
    --stop;
  }
  if (stop == begin || text[stop - 1] != '.') return false;
  const std::string_view body = text.substr(begin, stop - 1 - begin);
  std::size_t word = body.size();
  while (word > 0 && (is_ascii_letter(body[word - 1]) || is_high(body[word - 1]) ||
                      (body[word - 1] == '.' && word < body.size()))) {
    --word;
  }
  const std::string_view raw = body.substr(word);
  if (raw.empty()) return false;
  const char next = end < text.size() ? text[end] : '\0';
  if (raw.size() == 1 && is_ascii_upper(raw[0]) && raw[0] != 'I') {  // an initial: "J. Smith"
    const bool after_digit = word > 1 && is_ascii_digit(body[word - 2]);
    return is_ascii_upper(next) && !after_digit;
  }
  const std::string name = fold(raw);
  if (is_among(kAbbreviations, name)) {
    // "etc." and "Inc." end sentences as often as not: then a capital begins the next.
    const bool may_end = name == "etc" || name == "inc" || name == "ltd" || name == "co" ||
                         name == "corp" || name == "usw" || name == "al";
    return !(may_end && is_ascii_upper(next));
  }
  return is_among(kBeforeNumbers, name) && (is_ascii_digit(next) || next == '(');
}

}  // namespace

std::vector<Range> sentences(std::string_view text, std::string_view language) {
  std::vector<Range> ranges;
  std::size_t begin = 0;
  for_each_sentence_end(text, language == "el", [&](std::size_t end) {
    if (end < text.size() && goes_on(text, begin, end)) return;
    ranges.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    begin = end;
  });
  return ranges;
}

}  // namespace tome
