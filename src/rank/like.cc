// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/like.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tome {
namespace {

constexpr double kSaturation = 1.2;
constexpr std::size_t kLooked = 400;  // most frequent terms whose rarity is looked up

struct Seen {
  double count = 0;
  std::map<std::string, int> surfaces;
};

}  // namespace

Result<std::vector<KeyTerm>> key_terms(const Reader& reader, Analyser& analyser,
                                       const std::vector<PassageRecord>& passages,
                                       std::size_t count) {
  std::map<std::string, Seen> seen;
  const auto add = [&](std::string_view text) {
    for (const Token& token : analyser.analyse(text)) {
      if (token.stop || token.kind == TokenKind::kGram || token.kind == TokenKind::kPart) continue;
      if (token.surface.size() < 3 ||
          token.surface.find_first_not_of("0123456789.,") == std::string_view::npos) {
        continue;
      }
      Seen& one = seen[std::string(token.term)];
      ++one.count;
      ++one.surfaces[std::string(token.surface)];
    }
  };
  for (const PassageRecord& passage : passages) {
    add(passage.text);
    for (const std::string& heading : passage.headings) add(heading);
  }
  std::vector<std::pair<std::string, Seen>> list(seen.begin(), seen.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
  if (list.size() > kLooked) list.resize(kLooked);
  const auto n = static_cast<double>(reader.passages());
  std::vector<KeyTerm> terms;
  std::vector<std::string> looked;
  looked.reserve(list.size());
  for (const auto& [term, one] : list) looked.push_back(term);
  reader.expect(looked);
  for (const auto& [term, one] : list) {
    Result<std::uint64_t> frequency = reader.frequency(term);
    if (!frequency) return frequency.error();
    if (*frequency < 2) continue;
    const auto df = static_cast<double>(*frequency);
    const double idf = std::log(1.0 + (n - df + 0.5) / (df + 0.5));
    const auto usual =
        std::max_element(one.surfaces.begin(), one.surfaces.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    // Many passages of one work: occurrences grow with the text, so they saturate later.
    const double k = kSaturation * std::sqrt(static_cast<double>(passages.size()));
    terms.push_back({term, usual->first, idf * one.count * (k + 1) / (one.count + k)});
  }
  std::sort(terms.begin(), terms.end(), [](const KeyTerm& a, const KeyTerm& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
  });
  if (terms.size() > count) terms.resize(count);
  return terms;
}

Match match_like(const std::vector<KeyTerm>& terms) {
  if (terms.empty()) return Match{};
  const double most = terms.front().weight;
  std::vector<Match> parts;
  parts.reserve(terms.size());
  for (const KeyTerm& term : terms) parts.push_back(match_term(term.term, term.weight / most));
  return match_of(Match::Op::kOr, std::move(parts));
}

}  // namespace tome
