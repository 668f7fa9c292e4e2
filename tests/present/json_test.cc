// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/json.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "present/samples.h"

namespace tome {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;
}
using Keys = std::vector<std::string>;

const Keys kWorkKeys = {"id",        "kind", "title",  "subtitle", "authors",  "year", "edition",
                        "publisher", "isbn", "topics", "features", "language", "url"};
const Keys kLocatorKeys = {"source", "root",   "path",    "file",       "file_url",
                           "line",   "anchor", "page",    "page_label", "chapter",
                           "begin",  "end",    "headings"};

TEST(Json, PassagesFieldByField) {
  PassageHit hit = samples::descriptors();
  hit.works.push_back(samples::review());
  hit.also = {samples::place("copy.txt", 0)};
  hit.also[0].file = "";
  hit.parts = {{"bm25", "descriptor", 7.5}, {"heading", "", 0}};
  auto answer = samples::answer<PassageHit>({hit});
  answer.estimate = 40;
  answer.complete = false;
  answer.suggestions = {{"discriptor", {"descriptor"}}};
  answer.corrections = {{"pyhton", "python"}};
  answer.weak = true;
  answer.facets.works = 3;
  answer.facets.topics = {{"tea", 2}};
  answer.notes = {"a note"};
  answer.missing = {{"tcp://a:1", "no answer"}};
  const std::string text = json_passages(answer, 20);
  EXPECT_EQ(text.back(), '\n');
  const Json json = Json::parse(text);
  EXPECT_EQ(keys(json),
            (Keys{"schema", "kind", "understood", "offset", "next_offset", "estimate", "complete",
                  "results", "suggestions", "corrections", "weak", "facets", "notes", "missing"}));
  EXPECT_EQ(json["missing"].dump(), R"([{"address":"tcp://a:1","reason":"no answer"}])");
  EXPECT_EQ(json["corrections"].dump(), R"([{"typed":"pyhton","used":"python"}])");
  EXPECT_EQ(json["weak"], true);
  EXPECT_EQ(json["facets"].dump(),
            R"({"works":3,"topic":[{"value":"tea","works":2}],"kind":[],"author":[],"year":[],)"
            R"("lang":[]})");
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["kind"], "passages");
  EXPECT_EQ(json["understood"], "descriptors");
  EXPECT_EQ(json["offset"], 20);
  EXPECT_EQ(json["next_offset"], 21);
  EXPECT_EQ(json["estimate"], 40);
  EXPECT_EQ(json["complete"], false);
  EXPECT_EQ(json["suggestions"].dump(), R"([{"word":"discriptor","nearest":["descriptor"]}])");
  EXPECT_EQ(json["notes"].dump(), R"(["a note"])");

  ASSERT_EQ(json["results"].size(), 1u);
  const Json& result = json["results"][0];
  EXPECT_EQ(keys(result),
            (Keys{"rank", "id", "score", "works", "locator", "snippet", "also", "parts"}));
  EXPECT_EQ(result["rank"], 21);
  EXPECT_EQ(result["id"], "k3x7q2mzpa4d");
  EXPECT_EQ(result["score"], 7.5);
  EXPECT_EQ(keys(result["works"][0]), kWorkKeys);
  EXPECT_EQ(result["works"][0]["kind"], "book");
  EXPECT_EQ(result["works"][0]["authors"].dump(), R"(["Luciano Ramalho"])");
  EXPECT_EQ(result["works"][0]["year"], 2022);
  EXPECT_EQ(result["works"][1]["kind"], "article");
  EXPECT_TRUE(result["works"][1]["year"].is_null());
  EXPECT_EQ(keys(result["locator"]), kLocatorKeys);
  EXPECT_EQ(result["locator"]["file"], "/home/ann/corpus/books/fluent-python.md");
  EXPECT_EQ(result["locator"]["line"], 41);
  EXPECT_EQ(result["locator"]["end"], 2950);
  EXPECT_EQ(result["locator"]["headings"].dump(), R"(["Metaprogramming","Attribute Descriptors"])");
  EXPECT_TRUE(result["also"][0]["file"].is_null());
  EXPECT_TRUE(result["also"][0]["line"].is_null());
  EXPECT_EQ(result["parts"].dump(), R"([{"what":"bm25","detail":"descriptor","value":7.5},)"
                                    R"({"what":"heading","detail":null,"value":0.0}])");

  const Json& snippet = result["snippet"];
  EXPECT_EQ(keys(snippet), (Keys{"text", "offset", "cut_before", "cut_after", "highlights"}));
  const std::string words = snippet["text"];
  ASSERT_EQ(snippet["highlights"].size(), 2u);
  for (const Json& mark : snippet["highlights"]) {
    const std::size_t begin = mark["begin"];
    const std::size_t end = mark["end"];
    EXPECT_EQ(words.substr(begin, end - begin), "descriptor");
  }
}

