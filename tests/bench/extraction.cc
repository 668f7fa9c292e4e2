// SPDX-License-Identifier: GPL-2.0-or-later
#include "samples.h"

namespace tome::bench {
namespace {

void extract_html(benchmark::State& state) {
  const std::string page = html_page();
  for (auto _ : state) benchmark::DoNotOptimize(extract(Format::kHtml, page).ok());
  report_bytes(state, page.size());
}
BENCHMARK(extract_html);

// Many tags around little text, as in the reference pages of generated documentation.
void extract_html_of_tags(benchmark::State& state) {
  std::string page = "<html><body><h1>Names</h1><table>";
  for (int i = 0; i < 500; ++i) {
    page += "<tr><td><a href=\"#x\"><code><span class=\"k\">fn</span> name</code></a></td></tr>";
  }
  page += "</table></body></html>";
  for (auto _ : state) benchmark::DoNotOptimize(extract(Format::kHtml, page).ok());
  report_bytes(state, page.size());
}
BENCHMARK(extract_html_of_tags);

void extract_markdown(benchmark::State& state) {
  const std::string page = corpus_file("articles/how-search-works.md");
  for (auto _ : state) benchmark::DoNotOptimize(extract(Format::kMarkdown, page).ok());
  report_bytes(state, page.size());
}
BENCHMARK(extract_markdown);

void peek_html(benchmark::State& state) {
  const std::string page = html_page();
  for (auto _ : state) benchmark::DoNotOptimize(peek_hints(Format::kHtml, page).title.size());
  report_bytes(state, page.size());
}
BENCHMARK(peek_html);

}  // namespace
}  // namespace tome::bench
