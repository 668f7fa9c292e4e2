// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "eval/temporary_folder.h"
#include "samples.h"
#include "store/postings.h"
#include "store/segment.h"

namespace tome::bench {
namespace {

struct Posted {
  PassageRecord passage;
  PostingMaker maker;
  std::vector<Posting> postings;  // their terms are the maker's
};

// The passages of a page, as many as a flush takes.
std::vector<Posted> posted_passages(WordCounts& words) {
  const Document document = document_of(html_page());
  const std::vector<std::string> texts = passage_texts(document);
  std::vector<Posted> all;
  Analyser analyser("en");
  for (std::uint32_t i = 0; i < 2000 && !texts.empty(); ++i) {
    Posted one;
    one.passage.id = passage_id("corpus", "page.html", i);
    one.passage.source = source_id("corpus", "page.html");
    one.passage.root = "corpus";
    one.passage.path = "page.html";
    one.passage.ordinal = i;
    one.passage.language = "en";
    one.passage.text = texts[i % texts.size()];
    one.postings = one.maker.make(analyser, one.passage, words);
    all.push_back(std::move(one));
  }
  return all;
}

void write_chunk(benchmark::State& state) {
  Result<TemporaryFolder> folder = TemporaryFolder::make("tome-bench-");
  WordCounts words;
  const std::vector<Posted> passages = posted_passages(words);
  std::size_t bytes = 0;
  for (const Posted& one : passages) bytes += one.passage.text.size();
  for (auto _ : state) {
    Result<ChunkWriter> writer = ChunkWriter::create(folder->path() / "chunk");
    if (!writer) return state.SkipWithError("cannot write a chunk");
    for (const Posted& one : passages) {
      if (!writer->add(one.passage, one.postings)) return state.SkipWithError("cannot add");
    }
    if (!writer->finish(words)) return state.SkipWithError("cannot finish a chunk");
  }
  report_bytes(state, bytes);
}
BENCHMARK(write_chunk)->Unit(benchmark::kMillisecond);

void merge_eight_chunks(benchmark::State& state) {
  Result<TemporaryFolder> folder = TemporaryFolder::make("tome-bench-");
  WordCounts words;
  const std::vector<Posted> passages = posted_passages(words);
  std::vector<std::filesystem::path> chunks;
  for (int i = 0; i < 8; ++i) {
    chunks.push_back(folder->path() / fmt::format("chunk{}", i));
    Result<ChunkWriter> writer = ChunkWriter::create(chunks.back());
    if (!writer) return state.SkipWithError("cannot write a chunk");
    for (const Posted& one : passages) {
      if (!writer->add(one.passage, one.postings)) return state.SkipWithError("cannot add");
    }
    if (!writer->finish(words)) return state.SkipWithError("cannot finish a chunk");
  }
  for (auto _ : state) {
    const std::string id = new_segment_id();
    if (!merge_chunks(folder->path(), id, chunks)) return state.SkipWithError("cannot merge");
    state.PauseTiming();
    std::filesystem::remove_all(segment_path(folder->path(), id));
    state.ResumeTiming();
  }
  state.SetItemsProcessed(8 * static_cast<std::int64_t>(passages.size()) * state.iterations());
}
BENCHMARK(merge_eight_chunks)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tome::bench
