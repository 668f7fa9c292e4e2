// SPDX-License-Identifier: GPL-2.0-or-later
#include "export/profile.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace tome {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kWindow = 8;  // words within which proximity counts

// The stemmers of OpenSearch's `stemmer` token filter.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kStemmers = {{
    {"ar", "arabic"},   {"ca", "catalan"}, {"cs", "czech"},     {"da", "danish"},
    {"de", "german2"},  {"el", "greek"},   {"en", "english"},   {"es", "spanish"},
    {"eu", "basque"},   {"fi", "finnish"}, {"fr", "french"},    {"hu", "hungarian"},
    {"it", "italian"},  {"nl", "dutch"},   {"no", "norwegian"}, {"pt", "portuguese"},
    {"ro", "romanian"}, {"ru", "russian"}, {"sv", "swedish"},   {"tr", "turkish"},
}};

// ---- Vespa

constexpr std::string_view kVespaHead =
    R"(# Written by tome export. Vespa: put this file into schemas/ of the application.
schema passage {
    document passage {
)";

struct VespaField {
  const char* name;
  const char* type;
  const char* indexing;
  bool text;
};

constexpr VespaField kVespaFields[] = {
    {"language", "string", "summary | attribute | set_language", false},  // before what it governs
    {"id", "string", "summary | attribute", false},
    {"text", "string", "summary | index", true},
    {"title", "string", "summary | index", true},
    {"authors", "array<string>", "summary | index", true},
    {"headings", "array<string>", "summary | index", true},
    {"kind", "string", "summary | attribute", false},
    {"topics", "array<string>", "summary | attribute", false},
    {"year", "int", "summary | attribute", false},
    {"work", "string", "summary | attribute", false},
    {"source", "string", "summary | attribute", false},
    {"root", "string", "summary | attribute", false},
    {"path", "string", "summary", false},
    {"ordinal", "int", "summary", false},
    {"line", "int", "summary", false},
    {"page", "int", "summary", false},
    {"page_label", "string", "summary", false},
    {"chapter", "string", "summary", false},
    {"anchor", "string", "summary", false},
    {"begin", "int", "summary", false},
    {"end", "int", "summary", false},
};

std::string vespa_schema(const RankWeights& weights) {
  std::string out(kVespaHead);
  for (const VespaField& field : kVespaFields) {
    out += fmt::format("        field {} type {} {{\n            indexing: {}\n", field.name,
                       field.type, field.indexing);
    if (field.text) out += "            index: enable-bm25\n";
    out += "        }\n";
  }
  out +=
      "    }\n\n    fieldset default {\n        fields: text, title, authors, headings\n    }\n\n";
  out += "    # The first phase as tome's; the second takes neighbouring words into account.\n";
  out += "    rank-profile tome {\n        rank-properties {\n";
  for (const char* field : {"text", "title", "authors", "headings"}) {
    out += fmt::format("            bm25({0}).k1: {1}\n            bm25({0}).b: {2}\n", field,
                       weights.k1, weights.b);
  }
  out += fmt::format(
      "        }}\n        first-phase {{\n            expression: bm25(text) + {} * "
      "bm25(headings) "
      "+ {} * bm25(title) + {} * bm25(authors)\n        }}\n",
      weights.heading, weights.title, weights.title);
  // fieldMatch(text).proximity is 0 to 1, tome's is in units of a term's idf: so of the first
  // phase.
  out += fmt::format(
      "        second-phase {{\n            rerank-count: 100\n            expression: firstPhase "
      "* "
      "(1 + {} * nativeProximity(text) + {} * fieldMatch(text).queryCompleteness)\n        }}\n"
      "    }}\n}}\n",
      weights.proximity, weights.coverage);
  return out;
}

constexpr std::string_view kVespaQuery =
    R"(<?xml version="1.0" encoding="utf-8"?>
<!-- Written by tome export. Vespa: search/query-profiles/tome.xml of the application. A question:
     /search/?queryProfile=tome&query=WORDS, with a filter: &yql=select * from passage where
     userQuery() and language contains "en" -->
<query-profile id="tome">
    <field name="yql">select * from passage where userQuery()</field>
    <field name="model.type">weakAnd</field>
    <field name="model.defaultIndex">default</field>
    <field name="ranking.profile">tome</field>
    <field name="hits">10</field>
</query-profile>
)";

