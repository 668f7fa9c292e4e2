// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/collection.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>
#include <unordered_set>

#include "eval/json_line.h"
#include "eval/lines.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Files of a folder whose name passes, by name.
std::vector<fs::path> list_files(const fs::path& folder,
                                 const std::function<bool(const std::string&)>& wanted) {
  std::vector<fs::path> files;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    if (entry.is_regular_file(code) && wanted(entry.path().filename().string())) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<fs::path> only_file(const std::vector<fs::path>& files, const fs::path& folder,
                           std::string_view what, std::string_view hint) {
  if (files.size() == 1) return files.front();
  if (files.empty()) {
    return Error{Code::kNotFound, fmt::format("has no {}", what), std::string(hint),
                 folder.string()};
  }
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const fs::path& file : files) names.push_back(file.filename().string());
  return Error{Code::kUsage,
               fmt::format("has several files of {}: {}", what, fmt::join(names, ", ")),
               std::string(hint), folder.string()};
}

Result<fs::path> find_qrels(const fs::path& dir, const std::string& name) {
  std::error_code code;
  if (name.empty()) {
    const fs::path usual = dir / "qrels" / "test.tsv";
    if (fs::is_regular_file(usual, code)) return usual;
    std::vector<fs::path> files =
        list_files(dir / "qrels", [](const std::string& file) { return file.ends_with(".tsv"); });
    if (files.empty()) {
      files = list_files(dir, [](const std::string& file) {
        return file.starts_with("qrels") || file.ends_with(".qrels");
      });
    }
    return only_file(files, dir, "judgements", "name the file with --qrels");
  }
  for (const fs::path& folder : {dir / "qrels", dir, fs::path()}) {
    for (const char* ending : {"", ".tsv", ".qrels", ".txt"}) {
      const fs::path file = folder / (name + ending);
      if (fs::is_regular_file(file, code)) return file;
    }
  }
  return Error{Code::kNotFound, fmt::format("has no judgements named \"{}\"", name), "",
               dir.string()};
}

Result<std::vector<CollectionQuery>> find_queries(const fs::path& dir) {
  std::error_code code;
  const fs::path usual = dir / "queries.jsonl";
  if (fs::is_regular_file(usual, code)) return read_queries(usual);
  const std::vector<fs::path> files = list_files(dir, [](const std::string& file) {
    return file.starts_with("topics") || file.ends_with(".topics");
  });
  const Result<fs::path> topics =
      only_file(files, dir, "queries", "a collection has queries.jsonl or one file of topics");
  if (!topics) return topics.error();
  return read_topics(*topics);
}

// Text after the tag `name` up to the next tag, white space folded; false when the tag is missing.
bool tag_text(std::string_view topic, std::string_view name, std::string& text) {
  const std::size_t tag = topic.find(name);
  if (tag == std::string_view::npos) return false;
  const std::size_t begin = tag + name.size();
  std::size_t end = begin;
  while (end < topic.size()) {  // a "<" before anything but a letter or "/" is the text's own
    end = std::min(topic.find('<', end), topic.size());
    const char next = end + 1 < topic.size() ? topic[end + 1] : ' ';
    if (next == '/' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')) break;
    if (end < topic.size()) ++end;
  }
  text = fmt::format("{}", fmt::join(split_words(topic.substr(begin, end - begin)), " "));
  return true;
}

void drop_prefix(std::string& text, std::string_view prefix) {
  if (text.starts_with(prefix)) text = std::string(trim(text.substr(prefix.size())));
}

// Reads one <top>; the message of what is wrong with it, or nothing.
std::string_view parse_topic(std::string_view topic, CollectionQuery& query) {
  if (!tag_text(topic, "<num>", query.id)) return "a topic has no <num>";
  if (!tag_text(topic, "<title>", query.text)) return "a topic has no <title>";
  drop_prefix(query.id, "Number:");  // as the tracks of the nineties wrote them
  drop_prefix(query.text, "Topic:");
  if (query.id.empty()) return "a topic's <num> is empty";
  return {};
}

}  // namespace

Result<std::vector<CollectionQuery>> read_queries(const fs::path& file) {
  Result<LineReader> lines = LineReader::open(file);
  if (!lines) return lines.error();
  std::vector<CollectionQuery> queries;
  std::unordered_set<std::string> seen;
  std::string line;
  while (lines->next(line)) {
    if (trim(line).empty()) continue;
    const Result<JsonLine> json = JsonLine::parse(file, lines->number(), line);
    if (!json) return json.error();
    Result<std::string> id = json->identifier();
    if (!id) return id.error();
    Result<std::string> text = json->text("text");
    if (!text) return text.error();
    if (!seen.insert(*id).second) {
      return line_error(file, lines->number(), "a query of this _id stands further up");
    }
    queries.push_back({std::move(*id), std::move(*text)});
  }
  if (Status status = lines->status(); !status) return status.error();
  return queries;
}

Result<std::vector<CollectionQuery>> read_topics(const fs::path& file) {
  Result<LineReader> lines = LineReader::open(file);
  if (!lines) return lines.error();
  std::vector<CollectionQuery> queries;
  std::set<std::string> seen;
  std::string line;
  std::string topic;
  std::uint64_t start = 0;  // line of the open <top>; 0: none is open
  while (lines->next(line)) {
    if (line.find("<top>") != std::string::npos) {
      if (start != 0) return line_error(file, lines->number(), "<top> inside of a <top>");
      start = lines->number();
      topic.clear();
    }
    if (start == 0) continue;
    topic.append(line).push_back('\n');
    if (line.find("</top>") == std::string::npos) continue;
    CollectionQuery query;
    const std::string_view fault = parse_topic(topic, query);
    if (!fault.empty()) return line_error(file, start, fault);
    if (!seen.insert(query.id).second) {
      return line_error(file, start, "a topic of this number stands further up");
    }
    queries.push_back(std::move(query));
    start = 0;
  }
  if (Status status = lines->status(); !status) return status.error();
  if (start != 0) return line_error(file, start, "<top> is never closed");
  return queries;
}

Result<Collection> read_collection(const fs::path& dir, const std::string& qrels) {
  std::error_code code;
  if (!fs::is_directory(dir, code)) {
    return Error{Code::kNotFound, "is not a folder", "", dir.string()};
  }
  Collection collection;
  collection.dir = dir;
  collection.corpus = dir / "corpus.jsonl";
  if (!fs::is_regular_file(collection.corpus, code)) {
    return Error{Code::kNotFound, "has no corpus.jsonl", "name the folder of one collection",
                 dir.string()};
  }
  Result<std::vector<CollectionQuery>> queries = find_queries(dir);
  if (!queries) return queries.error();
  Result<fs::path> file = find_qrels(dir, qrels);
  if (!file) return file.error();
  collection.qrels = *file;
  Result<Judgements> judgements = read_judgements(*file);
  if (!judgements) return judgements.error();
  for (CollectionQuery& query : *queries) {
    const auto grades = judgements->find(query.id);
    if (grades == judgements->end()) continue;
    collection.judgements.insert(*grades);
    collection.queries.push_back(std::move(query));
  }
  if (collection.queries.empty()) {
    return Error{Code::kUnsupported, "judges none of the queries", "", file->string()};
  }
  return collection;
}

}  // namespace tome
