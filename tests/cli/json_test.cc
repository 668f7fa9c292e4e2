// SPDX-License-Identifier: GPL-2.0-or-later
// --json: every output parses and has the fields that docs/json.md names, and no others.
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "cli/program.h"

namespace tome::test {
namespace {

using Json = nlohmann::json;
using Fields = std::set<std::string>;

// "top", "passages" (a document) or "# work" (an object within) -> the fields of the table below
// that heading of docs/json.md.
std::map<std::string, Fields> documented() {
  static const std::regex name("`([a-z_]+)`");
  std::map<std::string, Fields> out;
  std::string heading;
  std::ifstream file(TOME_DOCS "/json.md");
  for (std::string line; std::getline(file, line);) {
    std::smatch found;
    if (line.starts_with("### ")) {
      heading = line.substr(2);
    } else if (line.starts_with("#")) {
      heading = std::regex_search(line, found, name) ? found[1].str() : "top";
    } else if (line.starts_with("| `")) {
      const std::string cell = line.substr(0, line.find('|', 1));
      for (std::sregex_iterator it(cell.begin(), cell.end(), name), end; it != end; ++it) {
        out[heading].insert((*it)[1]);
      }
    }
  }
  return out;
}

Fields keys(const Json& object) {
  Fields out;
  for (const auto& [key, value] : object.items()) out.insert(key);
  return out;
}

class JsonOutput : public ProgramTest {
 protected:
  void SetUp() override {
    index_shelf();
    write("shelf/copy.md", "# Copies\n\nThe very same words about a dovecote, twice.\n");
    write("shelf/more/copy.md", "# Copies\n\nThe very same words about a dovecote, twice.\n");
    ASSERT_EQ(tome({"index"}).code, 0);
  }

  Json ask(const Words& arguments, int code = 0) {
    const Ran ran = tome(arguments);
    EXPECT_EQ(ran.code, code) << arguments[0] << ran.err;
    EXPECT_EQ(ran.err, "");
    EXPECT_TRUE(ran.out.ends_with("}\n"));
    const Json json = Json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << ran.out;
    if (json.is_discarded()) return Json::object();
    EXPECT_EQ(json.at("schema"), 1);
    return json;
  }

  void expect_document(const Json& json, const std::string& kind, Fields fields) {
    EXPECT_EQ(json.value("kind", ""), kind);
    fields.insert({"schema", "kind"});
    EXPECT_EQ(keys(json), fields);
  }

  void expect_passage(Json hit, bool ranked) {
    EXPECT_EQ(hit.erase("rank"), ranked ? 1u : 0u);
    EXPECT_EQ(keys(hit), docs_.at("# passage"));
    EXPECT_EQ(hit.at("id").get<std::string>().size(), 12u);
    EXPECT_EQ(keys(hit.at("locator")), docs_.at("# locator"));
    for (const Json& also : hit.at("also")) EXPECT_EQ(keys(also), docs_.at("# locator"));
    for (const Json& work : hit.at("works")) EXPECT_EQ(keys(work), docs_.at("# work"));
    EXPECT_FALSE(hit.at("works").empty());
    EXPECT_EQ(keys(hit.at("snippet")), docs_.at("# snippet"));
    const std::string text = hit.at("snippet").at("text");
    for (const Json& range : hit.at("snippet").at("highlights")) {
      EXPECT_LT(range.at("begin"), range.at("end"));
      EXPECT_LE(range.at("end"), text.size());
    }
    for (const Json& part : hit.at("parts")) EXPECT_EQ(keys(part), docs_.at("# part"));
  }

  void expect_sum(const Json& hit) {
    double sum = 0;
    for (const Json& part : hit.at("parts")) sum += part.at("value").get<double>();
    EXPECT_FALSE(hit.at("parts").empty());
    EXPECT_NEAR(sum, hit.at("score").get<double>(), 2e-6);
  }

