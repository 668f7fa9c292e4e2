// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/nearest.h"

#include <algorithm>
#include <tuple>

#include "text/text.h"

namespace tome {
namespace {

std::u32string characters(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    out.push_back(static_cast<char32_t>(next_character(text, i)));
  }
  return out;
}

unsigned distance(const std::u32string& a, const std::u32string& b, unsigned limit) {
  const std::size_t n = b.size();
  std::vector<unsigned> before(n + 1), row(n + 1), next(n + 1);
  for (std::size_t j = 0; j <= n; ++j) row[j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = static_cast<unsigned>(i);
    unsigned least = next[0];
    for (std::size_t j = 1; j <= n; ++j) {
      const unsigned change = row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        next[j] = std::min(next[j], before[j - 2] + 1);
      }
      least = std::min(least, next[j]);
    }
    if (least > limit) return limit + 1;
    std::swap(before, row);
    std::swap(row, next);
  }
  return std::min(row[n], limit + 1);
}

}  // namespace

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  return distance(characters(a), characters(b), limit);
}

std::vector<std::string> nearest_words(const std::string& word, const std::vector<WordCount>& words,
                                       std::size_t count) {
  const std::u32string wanted = characters(word);
  if (wanted.size() < 3) return {};
  const unsigned limit = wanted.size() < 6 ? 1 : 2;
  std::vector<std::tuple<unsigned, bool, std::uint64_t, std::string>> found;
  for (const WordCount& candidate : words) {
    const std::size_t bytes = candidate.word.size();
    if (bytes + 4 * limit < word.size() || bytes > word.size() + 4 * limit) continue;
    const std::u32string other = characters(candidate.word);
    const unsigned edits = distance(wanted, other, limit);
    // Few misspell the first letter: among equals such a word comes last.
    if (edits > 0 && edits <= limit) {
      found.emplace_back(edits, other[0] != wanted[0], UINT64_MAX - candidate.count,
                         candidate.word);
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> out;
  for (const auto& entry : found) {
    if (out.size() == count) break;
    out.push_back(std::get<3>(entry));
  }
  return out;
}

}  // namespace tome
