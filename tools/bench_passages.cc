// SPDX-License-Identifier: GPL-2.0-or-later
// The passages of the files below a folder as JSON Lines, for programs that index text:
// tools/bench.
//
//   bench_passages FOLDER > passages.jsonl
//
// Extraction and cutting are tome's own, so that every program indexes the same text.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "analysis/analyser.h"
#include "extract/extract.h"
#include "ingest/walk.h"
#include "structure/structure.h"

namespace {

bool read_file(const std::filesystem::path& path, std::string& bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  std::ostringstream text;
  text << in.rdbuf();
  bytes = std::move(text).str();
  return true;
}

void print_passages(const std::string& path, const tome::Document& document) {
  const tome::Structured structured = tome::structure(document, {path, false, {}, {}});
  const std::string language = tome::detect_language(document.text);
  for (std::size_t i = 0; i < structured.passages.size(); ++i) {
    const tome::PassageDraft& draft = structured.passages[i];
    nlohmann::json row;
    row["id"] = fmt::format("{}.{}", path, i);
    row["kind"] = "article";
    row["title"] = document.title.empty() ? path : document.title;
    row["headings"] = draft.headings;
    row["language"] = language;
    row["description"] = document.text.substr(draft.begin, draft.end - draft.begin);
    const std::string line = row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    fmt::print("{}\n", line);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: bench_passages FOLDER\n");
    return 2;
  }
  const std::filesystem::path root = argv[1];
  const tome::Result<tome::Walk> found = tome::walk(root, "", tome::Ignore({}));
  if (!found) {
    fmt::print(stderr, "bench_passages: {} {}\n", found.error().message, found.error().path);
    return 3;
  }
  std::string bytes;
  for (const tome::FoundFile& file : found->files) {
    if (!read_file(root / file.path, bytes)) continue;
    const tome::Format format = tome::detect_format(file.path, bytes);
    if (format == tome::Format::kUnknown || tome::is_risky(format)) continue;
    const tome::Result<tome::Document> document = tome::extract(format, bytes);
    if (document) print_passages(file.path, *document);
  }
  return std::fflush(stdout) == 0 ? 0 : 3;
}
