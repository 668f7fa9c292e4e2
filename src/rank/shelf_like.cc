// SPDX-License-Identifier: GPL-2.0-or-later
// Passages and works like one: by the words that tell it from the rest of the shelf.
#include <algorithm>
#include <set>

#include "rank/like.h"
#include "rank/shelf_impl.h"
#include "store/terms.h"

namespace tome {
namespace {

constexpr std::size_t kTermsOfPassage = 25;
constexpr std::size_t kTermsOfWork = 40;
constexpr std::size_t kTermsShown = 15;
constexpr std::uint64_t kPassagesOfWork = 300;  // that are read to tell what it is about
constexpr std::size_t kSimilarWorks = 5;
constexpr std::size_t kHeadings = 200;

// Asks for passages with the terms, without those of `own`. Nothing but BM25: close together or
// under a heading means nothing for words that nobody put together.
template <class Hit, class AnswerIt>
Result<Answer<Hit>> ask_like(Shelf::Impl& shelf, const std::vector<KeyTerm>& terms, Match own,
                             SearchOptions options, AnswerIt answer) {
  Result<const Catalogue*> catalogue = shelf.reader.catalogue();
  if (!catalogue) return catalogue.error();
  Question question;
  question.match = match_of(Match::Op::kAndNot, {match_like(terms), std::move(own)});
  std::vector<std::string> words;
  words.reserve(terms.size());
  for (const KeyTerm& term : terms) words.push_back(term.term);
  shelf.reader.expect(words);
  for (const KeyTerm& term : terms) {
    QuestionTerm known;
    known.surface = term.surface;
    known.stems = {Stem{term.term}};
    known.idf = term.weight;
    known.scale = term.weight / terms.front().weight;
    Result<std::uint64_t> frequency = shelf.reader.frequency(term.term);
    if (!frequency) return frequency.error();
    known.frequency = *frequency;
    question.terms.push_back(std::move(known));
  }
  RankWeights& weights = options.weights;
  weights.proximity = weights.heading = weights.title = weights.coverage = weights.accents = 0;
  weights.book_title = weights.breadth = 0;
  const TermFinder finder(question, shelf.analysers);
  const Asking asking{shelf.reader, shelf.analysers, **catalogue, shelf.roots,
                      question,     finder,          options};
  Result<Answer<Hit>> answered = answer(asking);
  if (!answered) return answered;
  for (const KeyTerm& term : terms) {
    answered->understood += (answered->understood.empty() ? "" : " ") + term.surface;
  }
  tell_missing(shelf.reader, *answered);
  return answered;
}

const Work* find_work(const Catalogue& catalogue, std::string_view id) {
  const Work* work = catalogue.find(id);  // the key of its surest record
  return work != nullptr && work->id == id ? work : nullptr;
}

// Headings of the first two levels, in reading order.
std::vector<std::string> headings_of(std::vector<PassageRecord>& passages) {
  std::sort(passages.begin(), passages.end(), [](const PassageRecord& a, const PassageRecord& b) {
    return std::tie(a.root, a.path, a.ordinal) < std::tie(b.root, b.path, b.ordinal);
  });
  std::vector<std::string> headings;
  std::set<std::string> seen;
  for (const PassageRecord& passage : passages) {
    for (std::size_t i = 0; i < std::min<std::size_t>(2, passage.headings.size()); ++i) {
      const std::string& heading = passage.headings[i];
      if (headings.size() < kHeadings && seen.insert(heading).second) headings.push_back(heading);
    }
  }
  return headings;
}

}  // namespace

Result<Answer<PassageHit>> Shelf::similar(std::string_view passage, const SearchOptions& options) {
  return impl_->asking([&](Impl& shelf) -> Result<Answer<PassageHit>> {
    Result<PassageRecord> found = shelf.reader.find(passage);
    if (!found) return found.error();
    Result<std::vector<KeyTerm>> terms =
        key_terms(shelf.reader, shelf.analysers.of(found->language), {*found}, kTermsOfPassage);
    if (!terms) return terms.error();
    if (terms->empty()) return Answer<PassageHit>{};
    return ask_like<PassageHit>(shelf, *terms, match_term(passage_term(found->id)), options,
                                answer_passages);
  });
}

Result<WorkDetail> Shelf::work(std::string_view id) {
  return impl_->asking([&](Impl&) { return work_now(id); });
}

Result<WorkDetail> Shelf::work_now(std::string_view id) {
  Result<const Catalogue*> catalogue = impl_->reader.catalogue();
  if (!catalogue) return catalogue.error();
  const Work* work = find_work(**catalogue, id);
  if (work == nullptr) {
    return Error{Code::kNotFound, "no work has the ID " + std::string(id),
                 "IDs stand beside each work of: tome list --json", ""};
  }
  WorkDetail detail;
  Result<std::vector<WorkView>> views = works();
  if (!views) return views.error();
  for (WorkView& view : *views) {
    if (view.work.id == work->id) detail.view = std::move(view);
  }
  std::vector<Match> keys;
  for (const std::string& key : work->keys) keys.push_back(match_term(work_term(key)));
  const Match own = match_of(Match::Op::kFilter, {match_of(Match::Op::kAll, {}),
                                                  match_of(Match::Op::kOr, std::move(keys))});
  Result<Candidates> found = impl_->reader.match(own, 0, kPassagesOfWork);
  if (!found) return found.error();
  Result<std::vector<PassageRecord>> read = impl_->reader.read(found->list);
  if (!read) return read.error();
  std::vector<PassageRecord> passages = std::move(read).value();
  std::map<std::string, std::size_t> languages;
  for (const PassageRecord& passage : passages) ++languages[passage.language];
  if (passages.empty()) return detail;
  detail.headings = headings_of(passages);
  const auto language =
      std::max_element(languages.begin(), languages.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  Result<std::vector<KeyTerm>> terms =
      key_terms(impl_->reader, impl_->analysers.of(language->first), passages, kTermsOfWork);
  if (!terms) return terms.error();
  for (const KeyTerm& term : *terms) {
    if (detail.terms.size() < kTermsShown) detail.terms.push_back(term.surface);
  }
  if (terms->empty()) return detail;
  SearchOptions options;
  options.count = kSimilarWorks + 1;
  options.articles = work->info.kind != Kind::kBook;
  options.evidence = 0;
  options.snippets = false;
  Result<Answer<BookHit>> similar = ask_like<BookHit>(*impl_, *terms, own, options, answer_books);
  if (!similar) return similar.error();
  for (BookHit& hit : similar->hits) {
    if (hit.work.id == work->id || detail.similar.size() == kSimilarWorks) continue;
    detail.similar.push_back(std::move(hit));
  }
  return detail;
}

}  // namespace tome
