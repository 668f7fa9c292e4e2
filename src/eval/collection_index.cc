// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/collection_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "analysis/analyser.h"
#include "eval/lines.h"
#include "ingest/pipeline.h"
#include "store/files.h"
#include "store/generation.h"
#include "store/shelf_config.h"
#include "store/versions.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRoot = "collection";
constexpr const char* kMarker =
    "eval.json";  // says that the folder is ours, and what it is made of
constexpr std::uint64_t kMarkerBytes = 64u << 10;

// Appends `text` as a block, apart from the one before by an empty line.
void add_block(Document& document, std::string_view text, Style style, std::uint32_t line) {
  if (!document.text.empty()) document.text += "\n\n";
  Block block;
  block.style = style;
  block.level = style == Style::kHeading ? 1 : 0;
  block.begin = static_cast<std::uint32_t>(document.text.size());
  document.text += text;
  block.end = static_cast<std::uint32_t>(document.text.size());
  block.line = line;
  document.blocks.push_back(std::move(block));
}

bool stays(char c, bool first) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || (c == '.' && !first);
}

// What an index is made of; equal texts mean that an index can be used again.
Result<std::string> describe_origin(const fs::path& file, bool as_books) {
  std::error_code code;
  const fs::path whole = fs::canonical(file, code);
  const std::uint64_t size = code ? 0 : fs::file_size(file, code);
  const auto time = code ? fs::file_time_type() : fs::last_write_time(file, code);
  if (code) return Error{Code::kIo, "cannot be read: " + code.message(), "", file.string()};
  const nlohmann::ordered_json json = {{"corpus", whole.string()},
                                       {"size", size},
                                       {"mtime", time.time_since_epoch().count()},
                                       {"books", as_books},
                                       {"schema", kSchemaVersion},
                                       {"analyser", kAnalyserVersion}};
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<std::vector<SourceJob>> make_jobs(const std::shared_ptr<const Corpus>& corpus,
                                         bool as_books) {
  std::vector<SourceJob> jobs;
  jobs.reserve(corpus->places().size());
  for (const DocumentPlace& place : corpus->places()) {
    SourceJob job;
    SourceRecord source;
    source.root = kRoot;
    source.path = path_of_id(place.id);
    source.id = source_id(kRoot, source.path);
    source.size = place.length;
    job.record = PackedSource(source);
    // Elsewhere a work without a title is called like its file; an ID is no words that a question
    // could mean, so only a book, which must be called something, gets it.
    job.nameless = !as_books;
    job.load = [corpus, &place, as_books](SourceRecord& record, Extractor&) -> Result<Document> {
      Result<CollectionDocument> document = corpus->read(place);
      if (!document) return document.error();
      record.digest = hex_digest(document->title + "\n" + document->text);
      record.format = "text";
      return make_document(*document, as_books);
    };
    jobs.push_back(std::move(job));
  }
  std::sort(jobs.begin(), jobs.end(), [](const SourceJob& a, const SourceJob& b) {
    return a.record.path() < b.record.path();
  });
  return jobs;
}

Status build(const fs::path& index, const fs::path& file, bool as_books, unsigned threads,
             CollectionIndex& made) {
  Result<Corpus> opened = Corpus::open(file);
  if (!opened) return opened.error();
  const auto corpus = std::make_shared<const Corpus>(std::move(*opened));
  Result<std::vector<SourceJob>> jobs = make_jobs(corpus, as_books);
  if (!jobs) return jobs.error();

  Root root;
  root.name = kRoot;
  root.path = fs::absolute(file).parent_path().string();
  if (Status status = write_shelf_config(index, {{root}}); !status) return status;

  PipelineOptions options;
  options.workers = threads;
  Result<PipelineOutput> output = build_segments(index, std::move(*jobs), options);
  if (!output) return output.error();
  Manifest manifest = this_version();
  manifest.segments = std::move(output->segments);
  if (Status status = publish(index, manifest); !status) return status;
  collect_garbage(index);

  made.documents = output->sources;
  made.passages = output->passages;
  for (const SourceRecord& source : output->told) {
    if (source.state == SourceState::kFailed) {
      made.failed.push_back(fmt::format("{}: {}", id_of_path(source.path), source.reason));
    }
  }
  return Ok{};
}

bool is_empty_or_missing(const fs::path& folder) {
  std::error_code code;
  return !fs::exists(folder, code) ||
         (fs::is_directory(folder, code) && fs::is_empty(folder, code));
}

}  // namespace

Document make_document(const CollectionDocument& document, bool as_book) {
  Document made;
  made.format = "text";
  made.encoding = "UTF-8";
  std::uint32_t line = 0;
  const auto add_lines = [&](std::string text, Style style) {
    std::replace(text.begin(), text.end(), '\0', ' ');  // JSON can say \u0000, a Document cannot
    std::replace(text.begin(), text.end(), '\r', '\n');
    if (style == Style::kHeading) std::replace(text.begin(), text.end(), '\n', ' ');
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view words = trim(rest.substr(0, end));
      if (!words.empty()) add_block(made, words, style, ++line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  };
  add_lines(document.title, Style::kHeading);
  add_lines(document.text, Style::kParagraph);
  if (as_book) {
    made.meta.kind = Kind::kBook;
    made.meta.title = std::string(trim(document.title));
  }
  return made;
}

std::string path_of_id(std::string_view id) {
  std::string path;
  for (const char c : id) {
    if (stays(c, path.empty())) {
      path += c;
    } else {
      path += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return path;
}

std::string id_of_path(std::string_view path) {
  std::string id;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%' || i + 2 >= path.size()) {
      id += path[i];
      continue;
    }
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
    id += static_cast<char>(digit(path[i + 1]) * 16 + digit(path[i + 2]));
    i += 2;
  }
  return id;
}

Result<CollectionIndex> index_collection(const fs::path& index, const fs::path& file, bool as_books,
                                         unsigned threads) {
  const auto start = std::chrono::steady_clock::now();
  const Result<std::string> origin = describe_origin(file, as_books);
  if (!origin) return origin.error();
  const bool fresh = is_empty_or_missing(index);
  const Result<std::string> marker = read_file(index / kMarker, kMarkerBytes);
  if (!fresh && !marker) {
    return Error{Code::kRefused, "is not empty and was not made by tome eval",
                 "name a new folder, or none for a temporary one", index.string()};
  }
  std::error_code code;
  fs::create_directories(index, code);
  if (code) return Error{Code::kIo, "cannot make it: " + code.message(), "", index.string()};
  Result<WriterLock> lock = WriterLock::acquire(index / "lock", std::chrono::seconds(5));
  if (!lock) return lock.error();

  CollectionIndex made;
  if (marker && marker->ends_with(*origin)) {
    const Result<Manifest> manifest = read_manifest(index);
    if (manifest && manifest->generation > 0) {
      made.reused = true;
      made.passages = manifest->passages;
      read_number(trim(std::string_view(*marker).substr(0, marker->find('\n'))), made.documents);
      return made;
    }
  }
  // The mark goes up before the work: a folder left half-made by a crash is still known as ours.
  // The number of documents, its first line, is known only after.
  if (Status status = write_file_atomically(index / kMarker, "unfinished\n"); !status) {
    return status.error();
  }
  if (Status status = build(index, file, as_books, threads, made); !status) return status.error();
  const std::string done = fmt::format("{}\n{}", made.documents, *origin);
  if (Status status = write_file_atomically(index / kMarker, done); !status) return status.error();
  made.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return made;
}

}  // namespace tome