TEST(Json, LastPageHasNoNext) {
  const Json last = Json::parse(json_passages(samples::text_only("x"), 0));
  EXPECT_TRUE(last["next_offset"].is_null());
  Answer<PassageHit> none;
  none.estimate = 12;
  EXPECT_TRUE(Json::parse(json_passages(none, 20))["next_offset"].is_null());
}

TEST(Json, Books) {
  BookHit hit;
  hit.work = samples::fluent_python();
  hit.score = 3.5;
  hit.passages = 12;
  hit.best = {samples::descriptors()};
  hit.parts = {{"passages", "12", 3.5}};
  const Json json = Json::parse(json_books(samples::answer<BookHit>({hit}), 0));
  EXPECT_EQ(json["kind"], "books");
  const Json& result = json["results"][0];
  EXPECT_EQ(keys(result), (Keys{"rank", "work", "score", "passages", "best", "parts"}));
  EXPECT_EQ(result["work"]["title"], "Fluent Python");
  EXPECT_EQ(result["passages"], 12);
  EXPECT_EQ(keys(result["best"][0]),
            (Keys{"id", "score", "works", "locator", "snippet", "also", "parts"}));
}

TEST(Json, PassageView) {
  const PassageView view{samples::descriptors(), {}, {samples::reviewed()}};
  const Json json = Json::parse(json_passage_view(view));
  EXPECT_EQ(keys(json), (Keys{"schema", "kind", "passage", "before", "after"}));
  EXPECT_EQ(json["kind"], "passage");
  EXPECT_EQ(json["passage"]["id"], "k3x7q2mzpa4d");
  EXPECT_EQ(json["before"].dump(), "[]");
  EXPECT_EQ(json["after"][0]["snippet"]["cut_before"], true);
}

TEST(Json, Works) {
  WorkRef unknown;
  unknown.id = "w3";
  const Json json = Json::parse(json_works({{samples::review(), {"corpus/coder.txt"}, 4},  //
                                            {unknown, {}, 0}}));
  EXPECT_EQ(json["kind"], "works");
  EXPECT_EQ(keys(json["works"][0]), (Keys{"work", "passages", "files"}));
  EXPECT_EQ(json["works"][0]["files"].dump(), R"(["corpus/coder.txt"])");
  EXPECT_TRUE(json["works"][1]["work"]["kind"].is_null());
  EXPECT_EQ(json["works"][1]["files"].dump(), "[]");
}

TEST(Json, StatusWhole) {
  ShelfStatus status;
  status.generation = 42;
  status.passages = 312;
  status.sources = 6;
  status.works = 6;
  status.books = 5;
  status.segments = 1;
  status.bytes = 734567;
  status.text_bytes = 98765;
  status.languages = {{"en", 300}, {"", 12}};
  status.roots = {{"corpus", "/home/ann/corpus"}};
  status.tome = "0.1.0";
  status.xapian = "1.4.22";
  status.icu = "72.1";
  status.schema = 2;
  status.analyser = 5;
  EXPECT_EQ(json_status(status), R"({
  "schema": 1,
  "kind": "status",
  "generation": 42,
  "passages": 312,
  "sources": 6,
  "failed": 0,
  "works": 6,
  "books": 5,
  "segments": 1,
  "bytes": 734567,
  "text_bytes": 98765,
  "languages": [
    {
      "language": "en",
      "passages": 300
    },
    {
      "language": null,
      "passages": 12
    }
  ],
  "roots": [
    {
      "name": "corpus",
      "path": "/home/ann/corpus",
      "present": true
    }
  ],
  "versions": {
    "tome": "0.1.0",
    "xapian": "1.4.22",
    "icu": "72.1",
    "schema": 2,
    "analyser": 5
  },
  "shards": []
}
)");
}

