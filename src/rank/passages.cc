// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "rank/asking.h"
#include "rank/candidates.h"
#include "rank/explain.h"
#include "rank/snippet.h"
#include "rank/weighing.h"
#include "text/hash.h"

namespace tome {
namespace {

constexpr std::uint64_t kBudget = 20000;     // candidates read for one question at most
constexpr std::uint64_t kWide = 1000;        // of them before a phrase is looked for in text alone
constexpr std::uint64_t kExactShare = 4;     // of the candidates: weighed when text is verified
constexpr std::uint64_t kForRepeats = 2000;  // read at most where many have one text
constexpr std::size_t kFirstPage = 10;       // where no work may have more than ...
constexpr std::size_t kPassagesOfOneWork = 3;
// An answer is weak when its best score is below this share of the question's idf: so were 5 % of
// the answers to questions that the collection was made for, and 48 % of those to questions of
// another collection (docs/ranking.md).
constexpr double kWeak = 0.375;

std::string text_digest(const PassageRecord& passage) {
  return digest(std::string_view(passage.text).substr(passage.body));
}

std::size_t count_texts(const std::vector<Ranked>& first, const std::vector<Ranked>& later) {
  std::unordered_set<std::string_view> texts;
  for (const Ranked& ranked : first) texts.insert(ranked.digest);
  for (const Ranked& ranked : later) texts.insert(ranked.digest);
  return texts.size();
}

// Identical texts once, at the place of the first; `weighed`: how many at the front were weighed.
std::vector<Ranked> without_repeats(std::vector<Ranked> list, std::size_t& weighed) {
  std::unordered_map<std::string, std::size_t> first;
  std::vector<Ranked> out;
  const std::size_t before_cut = weighed;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Ranked& ranked = list[i];
    const auto [place, fresh] = first.emplace(ranked.digest, out.size());
    if (fresh) {
      out.push_back(std::move(ranked));
    } else {
      out[place->second].also.push_back(std::move(ranked.passage));
      if (i < before_cut) --weighed;
    }
  }
  return out;
}

// The first page, on which a work has its share.
class FirstPage {
 public:
  explicit FirstPage(const Catalogue& catalogue) : catalogue_(catalogue) {}
  // Whether it has room for one more of its work, which it takes then.
  bool takes(const Ranked& ranked) {
    Share& share = of(ranked);
    if (size_ == kFirstPage || share.taken >= kPassagesOfOneWork) return false;
    if (++share.taken == kPassagesOfOneWork && share.expected > 0) --open_;
    ++size_;
    return true;
  }
  // One more, or less, that may come.
  void expect(const Ranked& ranked) {
    Share& share = of(ranked);
    if (++share.expected == 1 && share.taken < kPassagesOfOneWork) ++open_;
  }
  void expect_less(const Ranked& ranked) {
    Share& share = of(ranked);
    if (--share.expected == 0 && share.taken < kPassagesOfOneWork) --open_;
  }
  // Whether it takes nothing of what may come.
  bool is_done() const { return size_ == kFirstPage || open_ == 0; }

 private:
  struct Share {
    std::size_t taken = 0;
    std::size_t expected = 0;
  };
  Share& of(const Ranked& ranked) {
    const std::string key = ranked.passage.works.empty() ? std::string() : ranked.passage.works[0];
    return shares_[catalogue_.index_of(key)];
  }

