// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "eval/temporary_folder.h"
#include "store/shelf_config.h"

namespace tome {
namespace {

constexpr std::uint64_t kPageResults = 2 * kRunDepth;  // a document has a passage or two, mostly

// Results with the identical text are shown once, with the other places beside: each of those is an
// answer too.
void add_places(const PassageHit& hit, double score, DocumentPage& page) {
  page.hits.push_back({hit.locator.path, score});
  for (const Locator& other : hit.also) page.hits.push_back({other.path, score});
}

void add_hit(const PassageHit& hit, DocumentPage& page) { add_places(hit, hit.score, page); }

void add_hit(const BookHit& hit, DocumentPage& page) {
  for (const PassageHit& passage : hit.best) add_places(passage, hit.score, page);
}

// One thread's share of the work and what it found.
class Asker {
 public:
  Asker(Shelf shelf, const EvaluateOptions& options)
      : shelf_(std::move(shelf)),
        books_(options.books),
        correct_(!options.as_typed),
        weights_(options.weights) {}

  Result<Ranking> ask(const std::string& question) {
    first_ = true;
    return rank_documents([&](std::uint64_t offset) -> Result<DocumentPage> {
      SearchOptions options;
      options.all = true;
      options.snippets = false;
      options.correct = correct_;
      options.weights = weights_;
      options.offset = offset;
      options.count = books_ ? kRunDepth : kPageResults;
      if (books_) return page_of(shelf_.books(question, options), options);
      return page_of(shelf_.search(question, options), options);
    });
  }

  const std::map<std::string, std::size_t>& notes() const { return notes_; }
  void note(const std::string& text) { ++notes_[text]; }

 private:
  template <class Hit>
  Result<DocumentPage> page_of(Result<Answer<Hit>> answer, const SearchOptions& options) {
    if (!answer) return answer.error();
    DocumentPage page;
    for (const Hit& hit : answer->hits) add_hit(hit, page);
    page.results = answer->hits.size();
    const bool seen_all = answer->complete && options.offset + page.results >= answer->estimate;
    page.more = page.results > 0 && !seen_all;
    if (first_) {
      for (const std::string& text : answer->notes) note(text);
      if (answer->weak) note("nothing answers it directly");
      if (!answer->corrections.empty()) note("a word was corrected");
    }
    first_ = false;
    return page;
  }

  Shelf shelf_;
  bool books_;
  bool correct_;
  RankWeights weights_;
  bool first_ = true;  // notes are counted once a question
  std::map<std::string, std::size_t> notes_;
};

// Shared by the threads; each writes only the slots of the queries that it takes.
struct Work {
  std::vector<const CollectionQuery*> queries;
  std::vector<Ranking> rankings;
  std::vector<double> milliseconds;
  std::map<std::string, std::size_t> notes;  // guarded by mutex, like error
  std::optional<Error> error;
  std::mutex mutex;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};

