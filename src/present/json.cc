// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "present/clean.h"
#include "text/text.h"

namespace tome {
namespace {

using Json = nlohmann::ordered_json;

// Whatever is harmful on a terminal as \u escapes (the serialiser does so for C0 only).
// Whatever is not ASCII stands inside a string, and so does DEL: the text may be edited as a whole.
std::string escape_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const std::int32_t c = next_character(text, i);
    if (c >= 0x10000 && is_harmful(c)) {  // as a pair of surrogates
      const auto above = static_cast<unsigned>(c) - 0x10000;
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (above >> 10), 0xDC00 + (above & 0x3FF));
    } else if (c >= 0x7F && (is_harmful(c) || c == 0x2028 || c == 0x2029)) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.append(text.substr(begin, i - begin));
    }
  }
  return out;
}

std::string finish(const Json& document) {
  return escape_controls(document.dump(2, ' ', false, Json::error_handler_t::replace)) + '\n';
}

Json open(std::string_view kind) { return {{"schema", kJsonSchema}, {"kind", kind}}; }

// null says "not known": an empty string or a 0 would look like a value.
Json known(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json known(std::int64_t number) { return number == 0 ? Json() : Json(number); }

Json kind(Kind kind) {
  switch (kind) {
    case Kind::kBook:
      return "book";
    case Kind::kArticle:
      return "article";
    case Kind::kUnknown:
      break;
  }
  return nullptr;
}

std::string_view code_name(Code code) {
  switch (code) {
    case Code::kUsage:
      return "usage";
    case Code::kNotFound:
      return "not_found";
    case Code::kIo:
      return "io";
    case Code::kLocked:
      return "locked";
    case Code::kDamaged:
      return "damaged";
    case Code::kUnsupported:
      return "unsupported";
    case Code::kLimit:
      return "limit";
    case Code::kRefused:
      return "refused";
    case Code::kUnreachable:
      return "unreachable";
  }
  return "io";
}

Json error_fields(const Error& error) {
  return {{"code", code_name(error.code)},
          {"message", error.message},
          {"hint", known(error.hint)},
          {"path", known(error.path)}};
}

std::string_view again_name(FailedSource::Again again) {
  switch (again) {
    case FailedSource::Again::kNextUpdate:
      return "next_update";
    case FailedSource::Again::kGone:
      return "gone";
    case FailedSource::Again::kWhenChanged:
      break;
  }
  return "when_changed";
}

std::string_view completion_name(Completion::Of of) {
  switch (of) {
    case Completion::Of::kWord:
      return "word";
    case Completion::Of::kHeading:
      return "heading";
    case Completion::Of::kTitle:
      break;
  }
  return "title";
}

Json work(const WorkRef& work) {
  const WorkInfo& info = work.info;
  return {{"id", work.id},
          {"kind", kind(info.kind)},
          {"title", info.title},
          {"subtitle", known(info.subtitle)},
          {"authors", info.authors},
          {"year", known(info.year)},
          {"edition", known(info.edition)},
          {"publisher", known(info.publisher)},
          {"isbn", known(info.isbn)},
          {"topics", info.topics},
          {"features", info.features},
          {"language", known(info.language)},
          {"url", known(info.url)}};
}

Json locator(const Locator& where) {
  return {{"source", where.source},
          {"root", where.root},
          {"path", where.path},
          {"file", known(where.file)},
          {"file_url", where.file.empty() ? Json() : Json(file_url(where.file))},
          {"line", known(where.line)},
          {"anchor", known(where.anchor)},
          {"page", known(where.page)},
          {"page_label", known(where.page_label)},
          {"chapter", known(where.chapter)},
          {"begin", where.begin},
          {"end", where.end},
          {"headings", where.headings}};
}

Json snippet(const Snippet& snippet) {
  Json highlights = Json::array();
  for (const Span& span : snippet.highlights) {
    highlights.push_back({{"begin", span.begin}, {"end", span.end}});
  }
  return {{"text", snippet.text},
          {"offset", snippet.offset},
          {"cut_before", snippet.cut_before},
          {"cut_after", snippet.cut_after},
          {"highlights", std::move(highlights)}};
}

Json parts(const std::vector<ScorePart>& parts) {
  Json out = Json::array();
  for (const ScorePart& part : parts) {
    out.push_back({{"what", part.what}, {"detail", known(part.detail)}, {"value", part.value}});
  }
  return out;
}

Json passage(const PassageHit& hit) {
  Json works = Json::array();
  for (const WorkRef& each : hit.works) works.push_back(work(each));
  Json also = Json::array();
  for (const Locator& where : hit.also) also.push_back(locator(where));
  return {{"id", hit.id},
          {"score", hit.score},
          {"works", std::move(works)},
          {"locator", locator(hit.locator)},
          {"snippet", snippet(hit.snippet)},
          {"also", std::move(also)},
          {"parts", parts(hit.parts)}};
}

Json passages(const std::vector<PassageHit>& hits) {
  Json out = Json::array();
  for (const PassageHit& hit : hits) out.push_back(passage(hit));
  return out;
}

Json book(const BookHit& hit) {
  return {{"work", work(hit.work)},
          {"score", hit.score},
          {"passages", hit.passages},
          {"best", passages(hit.best)},
          {"parts", parts(hit.parts)}};
}

Json result(const PassageHit& hit) { return passage(hit); }
Json result(const BookHit& hit) { return book(hit); }

Json facet(const std::vector<FacetValue>& values) {
  Json out = Json::array();
  for (const FacetValue& value : values) {
    out.push_back({{"value", value.value}, {"works", value.works}});
  }
  return out;
}

Json facets(const Facets& facets) {
  if (facets.works == 0) return nullptr;
  return {{"works", facets.works},       {"topic", facet(facets.topics)},
          {"kind", facet(facets.kinds)}, {"author", facet(facets.authors)},
          {"year", facet(facets.years)}, {"lang", facet(facets.languages)}};
}

Json missing_shards(const std::vector<MissingShard>& missing) {
  Json list = Json::array();
  for (const MissingShard& shard : missing) {
    list.push_back({{"address", shard.address}, {"reason", shard.reason}});
  }
  return list;
}

template <class Hit>
std::string page(std::string_view kind, const Answer<Hit>& answer, std::uint64_t offset) {
  Json document = open(kind);
  document["understood"] = answer.understood;
  document["offset"] = offset;
  const std::uint64_t end = offset + answer.hits.size();
  const bool more = !answer.hits.empty() && end < answer.estimate;
  document["next_offset"] = more ? Json(end) : Json();
  document["estimate"] = answer.estimate;
  document["complete"] = answer.complete;
  Json& results = document["results"] = Json::array();
  std::uint64_t rank = offset;
  for (const Hit& hit : answer.hits) {
    Json ranked = {{"rank", ++rank}};
    ranked.update(result(hit));
    results.push_back(std::move(ranked));
  }
  Json& suggestions = document["suggestions"] = Json::array();
  for (const Suggestion& suggestion : answer.suggestions) {
    suggestions.push_back({{"word", suggestion.word}, {"nearest", suggestion.nearest}});
  }
  Json& corrections = document["corrections"] = Json::array();
  for (const Correction& one : answer.corrections) {
    corrections.push_back({{"typed", one.typed}, {"used", one.used}});
  }
  document["weak"] = answer.weak;
  document["facets"] = facets(answer.facets);
  document["notes"] = answer.notes;
  document["missing"] = missing_shards(answer.missing);
  return finish(document);
}

}  // namespace