  const Catalogue& catalogue_;
  std::map<std::size_t, Share> shares_;
  std::size_t size_ = 0;
  std::size_t open_ = 0;  // works of what may come that have not their share yet
};

bool spreads(const Asking& asking) { return !asking.options.all && !asking.question.names_work; }

// Later passages of a work that has its share of the first page already move behind that page;
// among the first `weighed` alone, which are the same for every page.
void spread(const Asking& asking, std::size_t weighed, std::vector<Ranked>& list) {
  FirstPage first(asking.catalogue);
  std::vector<Ranked> page;
  std::vector<Ranked> rest;
  for (Ranked& ranked : list) {
    const bool fits = page.size() + rest.size() < weighed && first.takes(ranked);
    (fits ? page : rest).push_back(std::move(ranked));
  }
  list = std::move(page);
  for (Ranked& ranked : rest) list.push_back(std::move(ranked));
}

// Says when what follows in the order can change nothing in the first `wanted` texts of `all`.
std::function<bool(const Ranked&)> page_filler(const Asking& asking, std::uint64_t wanted,
                                               const std::vector<Ranked>& all) {
  FirstPage page(asking.catalogue);
  for (const Ranked& ranked : all) page.expect(ranked);
  return [wanted, page = std::move(page), texts = std::unordered_set<std::string>(),
          spreading = spreads(asking)](const Ranked& ranked) mutable {
    page.expect_less(ranked);
    if (texts.insert(ranked.digest).second) page.takes(ranked);
    return texts.size() >= wanted && (!spreading || page.is_done());
  };
}

}  // namespace

Result<RankedList> rank_passages(const Asking& asking, std::uint64_t wanted, std::uint64_t weighed,
                                 std::uint64_t distinct) {
  RankedList out;
  Weighing first(asking);     // by evidence
  std::vector<Ranked> later;  // in the order of stage one
  // How many are weighed does not depend on the page, so that pages neither repeat nor lose one.
  std::uint64_t batch = std::max(wanted, weighed);
  weighed =
      std::max<std::uint64_t>(weighed / (asking.question.exact ? kExactShare : 1), kFirstPage);
  std::uint64_t read = 0;
  const std::optional<Match>& narrow = asking.question.narrow;
  std::uint64_t limit = narrow ? kWide : kBudget;  // of `read`; until the stream is narrowed
  batch = std::min(batch, limit);
  Verifier verifier(asking.question.tree, asking.catalogue, asking.analysers);
  Match narrowed;
  CandidateStream stream(asking.reader, asking.question.match,
                         {asking.options.weights.k1, asking.options.weights.b});
  while (true) {
    // Where text is verified many may be read, and the store goes through all that matches for
    // each answer: its second one is the last.
    Result<std::vector<ReadCandidate>> slice =
        stream.next(batch, !asking.question.exact || (read == 0 && !narrow) ? batch : limit - read);
    if (!slice) return slice.error();
    read += slice->size();
    for (ReadCandidate& candidate : *slice) {
      Ranked ranked;
      ranked.passage = std::move(candidate.passage);
      if (asking.question.exact && !verifier.holds(ranked.passage)) continue;
      ranked.digest = text_digest(ranked.passage);
      if (first.size() < weighed) {
        first.add(std::move(ranked), candidate.weight);
      } else {
        ranked.score = comparable(candidate.weight);
        ranked.parts = {{"bm25", "", candidate.weight}};
        later.push_back(std::move(ranked));
      }
    }
    if (stream.ended()) {
      out.complete = !narrow || limit == kWide;
      break;
    }
    if (first.size() == weighed && first.size() + later.size() >= wanted &&
        (read >= kForRepeats || count_texts(first.added(), later) >= distinct)) {
      break;
    }
    if (read >= kBudget) {
      out.spent = true;
      break;
    }
    if (read >= limit) {
      narrowed = with_named_works(*narrow, asking.catalogue, asking.analysers);
      stream.narrow(narrowed);
      limit = kBudget;
    }
    batch = std::min(batch * 4, limit - read);  // large ones find more in each block read
  }
  out.estimate = stream.estimate();
  auto [list, whole] = first.take(
      stream.best(), distinct > 0 ? page_filler(asking, distinct, first.added()) : nullptr);
  out.weighed = list.size();
  // What was not weighed may not overtake what was; a page that ends before it does not show it.
  const double floor = list.empty() ? 0 : list.back().score;
  for (Ranked& ranked : later) {
    if (whole && ranked.score > floor) {
      ranked.parts.push_back({"order", "not weighed", floor - ranked.score});
      ranked.score = floor;
    }
    list.push_back(std::move(ranked));
  }
  out.list = without_repeats(std::move(list), out.weighed);
  if (asking.question.exact) out.estimate = out.list.size();
  if (out.complete) out.estimate = out.list.size();
  return out;
}