  void fail(Error reason) {
    const std::lock_guard<std::mutex> guard(mutex);
    if (!error) error = std::move(reason);
    stop = true;
  }
};

bool asks_shards(const EvaluateOptions& options) {
  if (!options.shards.shards.empty()) return true;
  const Result<ShelfConfig> config = read_shelf_config(options.index);
  return !options.index.empty() && config.ok() && !config->shards.empty();
}

// What the shards hold, which somebody else indexed.
Result<CollectionIndex> indexed_shards(const EvaluateOptions& options) {
  Result<Shelf> shelf = Shelf::open(options.index, {}, options.shards);
  if (!shelf) return shelf.error();
  const Result<ShelfStatus> status = shelf->status();
  if (!status) return status.error();
  CollectionIndex index;
  index.documents = status->sources;
  index.passages = status->passages;
  index.reused = true;
  return index;
}

void ask_queries(Work& work, const std::filesystem::path& index, const EvaluateOptions& options) {
  Result<Shelf> shelf = Shelf::open(index, {}, options.shards);
  if (!shelf) return work.fail(shelf.error());
  Asker asker(std::move(*shelf), options);
  for (std::size_t i = work.next++; i < work.queries.size() && !work.stop; i = work.next++) {
    const CollectionQuery& query = *work.queries[i];
    const auto start = std::chrono::steady_clock::now();
    Result<Ranking> ranking = asker.ask(query.text);
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - start;
    work.milliseconds[i] = spent.count();
    if (ranking) {
      work.rankings[i] = std::move(*ranking);
    } else if (ranking.error().code == Code::kUsage) {
      asker.note("not a question: " + ranking.error().message);  // it counts as not answered
    } else {
      Error error = ranking.error();
      error.message = fmt::format("query {}: {}", query.id, error.message);
      return work.fail(std::move(error));
    }
  }
  const std::lock_guard<std::mutex> guard(work.mutex);
  for (const auto& note : asker.notes()) work.notes[note.first] += note.second;
}

std::vector<const CollectionQuery*> choose_queries(const Collection& collection,
                                                   std::uint64_t limit) {
  const std::size_t all = collection.queries.size();
  const std::size_t wanted = limit == 0 ? all : std::min<std::size_t>(limit, all);
  std::vector<const CollectionQuery*> chosen;
  for (std::size_t i = 0; i < wanted; ++i) {
    chosen.push_back(&collection.queries[i * all / wanted]);
  }
  return chosen;
}

}  // namespace

Result<Ranking> rank_documents(
    const std::function<Result<DocumentPage>(std::uint64_t offset)>& page) {
  Ranking ranking;
  std::unordered_set<std::string> seen;
  std::uint64_t offset = 0;
  bool more = true;
  float last = std::numeric_limits<float>::infinity();
  while (more && ranking.size() < kRunDepth) {
    Result<DocumentPage> answer = page(offset);
    if (!answer) return answer.error();
    for (const DocumentPage::Hit& hit : answer->hits) {
      if (ranking.size() == kRunDepth || !seen.insert(hit.path).second) continue;
      const float below = std::nextafter(last, -std::numeric_limits<float>::infinity());
      last = std::min(static_cast<float>(hit.score), below);
      ranking.push_back({id_of_path(hit.path), last});
    }
    offset += answer->results;
    more = answer->more;
  }
  return ranking;
}

Result<Evaluated> evaluate(const Collection& collection, const EvaluateOptions& given) {
  EvaluateOptions options = given;
  options.shards.require_all = true;  // half a collection measures nothing
  const bool shards = asks_shards(options);
  std::optional<TemporaryFolder> temporary;
  std::filesystem::path index = options.index;
  if (index.empty() && !shards) {
    Result<TemporaryFolder> made = TemporaryFolder::make("tome-eval");
    if (!made) return made.error();
    temporary.emplace(std::move(*made));
    index = temporary->path();
  }
  Evaluated evaluated;
  Result<CollectionIndex> indexed =
      shards ? indexed_shards(options)
             : index_collection(index, collection.corpus, options.books, options.threads);
  if (!indexed) return indexed.error();
  evaluated.index = std::move(*indexed);

  Work work;
  work.queries = choose_queries(collection, options.limit_queries);
  work.rankings.resize(work.queries.size());
  work.milliseconds.resize(work.queries.size());
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t threads =
      std::min<std::size_t>(options.threads == 0 ? cores : options.threads, work.queries.size());
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) {
    others.emplace_back([&] { ask_queries(work, index, options); });
  }
  ask_queries(work, index, options);
  for (std::thread& other : others) other.join();
  if (work.error) return *work.error;

  for (std::size_t i = 0; i < work.queries.size(); ++i) {
    const std::string& id = work.queries[i]->id;
    evaluated.queries.push_back(id);
    if (!work.rankings[i].empty()) evaluated.run.emplace(id, std::move(work.rankings[i]));
  }
  evaluated.milliseconds = std::move(work.milliseconds);
  evaluated.notes = std::move(work.notes);
  return evaluated;
}

}  // namespace tome
