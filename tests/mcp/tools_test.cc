// SPDX-License-Identifier: GPL-2.0-or-later
// What each tool gives, and what it says of wrong arguments.
#include "mcp/tools.h"

#include "mcp/client.h"

namespace tome::mcp::test {
namespace {

class Tools : public testing::Test {
 protected:
  Tools() {
    fill(shelf_);
    shelf_.open();
  }
  std::string id(const std::string& path, std::uint32_t ordinal) const {
    return passage_id("shelf", path, ordinal);
  }

  SmallShelf shelf_;
};

TEST_F(Tools, SearchPassages) {
  Client client(shelf_.folder());
  const json result = client.call("search_passages",
                                  {{"question", "how to tie a bowline"}, {"count", 1}})["result"];
  EXPECT_FALSE(result.contains("isError"));
  EXPECT_EQ(result["content"].size(), 1u);
  EXPECT_EQ(result["content"][0]["type"], "text");
  const json& found = result["structuredContent"];
  ASSERT_EQ(found["passages"].size(), 1u);
  EXPECT_EQ(found["next_offset"], 1);
  EXPECT_EQ(found["weak"], false);
  const json next = client.call("search_passages", {{"question", "how to tie a bowline"},
                                                    {"offset", 1}})["result"]["structuredContent"];
  ASSERT_EQ(next["passages"].size(), 1u);
  EXPECT_FALSE(next.contains("next_offset"));
  EXPECT_NE(next["passages"][0]["id"], found["passages"][0]["id"]);
}

TEST_F(Tools, TextNamesWorkPlaceAndId) {
  const std::string id = this->id("knots.md", 0);
  EXPECT_EQ(Client(shelf_.folder()).text("search_passages", {{"question", "loop that slips"}}),
            "[1] The Book of Knots: Bends and Hitches, Ann Lee, Bob Ray, 2011\n"
            "under: Loops > The bowline\n"
            "at: /nowhere/knots.md\n"
            "id: " +
                id +
                "\n"
                "The bowline makes a loop that does not slip. Sailors tie it with one hand.\n"
                "\n"
                "1 to 1 of 1 passage\n");
}

TEST_F(Tools, CorrectedAndUnknownWordsAreSaid) {
  Client client(shelf_.folder());
  const json one = client.call("search_passages", {{"question", "bowlyne"}})["result"];
  EXPECT_TRUE(has(one["content"][0]["text"].get<std::string>(),
                  "\"bowlyne\" is not on the shelf: read as \"bowline\" (as typed: +bowlyne)\n"))
      << one;
  EXPECT_EQ(one["structuredContent"]["corrections"],
            json::parse(R"([{"typed":"bowlyne","used":"bowline"}])"));
  const json none = client.call("search_passages", {{"question", "xylophones"}})["result"];
  EXPECT_FALSE(none.contains("isError"));
  EXPECT_TRUE(has(none["content"][0]["text"].get<std::string>(),
                  "Nothing found.\nunderstood as: xylophones\n"));
  EXPECT_TRUE(
      has(none["content"][0]["text"].get<std::string>(), "\"xylophones\" is not on the shelf"));
  EXPECT_EQ(none["structuredContent"]["passages"], json::array());
  EXPECT_TRUE(has(client.text("search_passages", {{"question", "bowline"}, {"offset", 100}}),
                  "Nothing after the first 2 passages."));
}

TEST_F(Tools, BestBooks) {
  Client client(shelf_.folder());
  const json result = client.call("best_books", {{"question", "joins ropes"}})["result"];
  const json& books = result["structuredContent"]["books"];
  ASSERT_EQ(books.size(), 2u) << result;
  EXPECT_EQ(books[0]["kind"], "book");
  EXPECT_FALSE(books[0]["best"].empty());
  EXPECT_TRUE(has(result["content"][0]["text"].get<std::string>(), "1 passage speaks of it"));
  const auto count = [&](const json& arguments) {
    return client.call("best_books", arguments)["result"]["structuredContent"]["books"].size();
  };
  EXPECT_EQ(count({{"question", "kind:article anchors"}, {"articles", true}}), 1u);
  EXPECT_EQ(count({{"question", "joins ropes"}, {"count", 1}}), 1u);
}

TEST_F(Tools, ReadPassage) {
  Client client(shelf_.folder());
  const std::string middle = id("knots.md", 1);
  const json result = client.call("read_passage", {{"id", middle}})["result"];
  const json& view = result["structuredContent"];
  EXPECT_EQ(view["passage"]["id"], middle);
  EXPECT_EQ(view["before"][0]["id"], id("knots.md", 0));
  EXPECT_EQ(view["after"][0]["id"], id("knots.md", 2));
  EXPECT_EQ(view["cut"], false);
  const std::string text = result["content"][0]["text"];
  EXPECT_LT(text.find("bowline makes"), text.find("sheet bend joins"));
  EXPECT_LT(text.find("sheet bend joins"), text.find("clove hitch"));
  const json alone =
      client.call("read_passage", {{"id", middle}, {"context", 0}})["result"]["structuredContent"];
  EXPECT_TRUE(alone["before"].empty() && alone["after"].empty());
}

TEST_F(Tools, SimilarPassages) {
  Client client(shelf_.folder());
  const json result =
      client.call("similar_passages", {{"id", id("knots.md", 0)}, {"count", 1}})["result"];
  ASSERT_EQ(result["structuredContent"]["passages"].size(), 1u) << result;
  EXPECT_NE(result["structuredContent"]["passages"][0]["id"], id("knots.md", 0));
}

TEST_F(Tools, ListWorks) {
  Client client(shelf_.folder());
  const auto titles = [&](const json& arguments) {
    const json result = client.call("list_works", arguments)["result"];
    std::string all;
    for (const json& work : result["structuredContent"]["works"]) {
      all += (all.empty() ? "" : "; ") + work["title"].get<std::string>();
    }
    return all + " of " + result["structuredContent"]["total"].dump();
  };
  EXPECT_EQ(titles(json::object()), "On Rope; Rope Work; Sails; The Book of Knots of 4");
  EXPECT_EQ(titles({{"kind", "article"}}), "On Rope of 1");
  EXPECT_EQ(titles({{"topic", "SAIL"}}), "The Book of Knots of 1");
  EXPECT_EQ(titles({{"author", "bob"}}), "The Book of Knots of 1");
  EXPECT_EQ(titles({{"title", "rope"}}), "On Rope; Rope Work of 2");
  EXPECT_EQ(titles({{"title", "hitches"}, {"kind", "book"}}), "The Book of Knots of 1");
  EXPECT_EQ(titles({{"title", "no such"}, {"kind", nullptr}}), " of 0");
  std::string paged;
  json cursor;
  do {
    const json page = client.call("list_works", {{"count", 1}, {"cursor", cursor}})["result"];
    paged += page["structuredContent"]["works"][0]["title"].get<std::string>() + "; ";
    cursor = page["structuredContent"].value("next_cursor", json());
  } while (!cursor.is_null() && paged.size() < 1000);
  EXPECT_EQ(paged, "On Rope; Rope Work; Sails; The Book of Knots; ");
  EXPECT_EQ(client.call("list_works", {{"cursor", "gone"}})["result"]["isError"], true);
}

TEST_F(Tools, WrongArguments) {
  const struct {
    const char* tool;
    json arguments;
    const char* message;
  } cases[] = {
      {"search_passages", json::object(), "question is needed and must not be empty"},
      {"search_passages", {{"question", " \n"}}, "question is needed and must not be empty"},
      {"search_passages", {{"question", nullptr}}, "question is needed and must not be empty"},
      {"search_passages", {{"question", 5}}, "question must be a string"},
      {"search_passages",
       {{"question", std::string(10'001, 'x')}},
       "question must not be longer than 10000 bytes"},
      {"search_passages",
       {{"question", "x"}, {"count", 0}},
       "count must be a whole number from 1 to 20"},
      {"search_passages",
       {{"question", "x"}, {"count", 21}},
       "count must be a whole number from 1 to 20"},
      {"search_passages",
       {{"question", "x"}, {"count", 1.5}},
       "count must be a whole number from 1 to 20"},
      {"search_passages",
       {{"question", "x"}, {"count", "5"}},
       "count must be a whole number from 1 to 20"},
      {"search_passages",
       {{"question", "x"}, {"offset", -1}},
       "offset must be a whole number from 0 to 100000"},
      {"search_passages",
       {{"question", "x"}, {"offset", 1e300}},
       "offset must be a whole number from 0 to 100000"},
      {"search_passages", {{"question", "x"}, {"all", "yes"}}, "all must be true or false"},
      {"best_books", json::object(), "question is needed and must not be empty"},
      {"best_books", {{"question", "x"}, {"articles", 1}}, "articles must be true or false"},
      {"read_passage", json::object(), "id is needed and must not be empty"},
      {"read_passage", {{"id", "x"}, {"context", 6}}, "context must be a whole number from 0 to 5"},
      {"read_passage", {{"id", std::string(65, 'a')}}, "id must not be longer than 64 bytes"},
      {"similar_passages", {{"id", json::array()}}, "id must be a string"},
      {"list_works", {{"kind", "film"}}, "kind must be article or book"},
      {"list_works", {{"count", 101}}, "count must be a whole number from 1 to 100"},
  };
  Client newest(shelf_.folder());
  Client older(shelf_.folder(), "2025-06-18");
  for (const auto& c : cases) {
    const json result = newest.call(c.tool, c.arguments)["result"];
    EXPECT_EQ(result["isError"], true) << c.tool << c.arguments;
    EXPECT_EQ(result["content"][0]["text"], std::string(c.message) + "\n");
    const json answer = older.call(c.tool, c.arguments);
    EXPECT_EQ(code(answer), -32602);
    EXPECT_EQ(answer["error"]["message"], c.message);
  }
}

TEST_F(Tools, MalformedCalls) {
  Client client(shelf_.folder());
  for (const json& params : {json::object(), json{{"name", 1}}, json{{"name", "no_such"}},
                             json{{"name", "list_works"}, {"arguments", json::array()}},
                             json{{"name", "list_works"}, {"arguments", "x"}}}) {
    EXPECT_EQ(code(client.ask("tools/call", params)), -32602) << params;
  }
  EXPECT_EQ(code(client.ask("tools/call", {{"name", "list_works"}})), 0);  // none is needed
}

TEST_F(Tools, NumbersOfOneKindAndForeignArgumentsAreTaken) {
  Client client(shelf_.folder());
  const json result = client.call(
      "search_passages", {{"question", "bowline"}, {"count", 1.0}, {"sessionId", "s"}})["result"];
  EXPECT_EQ(result["structuredContent"]["passages"].size(), 1u);
  EXPECT_TRUE(has(result["content"][0]["text"].get<std::string>(),
                  "note: arguments that this tool does not have: sessionId\n"));
}

TEST_F(Tools, NoSuchPassageIsAToolsFailure) {
  Client client(shelf_.folder());
  for (const char* tool : {"read_passage", "similar_passages"}) {
    const json result = client.call(tool, {{"id", std::string("no\x1b[2J\0such", 11)}})["result"];
    EXPECT_EQ(result["isError"], true);
    EXPECT_FALSE(result.contains("structuredContent"));
    EXPECT_EQ(result["content"][0]["text"],
              "no passage has the ID no\uFFFD[2J\uFFFDsuch\n"
              "try: IDs stand beside each result of search_passages; one goes when its file "
              "changes\n");
  }
}

TEST_F(Tools, OlderRevisionsHaveNoStructuredContent) {
  const json result = Client(shelf_.folder(), "2025-03-26")
                          .call("search_passages", {{"question", "bowline"}})["result"];
  EXPECT_FALSE(result.contains("structuredContent"));
  EXPECT_TRUE(has(result["content"][0]["text"].get<std::string>(), "The bowline makes"));
}

}  // namespace
}  // namespace tome::mcp::test
