// SPDX-License-Identifier: GPL-2.0-or-later
// The names in a line that says who wrote what stands above it.
//
// The difficulty is not to read names but to refuse prose: "by the end of the chapter ..." and
// "Authors: this one is for you" are sentences. So every word of a name must look like one: it has
// a capital, or it is of a script without capitals, or it is a particle ("van", "de").
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "structure/structure.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxLine = 600;  // bytes; a dozen names fit
constexpr std::size_t kMaxNameWords = 8;
constexpr std::size_t kMaxShouted = 4;  // legal prose is written IN CAPITALS
constexpr std::size_t kMaxUncased = 3;  // "Author: bell hooks" has no capitals at all

constexpr std::array<std::string_view, 8> kLabels = {
    "author:", "authors:", "author(s):", "editor:", "editors:", "editor(s):", "by:", "written by:"};
constexpr std::array<std::string_view, 3> kPrepositions = {"by ", "written by ", "edited by "};
constexpr std::array<std::string_view, 36> kParticles = {
    "van", "von", "vom", "der", "den", "de",  "da",  "di", "du", "del", "della", "dei",
    "dos", "das", "do",  "des", "la",  "le",  "los", "el", "al", "bin", "ibn",   "ben",
    "ter", "ten", "te",  "zu",  "zum", "zur", "af",  "av", "y",  "e",   "'t",    "\u2019t"};
constexpr std::array<std::string_view, 8> kSuffixes = {"jr.", "jr",  "sr.", "sr",
                                                       "ii",  "iii", "iv",  "esq."};
// After a name, and no name.
constexpr std::array<std::string_view, 7> kDropped = {"phd",  "ph.d.", "ph.d",  "md",
                                                      "m.d.", "msc",   "others"};
// What may follow the names and speaks of other people's part.
constexpr std::array<std::string_view, 6> kOthers = {"with",       "foreword", "illustrated",
                                                     "translated", "edited",   "contributions"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

enum class Word { kName, kUncased, kParticle, kNumber, kNone };

// What a word could be in a name. A capital anywhere will do: "d'Arcy", "al-Khwarizmi".
Word classify(std::string_view word) {
  bool letter = false, capital = false, lower = false, digit = false;
  const icu::UnicodeString units =
      icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())});
  for (std::int32_t i = 0; i < units.length(); i = units.moveIndex32(i, 1)) {
    const UChar32 c = units.char32At(i);
    if (u_isdigit(c)) {
      digit = true;
    } else if (u_isalpha(c)) {
      letter = true;
      capital = capital || u_isupper(c) || u_istitle(c);
      lower = lower || u_islower(c);
    } else if ((c < 0x80 && c != '.' && c != '\'' && c != '-') || c == 0x201C || c == 0x201D ||
               c == 0x2013 || c == 0x2014 || c == 0x2026) {
      return Word::kNone;  // a colon, a quote, a slash: no name
    }
  }
  if (digit) return Word::kNumber;
  if (!letter) return Word::kNone;
  if (capital || !lower) return Word::kName;
  return among(kParticles, word) ? Word::kParticle : Word::kUncased;
}

// Drops the full stop of a sentence-like "by Ann Lee.", keeps those of "Jr.", "P." and "Wm.". False
// when a stop shows that this is prose.
bool fix_stops(std::vector<std::string_view>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view& word = words[i];
    if (word.back() != '.' || among(kSuffixes, lower_ascii(word))) continue;
    if (word.find('.') + 1 < word.size() || word.size() == 2) continue;  // "J.R.", "P."
    if (i + 1 < words.size()) {
      if (word.size() > 5) return false;
    } else {
      if (words.size() == 1) return false;
      word.remove_suffix(1);
    }
  }
  return true;
}

// Reads the names of one line; `lenient` after a label, where names without capitals may stand;
// `shouted` for a line of capitals alone.
class Names {
 public:
  Names(bool lenient, bool shouted) : lenient_(lenient), shouted_(shouted) {}