Locator make_locator(const Asking& asking, const PassageRecord& passage) {
  Locator locator;
  locator.source = passage.source;
  locator.root = passage.root;
  locator.path = file_of_source(passage.path);
  const auto root = asking.roots.find(passage.root);
  if (root != asking.roots.end()) {
    const std::filesystem::path base = root->second;
    std::error_code code;
    locator.file = std::filesystem::is_regular_file(base, code) ? base.string()
                                                                : (base / locator.path).string();
  }
  locator.line = passage.line;
  if (locator.path != passage.path) {  // a row of a catalogue
    const Result<SourceRecord> row = asking.reader.source(passage.source);
    if (row.ok() && row->line > 0) locator.line = row->line;
  }
  locator.anchor = passage.anchor;
  locator.page = passage.page;
  locator.page_label = passage.page_label;
  locator.chapter = passage.chapter;
  locator.begin = passage.begin;
  locator.end = passage.end;
  locator.headings = passage.headings;
  return locator;
}

namespace {

std::vector<ScorePart> explained(const Asking& asking, const Ranked& ranked) {
  std::vector<ScorePart> parts;
  for (const ScorePart& part : ranked.parts) {
    if (part.what != "bm25") {
      parts.push_back(part);
      continue;
    }
    for (ScorePart& term : explain_bm25(asking, ranked.passage, part.value)) {
      parts.push_back(std::move(term));
    }
  }
  return parts;
}

}  // namespace

PassageHit make_hit(const Asking& asking, const Ranked& ranked) {
  PassageHit hit;
  hit.id = ranked.passage.id;
  hit.score = ranked.score;
  for (const std::string& key : ranked.passage.works) {
    if (const Work* work = asking.catalogue.find(key)) hit.works.push_back({work->id, work->info});
  }
  hit.locator = make_locator(asking, ranked.passage);
  if (asking.options.snippets) {
    Analyser& analyser = asking.analysers.of(ranked.passage.language);
    hit.snippet =
        make_snippet(asking.question,
                     ranked.hits ? *ranked.hits : asking.finder.find(analyser, ranked.passage.text),
                     ranked.passage);
  }
  for (const PassageRecord& other : ranked.also) hit.also.push_back(make_locator(asking, other));
  if (asking.options.explain) hit.parts = explained(asking, ranked);
  return hit;
}

bool is_weak(const Asking& asking, const RankedList& ranked) {
  if (ranked.list.empty() || asking.question.exact) return false;
  const std::vector<bool> every(asking.question.terms.size(), true);
  const double all = idf_of(asking.question, every);
  return all > 0 && ranked.list.front().score < kWeak * all;
}

Result<Answer<PassageHit>> answer_passages(const Asking& asking) {
  const std::uint64_t end = asking.options.offset + asking.options.count;
  // Repeats fall away and passages of one work move: some more than the page asks for are needed.
  Result<RankedList> ranked = rank_passages(asking, end + 10, asking.options.candidates, end);
  if (!ranked) return ranked.error();
  if (spreads(asking)) spread(asking, ranked->weighed, ranked->list);
  Answer<PassageHit> answer;
  answer.estimate = std::max<std::uint64_t>(ranked->estimate, ranked->list.size());
  answer.complete = ranked->complete;
  if (ranked->spent) {
    answer.notes.push_back("the search stopped after " + std::to_string(kBudget) +
                           " candidates; more words in the question would narrow it");
  }
  answer.weak = is_weak(asking, *ranked);
  if (asking.options.facets) answer.facets = count_facets(asking, ranked->list);
  for (std::uint64_t i = asking.options.offset;
       i < std::min<std::uint64_t>(end, ranked->list.size()); ++i) {
    answer.hits.push_back(make_hit(asking, ranked->list[i]));
  }
  return answer;
}

}  // namespace tome
