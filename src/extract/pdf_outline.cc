// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_outline.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "extract/pdf_letters.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMostTitles = 20'000;
constexpr int kDeepest = 64;
constexpr std::uint32_t kMostLines = 4;      // of one heading
constexpr std::size_t kLongestTitle = 400;   // bytes
constexpr std::size_t kMostCandidates = 64;  // lines looked at for one title

struct Keys {
  std::string whole;       // "21overview"
  std::string unnumbered;  // "overview"
};

std::string letters_of(std::string_view text) {
  std::string out;
  const std::string folded = fold(text);
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t begin = i;
    const auto c = next_character(folded, i);
    if (c >= 0 && u_isalnum(c)) out.append(folded, begin, i - begin);
  }
  return out;
}

bool is_number_word(std::string_view word) {
  constexpr std::string_view kDigits = "0123456789";
  while (!word.empty() && std::string_view(".:)-").find(word.back()) != std::string_view::npos) {
    word.remove_suffix(1);
  }
  if (word.empty() || word.size() > 12) return false;
  if (word.find_first_not_of("IVXLC") == std::string_view::npos) return true;
  if (word.size() == 1) return (word[0] >= 'A' && word[0] <= 'Z') || kDigits.find(word[0]) < 10;
  const bool letter_first = word[0] >= 'A' && word[0] <= 'Z' && word[1] == '.';
  return word.substr(letter_first ? 1 : 0).find_first_not_of("0123456789.-") ==
         std::string_view::npos;
}

