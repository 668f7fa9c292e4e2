// SPDX-License-Identifier: GPL-2.0-or-later
#include <memory>

#include "eval/temporary_folder.h"
#include "query/query.h"
#include "rank/evidence.h"
#include "rank/synonyms.h"
#include "samples.h"
#include "tome/index.h"

namespace tome::bench {
namespace {

constexpr const char* kQuestion = "how does a database keep copies of data on many machines?";

// The bundled shelf, indexed once.
const std::filesystem::path* shelf() {
  static const std::unique_ptr<TemporaryFolder> folder = [] {
    Result<TemporaryFolder> made = TemporaryFolder::make("tome-bench-");
    if (!made) return std::unique_ptr<TemporaryFolder>();
    auto kept = std::make_unique<TemporaryFolder>(std::move(made).value());
    if (!update_index(kept->path() / "index", {TOME_CORPUS}, {})) kept.reset();
    return kept;
  }();
  static const std::filesystem::path index = folder ? folder->path() / "index" : "";
  return folder ? &index : nullptr;
}

void stage_one(benchmark::State& state) {
  if (shelf() == nullptr) return state.SkipWithError("cannot index corpus/");
  const Result<Reader> reader = Reader::open(*shelf());
  if (!reader) return state.SkipWithError("cannot open the index");
  Analysers analysers(reader->languages());
  const Result<Question> question =
      prepare(parse_query(kQuestion), *reader, analysers, Synonyms(), RankWeights());
  for (auto _ : state) {
    benchmark::DoNotOptimize(reader->match(question->match, 0, 200)->list.size());
  }
}
BENCHMARK(stage_one);

// The text of 200 candidates is read and decoded.
void read_candidates(benchmark::State& state) {
  if (shelf() == nullptr) return state.SkipWithError("cannot index corpus/");
  const Result<Reader> reader = Reader::open(*shelf());
  if (!reader) return state.SkipWithError("cannot open the index");
  Analysers analysers(reader->languages());
  const Result<Question> question =
      prepare(parse_query(kQuestion), *reader, analysers, Synonyms(), RankWeights());
  const Result<Candidates> found = reader->match(question->match, 0, 200);
  for (auto _ : state) {
    for (const Candidate& one : found->list) {
      benchmark::DoNotOptimize(reader->read(one.document)->text.size());
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(found->list.size()) * state.iterations());
}
BENCHMARK(read_candidates);

void stage_two(benchmark::State& state) {
  if (shelf() == nullptr) return state.SkipWithError("cannot index corpus/");
  const Result<Reader> reader = Reader::open(*shelf());
  if (!reader) return state.SkipWithError("cannot open the index");
  Analysers analysers(reader->languages());
  const Result<Question> question =
      prepare(parse_query(kQuestion), *reader, analysers, Synonyms(), RankWeights());
  const Result<Candidates> found = reader->match(question->match, 0, 200);
  std::vector<PassageRecord> passages;
  for (const Candidate& one : found->list) passages.push_back(*reader->read(one.document));
  const TermFinder finder(*question, analysers);
  const RankWeights weights;
  for (auto _ : state) {
    AboveTexts above(*question, finder);
    for (std::size_t i = 0; i < passages.size(); ++i) {
      Analyser& analyser = analysers.of(passages[i].language);
      benchmark::DoNotOptimize(weigh(*question, finder, passages[i],
                                     above.of(passages[i], analyser), found->list[i].weight,
                                     found->list[0].weight, analyser, weights, false)
                                   .total);
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(passages.size()) * state.iterations());
}
BENCHMARK(stage_two);

}  // namespace
}  // namespace tome::bench
