// SPDX-License-Identifier: GPL-2.0-or-later
// A shelf that a test writes passage by passage, without files to read: rank/ stands below ingest/.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/analyser.h"
#include "store/postings.h"
#include "store/segment.h"
#include "store/shelf_config.h"
#include "store/versions.h"
#include "tome/search.h"

namespace tome::test {

template <class T>
T must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().message + " " + result.error().path);
  return std::move(result).value();
}

struct Text {
  std::string path;  // passages of one path are one source, in the order they are added
  std::string text;
  std::vector<std::string> headings;
  std::vector<std::size_t> works;  // numbers that work() gave; none: a work of its own, by path
  std::string language = "en";
};

// Owns a temporary folder.
class SmallShelf {
 public:
  SmallShelf();
  ~SmallShelf();
  SmallShelf(const SmallShelf&) = delete;
  SmallShelf& operator=(const SmallShelf&) = delete;

  std::size_t work(WorkInfo info);
  void add(Text text) { texts_.push_back(std::move(text)); }
  const std::filesystem::path& folder() const { return folder_; }
  // Writes and opens the index; throws what fails.
  Shelf open();

 private:
  std::filesystem::path folder_;
  std::vector<WorkRecord> works_;
  std::vector<Text> texts_;
};

inline SmallShelf::SmallShelf() {
  std::string name = (std::filesystem::temp_directory_path() / "tome-rank-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp: " + name);
  folder_ = name;
}

inline SmallShelf::~SmallShelf() {
  std::error_code code;
  std::filesystem::remove_all(folder_, code);
}

inline std::size_t SmallShelf::work(WorkInfo info) {
  WorkRecord record;
  record.info = std::move(info);
  record.origin = Origin::kFrontMatter;
  works_.push_back(std::move(record));
  return works_.size() - 1;
}

inline Shelf SmallShelf::open() {
  std::map<std::string, std::size_t> own;  // path -> its work
  std::map<std::string, SourceRecord> sources;
  for (Text& text : texts_) {
    SourceRecord& source = sources[text.path];
    source.id = source_id("shelf", text.path);
    source.root = "shelf";
    source.path = text.path;
    source.language = text.language;
    ++source.passages;
    source.text_bytes += text.text.size();
    if (text.works.empty()) {
      const auto [place, fresh] = own.emplace(text.path, works_.size());
      if (fresh) work(WorkInfo{Kind::kArticle, "", "", {}, 0, 0, "", "", {}, {}, "", ""});
      text.works.push_back(place->second);
    }
    for (const std::size_t number : text.works) {
      if (works_[number].source.empty()) works_[number].source = source.id;
    }
  }
  for (WorkRecord& record : works_) record.key = work_key(record.info, record.source);

  std::filesystem::create_directories(folder_ / "segments");
  std::filesystem::create_directories(folder_ / "generations");
  must(write_shelf_config(folder_, {{{"shelf", "/nowhere", {}, false}}}));
  WordCounts words;
  std::map<std::string, Analyser> analysers;
  PostingMaker maker;
  {
    ChunkWriter writer = must(ChunkWriter::create(folder_ / "chunk"));
    std::map<std::string, std::pair<std::uint32_t, std::uint32_t>> next;  // ordinal, begin
    for (const Text& text : texts_) {
      const SourceRecord& source = sources[text.path];
      auto& [ordinal, begin] = next[text.path];
      PassageRecord passage;
      passage.id = passage_id("shelf", text.path, ordinal);
      passage.source = source.id;
      passage.root = "shelf";
      passage.path = text.path;
      passage.ordinal = ordinal++;
      passage.count = source.passages;
      passage.begin = begin;
      passage.end = begin += static_cast<std::uint32_t>(text.text.size());
      passage.language = text.language;
      passage.headings = text.headings;
      for (const std::size_t number : text.works) passage.works.push_back(works_[number].key);
      passage.title = works_[text.works.front()].info.title;
      passage.authors = works_[text.works.front()].info.authors;
      passage.text = text.text;
      auto analyser = analysers.find(text.language);
      if (analyser == analysers.end()) {
        analyser = analysers.emplace(text.language, Analyser(text.language)).first;
      }
      must(writer.add(passage, maker.make(analyser->second, passage, words)));
    }
    for (const auto& [path, source] : sources) must(writer.add(source));
    for (const WorkRecord& record : works_) must(writer.add(record));
    must(writer.finish(words));
  }
  Manifest manifest = this_version();
  manifest.segments = {must(merge_chunks(folder_, new_segment_id(), {folder_ / "chunk"}))};
  must(publish(folder_, manifest));
  return must(Shelf::open(folder_));
}

inline WorkInfo book(const std::string& title, std::vector<std::string> authors = {},
                     int year = 0) {
  WorkInfo info;
  info.kind = Kind::kBook;
  info.title = title;
  info.authors = std::move(authors);
  info.year = year;
  return info;
}

// All hits for a question, best first.
inline std::vector<PassageHit> ask(Shelf& shelf, const std::string& question,
                                   SearchOptions options = {}) {
  if (options.count == 10) options.count = 1000;
  return must(shelf.search(question, options)).hits;
}

// Their paths in order of rank: "b a".
inline std::string ranked(Shelf& shelf, const std::string& question) {
  std::string out;
  for (const PassageHit& hit : ask(shelf, question)) {
    out += (out.empty() ? "" : " ") + hit.locator.path;
  }
  return out;
}

// Their paths sorted, each once: "a b".
inline std::string found(Shelf& shelf, const std::string& question) {
  std::set<std::string> paths;
  for (const PassageHit& hit : ask(shelf, question)) paths.insert(hit.locator.path);
  std::string out;
  for (const std::string& path : paths) out += (out.empty() ? "" : " ") + path;
  return out;
}

}  // namespace tome::test
