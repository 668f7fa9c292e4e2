// SPDX-License-Identifier: GPL-2.0-or-later
#include "samples.h"
#include "store/postings.h"

namespace tome::bench {
namespace {

void cut_passages(benchmark::State& state) {
  const Document document = document_of(html_page());
  for (auto _ : state) {
    benchmark::DoNotOptimize(structure(document, {"page.html", false, {}, {}}).passages.size());
  }
  report_bytes(state, document.text.size());
}
BENCHMARK(cut_passages);

void post_passages(benchmark::State& state) {
  const Document document = document_of(html_page());
  const std::vector<std::string> texts = passage_texts(document);
  Analyser analyser("en");
  PostingMaker maker;
  PassageRecord passage;
  passage.title = document.title;
  for (auto _ : state) {
    WordCounts words;
    for (const std::string& text : texts) {
      passage.text = text;
      benchmark::DoNotOptimize(maker.make(analyser, passage, words).size());
    }
  }
  report_bytes(state, document.text.size());
}
BENCHMARK(post_passages);

}  // namespace
}  // namespace tome::bench
