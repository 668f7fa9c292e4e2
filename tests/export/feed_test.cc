// SPDX-License-Identifier: GPL-2.0-or-later
#include "export/feed.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "export/profile.h"
#include "support/segments.h"
#include "text/text.h"

namespace tome {
namespace {

using Json = nlohmann::json;

PassageRecord full_record() {
  PassageRecord record =
      passage_of("books/\"x\"\n.md", 7, "One \"two\"\tthree\n\\four caf\u00e9 \U0001F4DA");
  record.line = 12;
  record.page = 3;
  record.page_label = "iii";
  record.chapter = "text/ch1.xhtml";
  record.anchor = "top";
  record.begin = 5;
  record.headings = {"Outer", "Inner"};
  record.title = "From the record";
  record.authors = {"Nobody"};
  return record;
}

Work full_work() {
  Work work;
  work.id = "abcdefghijklmnop";
  work.info.title = "A Title";
  work.info.authors = {"Ann Lee", "Bo"};
  work.info.kind = Kind::kBook;
  work.info.year = 1999;
  work.info.topics = {"one", "two words"};
  return work;
}

// Each line by itself, as an engine reads them.
std::vector<Json> lines_of(const std::string& text) {
  EXPECT_TRUE(text.ends_with('\n'));
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  return lines;
}

TEST(Feed, EveryFieldOfAPassage) {
  const PassageRecord record = full_record();
  const Work work = full_work();
  const std::vector<Json> lines = lines_of(feed_lines(FeedFormat::kJsonLines, record, &work));
  ASSERT_EQ(lines.size(), 1u);
  const Json expected = {{"id", record.id},
                         {"text", record.text},
                         {"title", "A Title"},
                         {"authors", {"Ann Lee", "Bo"}},
                         {"headings", {"Outer", "Inner"}},
                         {"language", "en"},
                         {"kind", "book"},
                         {"topics", {"one", "two words"}},
                         {"year", 1999},
                         {"work", "abcdefghijklmnop"},
                         {"source", record.source},
                         {"root", "root"},
                         {"path", record.path},
                         {"ordinal", 7},
                         {"line", 12},
                         {"page", 3},
                         {"page_label", "iii"},
                         {"chapter", "text/ch1.xhtml"},
                         {"anchor", "top"},
                         {"begin", 5},
                         {"end", record.end}};
  EXPECT_EQ(lines[0], expected);
}

TEST(Feed, TheFormsThatEnginesWant) {
  const PassageRecord record = full_record();
  const Work work = full_work();
  const Json fields = lines_of(feed_lines(FeedFormat::kJsonLines, record, &work))[0];
  const auto vespa = lines_of(feed_lines(FeedFormat::kVespa, record, &work));
  ASSERT_EQ(vespa.size(), 1u);
  EXPECT_EQ(vespa[0], (Json{{"put", "id:tome:passage::" + record.id}, {"fields", fields}}));
  const auto open = lines_of(feed_lines(FeedFormat::kOpenSearch, record, &work));
  ASSERT_EQ(open.size(), 2u);
  EXPECT_EQ(open[0], (Json{{"index", {{"_id", record.id}}}}));
  EXPECT_EQ(open[1], fields);
}

TEST(Feed, WhatIsNotKnownIsLeftOut) {
  const PassageRecord record = passage_of("a.txt", 0, "words");
  const Json fields = lines_of(feed_lines(FeedFormat::kJsonLines, record, nullptr))[0];
  std::set<std::string> names;
  for (const auto& [name, value] : fields.items()) names.insert(name);
  EXPECT_EQ(names, (std::set<std::string>{"id", "text", "language", "work", "source", "root",
                                          "path", "ordinal", "begin", "end"}));
  EXPECT_EQ(fields["work"], "key-a.txt");
}

TEST(Feed, CharactersThatVespaTurnsDownAreSpaces) {
  PassageRecord record = passage_of("a.txt", 0, "");
  const struct {
    const char* text;
    const char* vespa;
  } cases[] = {
      {"a\x01z", "a z"},
      {"a\x1fz", "a z"},
      {"a\tb\nc\rd", "a\tb\nc\rd"},
      {"a\u007fz", "a\u007fz"},
      {"a\u0085z", "a\u0085z"},
      {"a\uFDD0z", "a z"},
      {"a\uFDEFz", "a\uFDEFz"},
      {"a\U0001FFFEz", "a z"},
      {"a\U0010FFFFz", "a z"},
      {"a\uFFFDz", "a\uFFFDz"},
      {"\U0001F4DA", "\U0001F4DA"},
  };
  for (const auto& one : cases) {
    record.text = one.text;
    EXPECT_EQ(lines_of(feed_lines(FeedFormat::kVespa, record, nullptr))[0]["fields"]["text"],
              one.vespa);
    EXPECT_EQ(lines_of(feed_lines(FeedFormat::kJsonLines, record, nullptr))[0]["text"], one.text);
  }
}

TEST(Feed, BytesThatAreNotUtf8AreReplaced) {
  PassageRecord record = passage_of("caf\xe9.txt", 0, "words");
  for (const FeedFormat format :
       {FeedFormat::kVespa, FeedFormat::kOpenSearch, FeedFormat::kJsonLines}) {
    std::string lines = feed_lines(format, record, nullptr);
    EXPECT_EQ(repair_utf8(lines), 0u);
    EXPECT_NE(lines.find("caf\uFFFD.txt"), std::string::npos) << lines;
  }
}

// The fields that a schema knows are those that the feed writes: an engine turns down others.
TEST(Profile, KnowsEveryFieldOfTheFeed) {
  const Work work = full_work();
  const Json fields = lines_of(feed_lines(FeedFormat::kJsonLines, full_record(), &work))[0];
  const auto vespa = profile_files(FeedFormat::kVespa, "en");
  ASSERT_EQ(vespa.size(), 2u);
  const Json mapping = Json::parse(profile_files(FeedFormat::kOpenSearch, "en").at(0).text);
  const Json& properties = mapping["mappings"]["properties"];
  EXPECT_EQ(properties.size(), fields.size());
  for (const auto& [name, value] : fields.items()) {
    EXPECT_TRUE(properties.contains(name)) << name;
    const std::string type = value.is_array()    ? "array<string>"
                             : value.is_number() ? "int"
                                                 : "string";
    EXPECT_NE(vespa[0].text.find("        field " + name + " type " + type + " {\n"),
              std::string::npos)
        << name;
  }
}

TEST(Profile, CarriesTheWeights) {
  RankWeights weights;
  weights.k1 = 1.5;
  weights.heading = 0.125;
  const std::string schema = profile_files(FeedFormat::kVespa, "en", weights)[0].text;
  EXPECT_NE(schema.find("bm25(text).k1: 1.5\n"), std::string::npos);
  EXPECT_NE(schema.find("0.125 * bm25(headings)"), std::string::npos);
  const auto open = profile_files(FeedFormat::kOpenSearch, "de", weights);
  const Json mapping = Json::parse(open[0].text);
  EXPECT_EQ(mapping["settings"]["similarity"]["default"]["k1"], 1.5);
  EXPECT_EQ(mapping["settings"]["analysis"]["filter"]["passage_stemmer"]["language"], "german2");
  EXPECT_FALSE(
      Json::parse(profile_files(FeedFormat::kOpenSearch, "zh")[0].text)["settings"]["analysis"]
          .contains("filter"));
  EXPECT_NE(open[1].text.find("headings^0.125"), std::string::npos);
}

// Mustache by hand: sections of what is given stay, the others go.
std::string rendered(std::string text, const std::map<std::string, std::string>& given) {
  for (const char* name : {"size", "language", "kind", "topics", "work"}) {
    const auto found = given.find(name);
    for (const char sign : {'#', '^'}) {
      const std::string open = std::string("{{") + sign + name + "}}";
      const std::string close = std::string("{{/") + name + "}}";
      const std::size_t begin = text.find(open);
      if (begin == std::string::npos) continue;
      const std::size_t end = text.find(close, begin);
      const bool stays = (sign == '#') == (found != given.end());
      const std::string inner = text.substr(begin + open.size(), end - begin - open.size());
      text.replace(begin, end + close.size() - begin, stays ? inner : "");
    }
  }
  for (const char* name : {"question", "size", "language", "kind", "topics", "work"}) {
    const auto found = given.find(name);
    const std::string place = std::string("{{") + name + "}}";
    for (std::size_t at; (at = text.find(place)) != std::string::npos;) {
      text.replace(at, place.size(), found == given.end() ? "" : found->second);
    }
  }
  return text;
}

TEST(Profile, TheSearchTemplateIsJsonWithAndWithoutFilters) {
  const Json script = Json::parse(profile_files(FeedFormat::kOpenSearch, "en")[1].text)["script"];
  const std::string source = script["source"];
  const Json plain = Json::parse(rendered(source, {{"question", "a b"}}));
  EXPECT_EQ(plain["size"], 10);
  EXPECT_EQ(plain["query"]["bool"]["filter"].size(), 1u);
  EXPECT_EQ(plain["query"]["bool"]["must"][0]["multi_match"]["query"], "a b");
  const Json full = Json::parse(
      rendered(source, {{"question", "a"}, {"size", "5"}, {"language", "en"}, {"topics", "t"}}));
  EXPECT_EQ(full["size"], 5);
  EXPECT_EQ(full["query"]["bool"]["filter"], (Json{{{"term", {{"language", "en"}}}},
                                                   {{"term", {{"topics", "t"}}}},
                                                   {{"match_all", Json::object()}}}));
}

}  // namespace
}  // namespace tome