TEST(Json, Failures) {
  using Again = FailedSource::Again;
  const Json json = Json::parse(json_failures(
      {{"s1", "docs", "a.pdf", "/d/a.pdf", "the file is encrypted", 12, 34, Again::kWhenChanged},
       {"s2", "docs", "b", "", "too deep", 1, 2, Again::kNextUpdate},
       {"s3", "docs", "c", "", "too deep", 1, 2, Again::kGone}}));
  EXPECT_EQ(json["kind"], "failures");
  EXPECT_EQ(json["failures"][0].dump(),
            R"({"id":"s1","root":"docs","path":"a.pdf","file":"/d/a.pdf",)"
            R"("reason":"the file is encrypted","size":12,"mtime":34,"again":"when_changed"})");
  EXPECT_TRUE(json["failures"][1]["file"].is_null());
  EXPECT_EQ(json["failures"][1]["again"], "next_update");
  EXPECT_EQ(json["failures"][2]["again"], "gone");
}

TEST(Json, ErrorsOfEveryCode) {
  const std::pair<Code, std::string_view> codes[] = {
      {Code::kUsage, "usage"},     {Code::kNotFound, "not_found"},
      {Code::kIo, "io"},           {Code::kLocked, "locked"},
      {Code::kDamaged, "damaged"}, {Code::kUnsupported, "unsupported"},
      {Code::kLimit, "limit"},     {Code::kRefused, "refused"},
  };
  for (const auto& [code, name] : codes) {
    EXPECT_EQ(Json::parse(json_error({code, "message", "", "path"})).dump(),
              R"({"schema":1,"kind":"error","code":")" + std::string(name) +
                  R"(","message":"message","hint":null,"path":"path"})");
  }
}

TEST(Json, ExamplesInTheDocumentationAreWhatIsPrinted) {
  std::ifstream file(std::string(TOME_CORPUS) + "/../docs/json.md");
  const std::string docs{std::istreambuf_iterator<char>(file), {}};
  auto answer = samples::answer<PassageHit>({samples::descriptors()});
  answer.estimate = 24;
  ShelfStatus status;
  status.generation = 42;
  status.passages = 312;
  status.sources = 6;
  status.works = 6;
  status.books = 5;
  status.segments = 1;
  status.bytes = 734567;
  status.text_bytes = 98765;
  status.languages = {{"en", 312}};
  status.roots = {{"corpus", "/home/ann/corpus"}};
  status.tome = "0.1.0";
  status.xapian = "1.4.22";
  status.icu = "72.1";
  status.schema = 2;
  status.analyser = 5;
  const Error error{Code::kNotFound, "there is no index here", "tome index PATH",
                    "/home/ann/index"};
  for (const std::string& example :
       {json_passages(answer, 0), json_status(status), json_error(error)}) {
    EXPECT_NE(docs.find("```json\n" + example + "```\n"), docs.npos) << example;
  }
}

TEST(Json, InvalidUtf8IsReplaced) {
  const Json json = Json::parse(json_error({Code::kIo, "cannot read", "", "/a\xff.txt"}));
  EXPECT_EQ(json["path"], "/a\uFFFD.txt");
}

TEST(Json, ControlCharactersAreEscapedAndComeBack) {
  const std::string text = "esc \x1b del \x7f csi \u009B bidi \u202E\u2066 é \"\\";
  const std::string out = json_error({Code::kIo, text, "", ""});
  EXPECT_NE(out.find(R"(esc \u001b del \u007f csi \u009b bidi \u202e\u2066 é \"\\)"), out.npos);
  EXPECT_EQ(Json::parse(out)["message"], text);
}

}  // namespace
}  // namespace tome