  // Takes one name. False when it is none: then the line is no byline, unless ended() says that the
  // names before it stand.
  bool take(std::vector<std::string_view> words) {
    if (words.empty()) return true;
    const std::string first = lower_ascii(words.front());
    if (among(kOthers, first) && !found_.empty()) {
      if (first != "with") return end();
      words.erase(words.begin());
      return take(std::move(words)) || end();
    }
    if (words.size() == 1 && !found_.empty() && among(kDropped, first)) return true;
    if (words.size() == 1 && !found_.empty() && among(kSuffixes, first)) {
      found_.back() += ' ';
      found_.back() += words.front();
      return true;
    }
    if (words.size() > 2 && words[words.size() - 2] == "et" &&
        (words.back() == "al." || words.back() == "al")) {
      words.resize(words.size() - 2);
    }
    if (words.size() > (shouted_ ? kMaxShouted : kMaxNameWords)) return false;
    if (!fix_stops(words)) return false;
    bool name = false, uncased = false, number = false;
    for (const std::string_view word : words) {
      const Word what = classify(word);
      if (what == Word::kNone) return false;
      name = name || what == Word::kName;
      uncased = uncased || what == Word::kUncased;
      number = number || what == Word::kNumber;
    }
    if (number && !uncased) return end();  // a date after the names: "by Ann Lee, May 3, 2020"
    if (number || (uncased && !(lenient_ && !name && words.size() <= kMaxUncased))) return false;
    if (!name && !uncased) return false;
    std::string joined;
    for (const std::string_view word : words) {
      if (!joined.empty()) joined += ' ';
      joined += word;
    }
    found_.push_back(std::move(joined));
    return true;
  }

  bool ended() const { return ended_; }
  std::vector<std::string> found() && { return std::move(found_); }

 private:
  // "By Monday, with luck" must not end well: only names of two words and more say that they are.
  bool end() {
    ended_ = !found_.empty() && std::all_of(found_.begin(), found_.end(), [](const std::string& n) {
      return n.find(' ') != std::string::npos;
    });
    return false;
  }

  bool lenient_;
  bool shouted_;
  bool ended_ = false;
  std::vector<std::string> found_;
};

// One space after each , and ; and around each &; Markdown emphasis dropped.
std::string spaced(std::string_view line) {
  std::string out;
  out.reserve(line.size() + 16);
  for (const char c : line) {
    if (c == '*' || c == '_') continue;
    if (c == '&') out += ' ';
    out += c;
    if (c == '&' || c == ',' || c == ';') out += ' ';
  }
  return squeeze(out);
}

// In "Lee, Ann; Ray, Bob" the commas are inside the names. True when every name of the line that
// has a comma has it so; "Ann Lee, Bob Ray; Cy Dee" has not.
bool commas_inside(std::string_view rest) {
  if (rest.find(';') == std::string_view::npos) return false;
  for (std::size_t from = 0; from < rest.size();) {
    const std::size_t to = std::min(rest.find(';', from), rest.size());
    const std::string_view piece = rest.substr(from, to - from);
    const std::size_t comma = piece.find(',');
    // One word before the comma is a family name, two are a whole one.
    if (comma != std::string_view::npos &&
        squeeze(piece.substr(0, comma)).find(' ') != std::string::npos)
      return false;
    from = to + 1;
  }
  return true;
}

}  // namespace

std::vector<std::string> parse_byline(std::string_view line) {
  if (line.size() > kMaxLine) return {};
  std::string text = spaced(line);
  for (const std::string_view cut : {" (", " | ", " \u00B7 ", " \u2022 ", " \u2014 ", " \u2013 "}) {
    text.resize(std::min(text.find(cut), text.size()));
  }
  const std::string lower = lower_ascii(text);
  std::string_view rest;
  bool label = false;
  for (const std::string_view prefix : kPrepositions) {
    if (lower.rfind(prefix, 0) == 0) rest = std::string_view(text).substr(prefix.size());
  }
  for (const std::string_view prefix : kLabels) {
    if (lower.rfind(prefix, 0) != 0) continue;
    rest = std::string_view(text).substr(prefix.size());
    label = true;
  }
  const bool inside = commas_inside(rest);
  const bool shouted =
      std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  Names names(label, shouted);
  std::vector<std::string_view> words;
  std::size_t family = 0;  // how many words stand before a comma inside the name
  const auto take = [&] {
    std::rotate(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(family), words.end());
    const bool good = names.take(std::move(words));
    words.clear();
    family = 0;
    return good;
  };
  bool good = true;
  for (std::size_t at = 0; at < rest.size() && good;) {
    const std::size_t to = std::min(rest.find(' ', at), rest.size());
    std::string_view word = rest.substr(at, to - at);
    at = to + 1;
    const bool joint = word == "&" || word == "and";
    if (joint || word == "with") good = take();
    if (word.empty() || joint) continue;
    const bool ends = word.back() == ';' || (word.back() == ',' && !inside);
    const bool comma = word.back() == ',' && inside;
    if (ends || comma) word.remove_suffix(1);
    if (!word.empty()) words.push_back(word);
    if (comma) family = words.size();
    if (ends && good) good = take();
  }
  if (good) good = take();
  if (!good && !names.ended()) return {};
  return std::move(names).found();
}

}  // namespace tome
