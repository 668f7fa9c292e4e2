// SPDX-License-Identifier: GPL-2.0-or-later
// Completions of a question while it is typed: words, titles, headings.
#include <algorithm>
#include <set>

#include "rank/question_terms.h"
#include "rank/shelf_impl.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kShortest = 2;     // characters of the last word
constexpr std::size_t kWordsTried = 20;  // completions of the last word, for headings
constexpr std::uint64_t kHeadingCandidates = 60;

// Words of folded text, for comparing titles and headings with what is typed.
std::vector<std::string> words_of(Analysers& analysers, std::string_view text) {
  std::vector<std::string> words;
  for (const QuestionTerm& term : analysers.terms(text)) {
    if (term.atom) words.push_back(term.surface);
  }
  return words;
}

// Whether all typed words stand in `text`, the last one perhaps only as a beginning.
bool completes(const std::vector<std::string>& typed, const std::vector<std::string>& text) {
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const bool last = i + 1 == typed.size();
    const bool held = std::any_of(text.begin(), text.end(), [&](const std::string& word) {
      return last ? word.starts_with(typed[i]) : word == typed[i];
    });
    if (!held) return false;
  }
  return !typed.empty();
}

}  // namespace

Result<std::vector<Completion>> Shelf::suggest(std::string_view typed, std::uint64_t count) {
  return impl_->asking([&](Impl&) { return suggest_now(typed, count); });
}

Result<std::vector<Completion>> Shelf::suggest_now(std::string_view typed, std::uint64_t count) {
  std::vector<Completion> out;
  if (count == 0 || typed.empty() || typed.size() > 1024) return out;
  const std::size_t space = typed.find_last_of(" \t\n");
  const std::size_t start = space == std::string_view::npos ? 0 : space + 1;
  const std::string last = fold(typed.substr(start));
  const std::vector<std::string> all = words_of(impl_->analysers, typed);
  if (last.size() < kShortest || all.empty()) return out;

  Result<std::vector<WordCount>> words = impl_->reader.words(last);
  if (!words) return words.error();
  std::sort(words->begin(), words->end(), [](const WordCount& a, const WordCount& b) {
    return a.count != b.count ? a.count > b.count : a.word < b.word;
  });
  if (words->size() > kWordsTried) words->resize(kWordsTried);

  Result<const Catalogue*> catalogue = impl_->reader.catalogue();
  if (!catalogue) return catalogue.error();
  std::vector<Completion> titles;
  for (const Work& work : (*catalogue)->works()) {
    if (titles.size() >= count) break;
    // A cheap look before the words are compared.
    if (fold(work.info.title).find(all.front()) == std::string::npos) continue;
    if (completes(all, words_of(impl_->analysers, work.info.title))) {
      titles.push_back({Completion::Of::kTitle, work.info.title, 0});
    }
  }

  std::vector<Completion> headings;
  std::vector<Match> parts;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    for (const QuestionTerm& term : impl_->analysers.terms(all[i])) {
      if (!term.stop && is_word(term))
        parts.push_back(match_stems(term.stems, impl_->analysers, 1.0));
    }
  }
  const std::vector<Stem> stems = stems_of(*words, impl_->analysers);
  if (!stems.empty()) {
    parts.push_back(match_stems(stems, impl_->analysers, 1.0));
    Result<Candidates> found =
        impl_->reader.match(match_of(Match::Op::kAnd, std::move(parts)), 0, kHeadingCandidates);
    if (!found) return found.error();
    std::map<std::string, std::uint64_t> uses;
    std::vector<std::string> order;
    found->list.resize(std::min<std::size_t>(found->list.size(), kHeadingCandidates));
    Result<std::vector<PassageRecord>> records = impl_->reader.read(found->list);
    if (!records) return records.error();
    for (const PassageRecord& record : *records) {
      if (record.headings.empty()) continue;
      const std::string& heading = record.headings.back();
      if (!completes(all, words_of(impl_->analysers, heading))) continue;
      if (uses[heading]++ == 0) order.push_back(heading);
    }
    for (const std::string& heading : order) {
      headings.push_back({Completion::Of::kHeading, heading, uses[heading]});
    }
  }

  // A third of the places for each kind, what one leaves free goes to the next.
  const std::uint64_t third = std::max<std::uint64_t>(1, count / 3);
  for (const Completion& title : titles) {
    if (out.size() < third) out.push_back(title);
  }
  for (const Completion& heading : headings) {
    if (out.size() < 2 * third) out.push_back(heading);
  }
  for (const WordCount& word : *words) {
    if (out.size() >= count) break;
    out.push_back(
        {Completion::Of::kWord, std::string(typed.substr(0, start)) + word.word, word.count});
  }
  return out;
}

}  // namespace tome
