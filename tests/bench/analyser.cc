// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/analyser.h"

#include "samples.h"

namespace tome::bench {
namespace {

// Words that come again and again, as in a long book: stems are cached.
void analyse_warm(benchmark::State& state) {
  const std::string text = document_of(html_page()).text;
  Analyser analyser("en");
  for (auto _ : state) benchmark::DoNotOptimize(analyser.analyse(text).size());
  report_bytes(state, text.size());
}
BENCHMARK(analyse_warm);

// Each word for the first time.
void analyse_cold(benchmark::State& state) {
  const std::string text = document_of(html_page()).text;
  for (auto _ : state) {
    Analyser analyser("en");
    benchmark::DoNotOptimize(analyser.analyse(text).size());
  }
  report_bytes(state, text.size());
}
BENCHMARK(analyse_cold);

// Letters that no ASCII path can take.
void analyse_accents(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "Ceux-ci étaient déjà prêts à l'été, où naïveté règne. ";
  Analyser analyser("fr");
  for (auto _ : state) benchmark::DoNotOptimize(analyser.analyse(text).size());
  report_bytes(state, text.size());
}
BENCHMARK(analyse_accents);

void analyse_japanese(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "全文検索は索引を使って文章を探す技術である。";
  Analyser analyser("ja");
  for (auto _ : state) benchmark::DoNotOptimize(analyser.analyse(text).size());
  report_bytes(state, text.size());
}
BENCHMARK(analyse_japanese);

void tell_language(benchmark::State& state) {
  const std::string text = document_of(html_page()).text;
  for (auto _ : state) benchmark::DoNotOptimize(detect_language(text));
  report_bytes(state, text.size());
}
BENCHMARK(tell_language);

}  // namespace
}  // namespace tome::bench
