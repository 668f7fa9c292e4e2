// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/resources.h"

#include <set>

#include "mcp/client.h"

namespace tome::mcp::test {
namespace {

TEST(Resources, ListAndReadAWork) {
  SmallShelf shelf;
  fill(shelf);
  shelf.open();
  Client client(shelf.folder());
  const json result = client.ask("resources/list")["result"];
  ASSERT_EQ(result["resources"].size(), 4u);
  EXPECT_FALSE(result.contains("nextCursor"));
  const json& knots = result["resources"][3];
  EXPECT_EQ(knots["name"], "The Book of Knots: Bends and Hitches");
  EXPECT_EQ(knots["description"],
            "book, 3 passages; by Ann Lee, Bob Ray, 2011; topics: knots, sailing");
  EXPECT_EQ(knots["mimeType"], "text/plain");
  const json contents = client.ask("resources/read", {{"uri", knots["uri"]}})["result"]["contents"];
  ASSERT_EQ(contents.size(), 1u);
  EXPECT_EQ(contents[0]["uri"], knots["uri"]);
  const std::string text = contents[0]["text"];
  EXPECT_TRUE(
      text.starts_with("The Book of Knots: Bends and Hitches, Ann Lee, Bob Ray, 2011 (book, "
                       "3 passages; topics: knots, sailing) tome://work/"))
      << text;
  EXPECT_TRUE(has(text, "file: /nowhere/knots.md\n")) << text;
  EXPECT_TRUE(has(text, "headings:\n- Loops\n- The bowline\n- Bends\n")) << text;
}

TEST(Resources, PagesByCursor) {
  SmallShelf shelf;
  for (int i = 0; i < 120; ++i) {
    const auto work =
        shelf.work(book("Book " + std::to_string(i), {"Author " + std::to_string(i)}));
    shelf.add({std::to_string(i) + ".md", "rope", {}, {work}});
  }
  shelf.open();
  Client client(shelf.folder());
  std::set<std::string> seen;
  std::vector<std::size_t> sizes;
  json params = json::object();
  while (sizes.size() < 10) {
    const json result = client.ask("resources/list", params)["result"];
    sizes.push_back(result["resources"].size());
    for (const json& each : result["resources"]) seen.insert(each["uri"].get<std::string>());
    if (!result.contains("nextCursor")) break;
    params["cursor"] = result["nextCursor"];
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{50, 50, 20}));
  EXPECT_EQ(seen.size(), 120u);
  for (const json& cursor : {json("x"), json(""), json(1), json(nullptr)}) {
    EXPECT_EQ(code(client.ask("resources/list", {{"cursor", cursor}})), -32602) << cursor;
  }
}

TEST(Resources, Templates) {
  Client client("/nonexistent");
  const json list = client.ask("resources/templates/list")["result"]["resourceTemplates"];
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0]["uriTemplate"], "tome://work/{id}");
  EXPECT_EQ(list[1]["uriTemplate"], "tome://passage/{id}");
}

TEST(Resources, ReadAPassage) {
  SmallShelf shelf;
  fill(shelf);
  shelf.open();
  const std::string uri = "tome://passage/" + passage_id("shelf", "knots.md", 1);
  const json result = Client(shelf.folder()).ask("resources/read", {{"uri", uri}})["result"];
  EXPECT_TRUE(has(result["contents"][0]["text"].get<std::string>(), "The sheet bend joins"));
  EXPECT_TRUE(has(result["contents"][0]["text"].get<std::string>(), "The clove hitch"));
}

TEST(Resources, WhatIsNotThere) {
  SmallShelf shelf;
  fill(shelf);
  shelf.open();
  Client client(shelf.folder());
  const std::pair<json, int> cases[] = {
      {{{"uri", "tome://work/nosuchwork"}}, -32002},
      {{{"uri", "tome://passage/nosuchpassag"}}, -32002},
      {{{"uri", "tome://work/"}}, -32002},
      {{{"uri", "tome://passage/"}}, -32002},
      {{{"uri", "file:///etc/passwd"}}, -32002},
      {{{"uri", ""}}, -32002},
      {{{"uri", std::string(1'000'000, 'x')}}, -32002},
      {{{"uri", "tome://work/" + std::string(1'000'000, 'x')}}, -32002},
      {{{"uri", 1}}, -32602},
      {json::object(), -32602},
  };
  for (const auto& [params, expected] : cases) {
    const json answer = client.ask("resources/read", params);
    EXPECT_EQ(code(answer), expected) << params.dump().substr(0, 100);
    EXPECT_LT(answer.dump().size(), 1000u);
  }
}

}  // namespace
}  // namespace tome::mcp::test