std::string json_passages(const Answer<PassageHit>& answer, std::uint64_t offset) {
  return page("passages", answer, offset);
}

std::string json_books(const Answer<BookHit>& answer, std::uint64_t offset) {
  return page("books", answer, offset);
}

std::string json_passage_view(const PassageView& view) {
  Json document = open("passage");
  document["passage"] = passage(view.passage);
  document["before"] = passages(view.before);
  document["after"] = passages(view.after);
  return finish(document);
}

std::string json_works(const std::vector<WorkView>& works, std::uint64_t offset,
                       std::uint64_t total) {
  Json document = open("works");
  const std::uint64_t end = offset + works.size();
  document["offset"] = offset;
  document["next_offset"] = !works.empty() && end < total ? Json(end) : Json();
  document["total"] = total;
  Json& list = document["works"] = Json::array();
  for (const WorkView& view : works) {
    list.push_back({{"work", work(view.work)}, {"passages", view.passages}, {"files", view.files}});
  }
  return finish(document);
}

std::string json_works(const std::vector<WorkView>& works) {
  return json_works(works, 0, works.size());
}

std::string json_work(const WorkDetail& detail) {
  Json document = open("work");
  document["work"] = work(detail.view.work);
  document["passages"] = detail.view.passages;
  document["files"] = detail.view.files;
  document["headings"] = detail.headings;
  document["terms"] = detail.terms;
  Json& similar = document["similar"] = Json::array();
  for (const BookHit& hit : detail.similar) {
    similar.push_back({{"work", work(hit.work)}, {"score", hit.score}});
  }
  return finish(document);
}