std::string_view after_word(std::string_view text) {
  const std::size_t space = text.find(' ');
  return space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

// "2.1 Overview", "Chapter 2. Overview", "A Overview" -> "Overview".
std::string_view without_number(std::string_view text) {
  if (is_number_word(first_word(text))) return after_word(text);
  const std::string_view rest = after_word(text);
  if (is_number_word(first_word(rest)) && !after_word(rest).empty() &&
      first_word(text).size() <= 12) {
    const std::string first = fold(first_word(text));
    static const std::set<std::string, std::less<>> kParts = {
        "chapter",  "part",   "appendix", "section",  "kapitel",  "teil",     "anhang",
        "chapitre", "partie", "annexe",   "capitulo", "apendice", "capitolo", "appendice"};
    if (kParts.contains(first)) return after_word(rest);
  }
  return text;
}

Keys keys_of(std::string_view text) { return {letters_of(text), letters_of(without_number(text))}; }

struct Candidate {
  std::size_t title = 0;
  std::size_t line = 0;
  std::uint32_t lines = 1;
  double weight = 0;
};

double looks_like_heading(const PdfLine& line, double body) {
  double weight = 1;
  if (line.size > 1.1 * body) weight += 1;
  if (line.bold) weight += 0.6;
  if (line.size < 0.92 * body) weight -= 0.5;
  return weight;
}

// Lines that may be one heading stand right below each other.
bool goes_on(const PdfLine& above, const PdfLine& line) {
  return above.page == line.page && above.turned == line.turned &&
         line.top > above.top - 0.5 * above.size && line.top - above.top < 4 * above.size;
}

std::vector<Candidate> find_candidates(const std::vector<PdfTitle>& titles, double body,
                                       const std::vector<PdfLine>& lines) {
  std::unordered_map<std::string, std::vector<std::size_t>> wanted;
  std::vector<Keys> keys;
  for (std::size_t t = 0; t < titles.size(); ++t) {
    keys.push_back(keys_of(titles[t].text));
    if (!keys[t].whole.empty()) wanted[keys[t].whole].push_back(t);
    if (!keys[t].unnumbered.empty() && keys[t].unnumbered != keys[t].whole) {
      wanted[keys[t].unnumbered].push_back(t);
    }
  }
  // What the lines hold, before titles share them out.
  struct Found {
    std::size_t line;
    std::uint32_t lines;
    bool exact;
  };
  std::unordered_map<std::string, std::vector<Found>> found;
  std::size_t longest = 0;
  for (const auto& [key, unused] : wanted) longest = std::max(longest, key.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string text;
    for (std::uint32_t n = 1; n <= kMostLines && i + n <= lines.size(); ++n) {
      const PdfLine& line = lines[i + n - 1];
      if (n > 1 && !goes_on(lines[i + n - 2], line)) break;
      if (text.size() + line.text.size() > 2 * kLongestTitle) break;
      if (n > 1) text += ' ';
      text += line.text;
      const Keys held = keys_of(text);
      if (held.unnumbered.size() > longest + 8) break;
      if (wanted.contains(held.whole)) found[held.whole].push_back({i, n, true});
      if (held.unnumbered != held.whole && wanted.contains(held.unnumbered)) {
        found[held.unnumbered].push_back({i, n, false});
      }
    }
  }
  // Pages that hold many titles are a table of contents.
  std::unordered_map<std::uint32_t, std::size_t> on_page;
  for (const auto& [key, places] : found) {
    for (const Found& place : places) ++on_page[lines[place.line].page];
  }
  std::vector<Candidate> out;
  for (const auto& [key, places] : found) {
    const std::vector<std::size_t>& sharing = wanted[key];
    for (std::size_t rank = 0; rank < sharing.size(); ++rank) {
      // Of many lines, those at about the title's own rank.
      const std::size_t middle = places.size() * (2 * rank + 1) / (2 * sharing.size());
      const std::size_t from = middle > kMostCandidates / 2 ? middle - kMostCandidates / 2 : 0;
      for (std::size_t k = from; k < std::min(places.size(), from + kMostCandidates); ++k) {
        const PdfLine& line = lines[places[k].line];
        double weight = looks_like_heading(line, body);
        if (places[k].exact && key == keys[sharing[rank]].whole) weight += 0.5;
        if (on_page[line.page] > 10 && !line.bold && line.size < 1.1 * body) weight -= 0.9;
        // Of two titles for one line, the first.
        const double late = 1e-7 * static_cast<double>(sharing[rank]);
        out.push_back(
            {sharing[rank], places[k].line, places[k].lines, std::max(weight, 0.05) - late});
      }
    }
  }
  return out;
}

// The heaviest choice of candidates in which titles and lines both ascend.
std::vector<Candidate> choose(std::vector<Candidate> candidates, std::size_t titles) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.line != b.line ? a.line < b.line : a.title > b.title;
  });
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<double> sum(candidates.size());
  std::vector<std::size_t> before(candidates.size(), kNone);
  std::vector<std::size_t> best(titles + 1, kNone);  // a Fenwick tree of maxima over titles
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (std::size_t at = candidates[i].title; at > 0; at &= at - 1) {
      if (best[at] != kNone && (before[i] == kNone || sum[best[at]] > sum[before[i]])) {
        before[i] = best[at];
      }
    }
    sum[i] = candidates[i].weight + (before[i] == kNone ? 0 : sum[before[i]]);
    for (std::size_t at = candidates[i].title + 1; at <= titles; at += at & (~at + 1)) {
      if (best[at] == kNone || sum[best[at]] < sum[i]) best[at] = i;
    }
  }
  std::vector<Candidate> out;
  if (candidates.empty()) return out;
  std::size_t at = static_cast<std::size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin());
  for (; at != kNone; at = before[at]) out.push_back(candidates[at]);
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<PdfTitle> read_outline(const poppler::toc_item& root) {
  std::vector<PdfTitle> out;
  struct Place {
    const poppler::toc_item* item;
    int level;
  };
  std::vector<Place> waiting;
  const auto add_children = [&](const poppler::toc_item& item, int level) {
    const std::vector<poppler::toc_item*> children = item.children();
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      waiting.push_back({*child, level});
    }
  };
  add_children(root, 1);
  while (!waiting.empty() && out.size() < kMostTitles) {
    const Place place = waiting.back();
    waiting.pop_back();
    std::string title = squeeze(clean_letters(place.item->title()));
    if (!title.empty() && title.size() <= kLongestTitle) {
      out.push_back({std::move(title), std::min(place.level, 6)});
    }
    if (place.level < kDeepest) add_children(*place.item, place.level + 1);
  }
  return out;
}

std::function<bool(std::string_view)> title_test(const std::vector<PdfTitle>& titles) {
  std::set<std::string> keys;
  for (const PdfTitle& title : titles) {
    Keys own = keys_of(title.text);
    keys.insert(std::move(own.whole));
    keys.insert(std::move(own.unnumbered));
  }
  keys.erase("");
  return [keys = std::move(keys)](std::string_view text) {
    const Keys own = keys_of(text);
    return keys.contains(own.whole) || keys.contains(own.unnumbered);
  };
}

void mark_headings(const std::vector<PdfTitle>& titles, double body, std::vector<PdfLine>& lines) {
  std::size_t end = 0;  // of the heading before
  for (const Candidate& chosen : choose(find_candidates(titles, body, lines), titles.size())) {
    if (chosen.line < end) continue;
    end = chosen.line + chosen.lines;
    lines[chosen.line].heading = titles[chosen.title].level;
    lines[chosen.line].lines = chosen.lines;
  }
}

}  // namespace tome
