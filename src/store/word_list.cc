// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/word_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/codec.h"

namespace tome {

std::vector<std::string> encode_words(const std::vector<WordCount>& sorted) {
  std::vector<std::string> blocks;
  for (std::size_t begin = 0; begin < sorted.size(); begin += kWordsPerBlock) {
    const std::size_t end = std::min(sorted.size(), begin + kWordsPerBlock);
    Encoder out;
    out.number(end - begin);
    std::string_view previous;
    for (std::size_t i = begin; i < end; ++i) {  // front coding: shared prefix, then the rest
      const std::string_view word = sorted[i].word;
      const auto differ = std::mismatch(word.begin(), word.end(), previous.begin(), previous.end());
      const auto shared = static_cast<std::size_t>(differ.first - word.begin());
      out.number(shared);
      out.text(word.substr(shared));
      out.number(sorted[i].count);
      previous = word;
    }
    blocks.push_back(seal(out.take()));
  }
  return blocks;
}

bool visit_words(std::string_view block, const VisitWord& visit) {
  std::string_view payload;
  if (!unseal(block, payload)) return false;
  Decoder in(payload);
  const std::uint64_t count = in.number();
  std::string word;
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const std::uint64_t shared = in.number();
    if (shared > word.size()) return false;
    word.resize(shared);
    word.append(in.text());
    const std::uint64_t times = in.number();
    if (in.ok() && !visit(word, times)) return true;
  }
  return in.ok() && in.at_end();
}

bool decode_words(std::string_view block, std::vector<WordCount>& out) {
  return visit_words(block, [&](std::string_view word, std::uint64_t count) {
    out.push_back({std::string(word), count});
    return true;
  });
}

std::string acronym_entry(std::string_view acronym, std::string_view expansion) {
  return fmt::format("{}{}{}{}", kAcronymMark, acronym, kAcronymMark, expansion);
}

bool read_acronym(const WordCount& entry, AcronymCount& out) {
  const std::string_view word = entry.word;
  const std::size_t second = word.find(kAcronymMark, 1);
  if (word.empty() || word[0] != kAcronymMark || second == std::string_view::npos) return false;
  out = {std::string(word.substr(1, second - 1)), std::string(word.substr(second + 1)),
         entry.count};
  return true;
}

std::string word_block_key(std::string_view first) { return std::string(kWordsKey).append(first); }

std::string words_key(std::size_t number) { return fmt::format("{}{:06}", kWordsKey, number); }

std::vector<WordCount> add_words(const std::vector<std::vector<WordCount>>& lists) {
  std::vector<WordCount> all;
  std::size_t total = 0;
  for (const auto& list : lists) total += list.size();
  all.reserve(total);
  for (const auto& list : lists) {
    const auto middle = static_cast<std::ptrdiff_t>(all.size());
    all.insert(all.end(), list.begin(), list.end());
    std::inplace_merge(all.begin(), all.begin() + middle, all.end(),
                       [](const WordCount& a, const WordCount& b) { return a.word < b.word; });
  }
  std::size_t last = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i].word == all[last].word) {
      all[last].count += all[i].count;
    } else if (++last != i) {
      all[last] = std::move(all[i]);
    }
  }
  if (!all.empty()) all.resize(last + 1);
  return all;
}

}  // namespace tome