std::string json_completions(const std::vector<Completion>& completions) {
  Json document = open("completions");
  Json& list = document["completions"] = Json::array();
  for (const Completion& completion : completions) {
    list.push_back({{"of", completion_name(completion.of)},
                    {"text", completion.text},
                    {"uses", completion.uses}});
  }
  return finish(document);
}

std::string json_status(const ShelfStatus& status) {
  Json document = open("status");
  document["generation"] = status.generation;
  document["passages"] = status.passages;
  document["sources"] = status.sources;
  document["failed"] = status.failed;
  document["works"] = status.works;
  document["books"] = status.books;
  document["segments"] = status.segments;
  document["bytes"] = status.bytes;
  document["text_bytes"] = status.text_bytes;
  Json& languages = document["languages"] = Json::array();
  for (const auto& language : status.languages) {
    languages.push_back({{"language", known(language.first)}, {"passages", language.second}});
  }
  Json& roots = document["roots"] = Json::array();
  for (const auto& root : status.roots) {
    roots.push_back({{"name", root.name}, {"path", root.path}, {"present", root.present}});
  }
  document["versions"] = {{"tome", known(status.tome)},
                          {"xapian", known(status.xapian)},
                          {"icu", known(status.icu)},
                          {"schema", status.schema},
                          {"analyser", status.analyser}};
  Json& shards = document["shards"] = Json::array();
  for (const ShardStatus& shard : status.shards) {
    const bool there = shard.reachable;
    shards.push_back({{"address", shard.address},
                      {"reachable", there},
                      {"reason", known(shard.reason)},
                      {"generation", there ? Json(shard.generation) : Json()},
                      {"passages", there ? Json(shard.passages) : Json()},
                      {"milliseconds", there && shard.remote ? Json(shard.milliseconds) : Json()}});
  }
  return finish(document);
}

std::string json_failures(const std::vector<FailedSource>& failures) {
  Json document = open("failures");
  Json& list = document["failures"] = Json::array();
  for (const FailedSource& source : failures) {
    list.push_back({{"id", source.id},
                    {"root", source.root},
                    {"path", source.path},
                    {"file", known(source.file)},
                    {"reason", source.reason},
                    {"size", source.size},
                    {"mtime", source.mtime},
                    {"again", again_name(source.again)}});
  }
  return finish(document);
}

std::string json_check(const CheckReport& report, const std::string& index) {
  Json document = open("check");
  document["index"] = index;
  document["sound"] = report.problems.empty();
  document["generation"] = known(static_cast<std::int64_t>(report.generation));
  document["fallback"] = known(static_cast<std::int64_t>(report.fallback));
  document["segments"] = report.segments;
  document["files"] = report.files;
  document["bytes"] = report.bytes;
  document["passages"] = report.passages;
  document["sources"] = report.sources;
  document["work_records"] = report.work_records;
  document["words"] = report.words;
  for (const auto& [name, list] :
       {std::pair("problems", &report.problems), std::pair("notices", &report.notices)}) {
    Json& errors = document[name] = Json::array();
    for (const Error& error : *list) errors.push_back(error_fields(error));
  }
  return finish(document);
}

std::string json_error(const Error& error) {
  Json document = open("error");
  document.update(error_fields(error));
  return finish(document);
}

}  // namespace tome