  std::map<std::string, Fields> docs_ = documented();
};

TEST_F(JsonOutput, Search) {
  Json json = ask({"search", "the", "escapement", "--json", "--explain"});
  expect_document(json, "passages", docs_.at("passages"));
  EXPECT_EQ(json.at("understood"), "(bag the escapement)");
  EXPECT_EQ(json.at("next_offset"), nullptr);
  ASSERT_EQ(json.at("results").size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(json["results"][i].at("rank"), i + 1);
    expect_passage(json["results"][i], true);
    expect_sum(json["results"][i]);
    EXPECT_FALSE(json["results"][i].at("snippet").at("highlights").empty());
  }
  json = ask({"search", "dovecote", "--json"});
  ASSERT_EQ(json.at("results").size(), 1u);
  expect_passage(json["results"][0], true);
  EXPECT_EQ(json["results"][0].at("also").size(), 1u);
  EXPECT_EQ(json["results"][0].at("parts"), Json::array());
}

TEST_F(JsonOutput, NothingFound) {
  EXPECT_EQ(ask({"search", "dovecott", "--json"}).at("corrections"),
            Json::parse(R"([{"typed": "dovecott", "used": "dovecote"}])"));
  const Json json = ask({"search", "dovecott", "--as-typed", "--json"}, 1);
  expect_document(json, "passages", docs_.at("passages"));
  EXPECT_EQ(json.at("results"), Json::array());
  EXPECT_EQ(json.at("suggestions"),
            Json::parse(R"([{"word": "dovecott", "nearest": ["dovecote"]}])"));
}

TEST_F(JsonOutput, LocatorsPointAtTheFile) {
  const Json hit = ask({"search", "reefing", "--json"}).at("results").at(0);
  EXPECT_EQ(hit.at("locator").at("root"), "shelf");
  EXPECT_EQ(hit.at("locator").at("path"), "review.txt");
  EXPECT_EQ(hit.at("locator").at("file"), "TMP/shelf/review.txt");
  EXPECT_EQ(hit.at("locator").at("line"), 13);
  EXPECT_EQ(hit.at("works").at(0).at("title"), "The Small Boat");
  EXPECT_EQ(hit.at("works").at(0).at("subtitle"), "Sailing Alone");
  EXPECT_EQ(hit.at("works").at(0).at("authors"), Json::parse(R"(["Cora Mast"])"));
  EXPECT_EQ(hit.at("works").at(1).at("title"), "Three Books for Slow Evenings");
}

TEST_F(JsonOutput, Books) {
  const Json json = ask({"books", "escapement", "--json", "--explain"});
  expect_document(json, "books", docs_.at("passages"));
  ASSERT_EQ(json.at("results").size(), 1u);
  const Json& hit = json["results"][0];
  EXPECT_EQ(keys(hit), docs_.at("books"));
  EXPECT_EQ(hit.at("rank"), 1);
  EXPECT_EQ(hit.at("passages"), 2);
  EXPECT_EQ(hit.at("best").size(), 2u);
  expect_sum(hit);
  for (const Json& passage : hit.at("best")) expect_passage(passage, false);
}

TEST_F(JsonOutput, Show) {
  const Json json = ask({"show", "462s65t443ia", "--json"});
  expect_document(json, "passage", docs_.at("passage"));
  expect_passage(json.at("passage"), false);
  EXPECT_EQ(json.at("before"), Json::array());
  ASSERT_EQ(json.at("after").size(), 1u);
  expect_passage(json.at("after").at(0), false);
  EXPECT_EQ(json.at("after").at(0).at("id"), "mtctjh2pgjy2");
  EXPECT_EQ(ask({"show", "none", "--json"}, 1).at("code"), "not_found");
}

TEST_F(JsonOutput, List) {
  const Json json = ask({"list", "--json"});
  expect_document(json, "works", {"offset", "next_offset", "total", "works"});
  ASSERT_EQ(json.at("works").size(), 7u);
  for (const Json& view : json.at("works")) {
    EXPECT_EQ(keys(view), docs_.at("works"));
    EXPECT_EQ(keys(view.at("work")), docs_.at("# work"));
  }
}

TEST_F(JsonOutput, Failures) {
  expect_document(ask({"list", "--failed", "--json"}), "failures", {"failures"});
  std::string deep = "<!doctype html><title>Deep</title>";
  for (int i = 0; i < 30000; ++i) deep += "<div>";
  write("shelf/deep.html", deep);
  ASSERT_EQ(tome({"index"}).code, 4);
  const Json json = ask({"list", "--failed", "--json"});
  ASSERT_EQ(json.at("failures").size(), 1u);
  const Json& failure = json.at("failures")[0];
  EXPECT_EQ(keys(failure), docs_.at("failures"));
  EXPECT_EQ(failure.at("file"), "TMP/shelf/deep.html");
  EXPECT_EQ(failure.at("size"), deep.size());
  EXPECT_EQ(failure.at("again"), "when_changed");
  remove("shelf/deep.html");
  EXPECT_EQ(ask({"list", "--failed", "--json"}).at("failures")[0].at("again"), "gone");
  EXPECT_EQ(ask({"status", "--json"}).at("failed"), 1);
}

TEST_F(JsonOutput, Status) {
  const Json json = ask({"status", "--json"});
  expect_document(json, "status", docs_.at("status"));
  EXPECT_EQ(json.at("generation"), 2);
  EXPECT_EQ(json.at("sources"), 6);
  EXPECT_EQ(json.at("passages"), 13);
  EXPECT_EQ(json.at("works"), 7);
  EXPECT_EQ(json.at("books"), 3);
  EXPECT_EQ(json.at("roots"),
            Json::parse(R"([{"name": "shelf", "path": "TMP/shelf", "present": true}])"));
  EXPECT_EQ(json.at("segments"), 2);
  EXPECT_EQ(json.at("failed"), 0);
  EXPECT_GT(json.at("bytes"), json.at("text_bytes"));
  for (const char* name : {"tome", "xapian", "icu", "schema", "analyser"}) {
    EXPECT_FALSE(json.at("versions").at(name).is_null()) << name;
  }
  EXPECT_EQ(json.at("languages"), Json::parse(R"([{"language": "en", "passages": 13}])"));
}

TEST_F(JsonOutput, Errors) {
  const Json empty = ask({"search", "", "--json"}, 2);
  expect_document(empty, "error", docs_.at("error"));
  EXPECT_EQ(empty.at("code"), "usage");
  for (const Words& arguments : {Words{"search", "x"}, Words{"books", "x"}, Words{"list"},
                                 Words{"status"}, Words{"show", "x"}}) {
    Words all = arguments;
    all.insert(all.end(), {"--json", "--index", "none"});
    const Json json = ask(all, 3);
    expect_document(json, "error", docs_.at("error"));
    EXPECT_EQ(json.at("code"), "not_found");
    EXPECT_EQ(json.at("hint"), "make one: tome index FOLDER");
    EXPECT_EQ(json.at("path"), "none");
  }
}

}  // namespace
}  // namespace tome::test