// ---- OpenSearch

Json opensearch_mapping(const std::string& language, const RankWeights& weights) {
  Json filters = {"lowercase", "asciifolding"};
  Json analysis = Json::object();
  for (const auto& [code, stemmer] : kStemmers) {
    if (code != language) continue;
    analysis["filter"]["passage_stemmer"] = {{"type", "stemmer"}, {"language", stemmer}};
    filters.push_back("passage_stemmer");
  }
  analysis["analyzer"]["passage"] = {
      {"type", "custom"}, {"tokenizer", "standard"}, {"filter", filters}};
  const Json text = {{"type", "text"}, {"analyzer", "passage"}};
  const Json word = {{"type", "keyword"}};
  const Json number = {{"type", "integer"}};
  const Json shown = {{"type", "keyword"}, {"index", false}, {"doc_values", false}};
  const Json count = {{"type", "integer"}, {"index", false}, {"doc_values", false}};
  // A long title is no reason to turn a passage down: a keyword may have 32,766 bytes.
  const Json path = {{"type", "keyword"}, {"ignore_above", 8000}};
  return {
      {"settings",
       {{"number_of_shards", 1},
        {"analysis", analysis},
        {"similarity", {{"default", {{"type", "BM25"}, {"k1", weights.k1}, {"b", weights.b}}}}}}},
      {"mappings",
       {{"dynamic", "strict"},
        {"properties",
         {{"id", word},          {"text", text},      {"title", text},   {"authors", text},
          {"headings", text},    {"language", word},  {"kind", word},    {"topics", path},
          {"year", number},      {"work", word},      {"source", word},  {"root", path},
          {"path", path},        {"ordinal", number}, {"line", count},   {"page", count},
          {"page_label", shown}, {"chapter", shown},  {"anchor", shown}, {"begin", count},
          {"end", count}}}}}};
}

std::string boosted(const char* field, double weight) {
  return fmt::format("{}^{}", field, weight);
}

// Mustache leaves out what has no value, which JSON cannot say: so the source is text.
Json opensearch_template(const RankWeights& weights) {
  const Json fields = {"text", boosted("headings", weights.heading),
                       boosted("title", weights.title), boosted("authors", weights.title)};
  std::string filters;
  for (const char* name : {"language", "kind", "topics", "work"}) {
    filters +=
        fmt::format(R"({{{{#{0}}}}}{{"term": {{"{0}": "{{{{{0}}}}}"}}}}, {{{{/{0}}}}})", name);
  }
  std::string source = R"({"size": {{size}}{{^size}}10{{/size}}, "query": {"bool": {)";
  source +=
      R"("must": [{"multi_match": {"query": "{{question}}", "type": "most_fields", "fields": )";
  source += fields.dump() + "}}], ";
  source += fmt::format(
      R"("should": [{{"match_phrase": {{"text": {{"query": "{{{{question}}}}", "slop": {}, "boost": {}}}}}}}], )",
      kWindow, weights.proximity);
  source += R"("filter": [)" + filters + R"({"match_all": {}}]}}})";
  return {{"script", {{"lang", "mustache"}, {"source", source}}}};
}

}  // namespace

std::vector<ProfileFile> profile_files(FeedFormat format, const std::string& language,
                                       const RankWeights& weights) {
  switch (format) {
    case FeedFormat::kVespa:
      return {{"passage.sd", vespa_schema(weights)},
              {"query-profile.xml", std::string(kVespaQuery)}};
    case FeedFormat::kOpenSearch:
      return {{"mapping.json", opensearch_mapping(language, weights).dump(2) + "\n"},
              {"search-template.json", opensearch_template(weights).dump(2) + "\n"}};
    case FeedFormat::kJsonLines:
      break;
  }
  return {};
}

}  // namespace tome
