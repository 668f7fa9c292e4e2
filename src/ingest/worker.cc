// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/worker.h"

#include <fmt/format.h>

#include <filesystem>

#include "structure/structure.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kLanguageSample = 16u << 10;  // bytes of text that decide the language

// What stands in every record of a work or a passage must be short, whatever a file says: titles
// and names are cut, lists end.
constexpr std::size_t kMostBytes = 1000;
constexpr std::size_t kMostEntries = 200;
constexpr std::size_t kMostHeadings = 20;

void shorten(std::string& text) { text.resize(utf8_floor(text, kMostBytes)); }

void shorten(std::vector<std::string>& list, std::size_t entries) {
  if (list.size() > entries) list.resize(entries);
  for (std::string& text : list) shorten(text);
}

void shorten(WorkInfo& info) {
  for (std::string* text :
       {&info.title, &info.subtitle, &info.publisher, &info.isbn, &info.language, &info.url}) {
    shorten(*text);
  }
  for (std::vector<std::string>* list : {&info.authors, &info.topics, &info.features}) {
    shorten(*list, kMostEntries);
  }
}

void shorten(Structured& structured) {
  for (WorkInfo& info : structured.works) shorten(info);
  for (PassageDraft& passage : structured.passages) {
    shorten(passage.headings, kMostHeadings);
    shorten(passage.anchor);
    shorten(passage.chapter);
  }
}

// A library that throws on a strange file costs that file, not the run.
Result<Document> load(const SourceJob& job, SourceRecord& source, Extractor& extractor) {
  try {
    return job.load(source, extractor);
  } catch (const std::exception& exception) {
    return Error{Code::kUnsupported, fmt::format("cannot be read: {}", exception.what()), "",
                 source.path};
  }
}

StructureContext context_of(const SourceJob& job, const SourceRecord& source) {
  StructureContext context;
  if (!job.nameless) {
    context.file_name = std::filesystem::path(source.path).filename().string();
    repair_utf8(context.file_name);  // it may become a title
  }
  if (job.whole) {
    context.chapter = true;
    context.whole = job.whole->record.info;
    context.whole_tail = job.whole->tail;
  }
  return context;
}

std::vector<WorkRecord> records_of(const Whole* whole, const std::string& source,
                                   const Document& document, const Structured& structured) {
  if (whole != nullptr) return {whole->record};
  std::vector<WorkRecord> works;
  for (std::size_t i = 0; i < structured.works.size(); ++i) {
    WorkRecord work;
    work.info = structured.works[i];
    work.source = source;
    work.origin = i > 0                         ? Origin::kReview
                  : document.meta.title.empty() ? Origin::kInferred
                                                : Origin::kFrontMatter;
    work.key = work_key(work.info, source);
    works.push_back(std::move(work));
  }
  return works;
}

PassageRecord passage_of(const SourceRecord& source, const Document& document,
                         const Structured& structured, const std::vector<WorkRecord>& works,
                         std::size_t i) {
  const PassageDraft& draft = structured.passages[i];
  PassageRecord record;
  record.ordinal = static_cast<std::uint32_t>(i);
  record.id = passage_id(source.root, source.path, record.ordinal);
  record.source = source.id;
  record.root = source.root;
  record.path = source.path;
  record.count = source.passages;
  record.begin = draft.begin;
  record.end = draft.end;
  record.body = draft.body - draft.begin;
  record.line = draft.line;
  record.anchor = draft.anchor;
  record.page = draft.page;
  if (draft.page > 0 && draft.page <= document.page_labels.size()) {
    record.page_label = document.page_labels[draft.page - 1];
  }
  record.chapter = draft.chapter;
  record.language = source.language;
  record.headings = draft.headings;
  record.text = document.text.substr(draft.begin, draft.end - draft.begin);
  for (const std::uint32_t work : draft.works) record.works.push_back(works[work].key);
  if (!draft.works.empty()) {
    const WorkInfo& own = works[draft.works.front()].info;
    record.title = own.subtitle.empty() ? own.title : own.title + ": " + own.subtitle;
    record.authors = own.authors;
  }
  return record;
}

}  // namespace

Status Worker::index(SourceJob& job, SourceRecord& source, ChunkWriter& chunk, WordCounts& words) {
  if (job.recall) {
    if (const std::optional<Carried> carried = job.recall(source)) {
      return carry(*carried, source, chunk, words);
    }
  }
  if (!job.load) return carry(*job.carried, source, chunk, words);
  Result<Document> document = load(job, source, extractor_);
  if (!document) {
    source.state = SourceState::kFailed;
    source.reason = document.error().message;
    return chunk.add(source);
  }
  source.text_bytes = document->text.size();
  source.replaced = document->replaced;
  source.warnings = document->warnings;
  source.language = document->meta.language;
  if (source.language.empty()) {
    const std::string_view text = document->text;
    source.language = detect_language(text.substr(0, utf8_floor(text, kLanguageSample)));
  }
  Structured structured = structure(*document, context_of(job, source));
  shorten(structured);
  shorten(source.warnings, kMostEntries);
  source.passages = static_cast<std::uint32_t>(structured.passages.size());
  source.state = structured.passages.empty() ? SourceState::kEmpty : SourceState::kIndexed;
  const std::vector<WorkRecord> works =
      records_of(job.whole.get(), source.id, *document, structured);
  if (!structured.passages.empty()) {
    for (const WorkRecord& work : works) {
      if (Status status = chunk.add(work); !status) return status;
    }
  }
  for (std::size_t i = 0; i < structured.passages.size(); ++i) {
    const PassageRecord record = passage_of(source, *document, structured, works, i);
    if (Status status = post(record, chunk, words); !status) return status;
  }
  return chunk.add(source);
}

Status Worker::post(const PassageRecord& record, ChunkWriter& chunk, WordCounts& words) {
  auto found = analysers_.find(record.language);
  if (found == analysers_.end()) {
    found = analysers_.emplace(record.language, Analyser(record.language)).first;
  }
  return chunk.add(record, maker_.make(found->second, record, words));
}

Status Worker::carry(const Carried& carried, const SourceRecord& source, ChunkWriter& chunk,
                     WordCounts& words) {
  for (const WorkRecord& work : carried.works) {
    if (Status status = chunk.add(work); !status) return status;
  }
  for (const PassageRecord& record : carried.passages) {
    if (Status status = post(record, chunk, words); !status) return status;
  }
  return chunk.add(source);
}

}  // namespace tome
