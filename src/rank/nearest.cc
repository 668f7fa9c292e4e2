// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/nearest.h"

#include <algorithm>
#include <bit>
#include <numeric>
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

// A bit for each letter that a word has; some letters share one.
std::uint64_t letters_of(std::string_view text) {
  std::uint64_t letters = 0;
  for (std::size_t i = 0; i < text.size();) {
    letters |= std::uint64_t{1} << (static_cast<std::uint32_t>(next_character(text, i)) % 64);
  }
  return letters;
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

NearWords::NearWords(const std::vector<WordCount>& words) {
  std::vector<std::size_t> lengths;
  lengths.reserve(words.size());
  std::size_t bytes = 0;
  for (const WordCount& word : words) {
    lengths.push_back(count_characters(word.word));
    if (lengths.back() + 2 > starts_.size()) starts_.resize(lengths.back() + 2, 0);
    ++starts_[lengths.back() + 1];
    bytes += word.word.size();
  }
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  letters_.resize(words.size());
  entries_.resize(words.size());
  text_.reserve(bytes);
  std::vector<std::size_t> next = starts_;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t place = next[lengths[i]]++;
    letters_[place] = letters_of(words[i].word);
    entries_[place] = {words[i].count, text_.size(),
                       static_cast<std::uint32_t>(words[i].word.size())};
    text_ += words[i].word;
  }
}

std::vector<std::string> NearWords::nearest(std::string_view word, std::size_t count) const {
  const std::u32string wanted = characters(word);
  if (wanted.size() < 3 || starts_.empty()) return {};
  const unsigned limit = wanted.size() < 6 ? 1 : 2;
  const std::uint64_t letters = letters_of(word);
  const std::size_t lengths = starts_.size() - 1;
  const std::size_t end = starts_[std::min(lengths, wanted.size() + limit + 1)];
  std::vector<std::tuple<unsigned, bool, std::uint64_t, std::string_view>> found;
  for (std::size_t i = starts_[std::min(lengths, wanted.size() - limit)]; i < end; ++i) {
    // An edit takes at most one letter out of the set and puts at most one into it.
    if (std::popcount(letters & ~letters_[i]) > static_cast<int>(limit) ||
        std::popcount(letters_[i] & ~letters) > static_cast<int>(limit)) {
      continue;
    }
    const std::string_view near =
        std::string_view(text_).substr(entries_[i].begin, entries_[i].bytes);
    const std::u32string other = characters(near);
    const unsigned edits = distance(wanted, other, limit);
    // Few misspell the first letter: among equals such a word comes last.
    if (edits > 0 && edits <= limit) {
      found.emplace_back(edits, other[0] != wanted[0], UINT64_MAX - entries_[i].count, near);
    }
  }
  std::sort(found.begin(), found.end());
  if (found.size() > count) found.resize(count);
  std::vector<std::string> out;
  out.reserve(found.size());
  for (const auto& entry : found) out.emplace_back(std::get<3>(entry));
  return out;
}

}  // namespace tome
