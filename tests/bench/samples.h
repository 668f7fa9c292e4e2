// SPDX-License-Identifier: GPL-2.0-or-later
// What the micro-benchmarks read: files of corpus/, whole.
#pragma once

#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "structure/structure.h"

namespace tome::bench {

inline std::string corpus_file(const std::string& path) {
  std::ifstream in(std::filesystem::path(TOME_CORPUS) / path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

// An article of the corpus in HTML.
inline std::string html_page() { return corpus_file("articles/cpp-and-rust.html"); }

inline Document document_of(const std::string& html) {
  Result<Document> document = extract(Format::kHtml, html);
  return document ? std::move(document).value() : Document{};
}

// The texts of a document's passages.
inline std::vector<std::string> passage_texts(const Document& document) {
  std::vector<std::string> texts;
  for (const PassageDraft& draft : structure(document, {"page.html", false, {}, {}}).passages) {
    texts.push_back(document.text.substr(draft.begin, draft.end - draft.begin));
  }
  return texts;
}

// Reports a rate, and fails the benchmark when its work was on nothing.
inline void report_bytes(benchmark::State& state, std::size_t bytes) {
  if (bytes == 0) state.SkipWithError("no sample: is corpus/ there?");
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

}  // namespace tome::bench
