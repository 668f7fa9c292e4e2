// SPDX-License-Identifier: GPL-2.0-or-later
// A client for tests: a session over a small shelf, and what it is answered.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "mcp/session.h"
#include "rank/small_shelf.h"

namespace tome::mcp::test {

using nlohmann::json;
using tome::test::book;
using tome::test::SmallShelf;

struct Client {
  explicit Client(const std::filesystem::path& index, std::string_view revision = "2025-11-25") {
    session.index = index;
    session.version = "0";
    if (!revision.empty()) initialize(revision);
  }

  json initialize(std::string_view revision) {
    return ask("initialize", {{"protocolVersion", revision}});
  }

  // The answer to a line, parsed; null when there is none.
  json line(std::string_view text) {
    const std::string out = handle(session, text);
    EXPECT_EQ(out.find('\n'), out.npos) << out;
    return out.empty() ? json() : json::parse(out);
  }

  json ask(const std::string& method, const json& params = json::object()) {
    return line(json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}}.dump());
  }

  json call(const std::string& tool, const json& arguments) {
    return ask("tools/call", {{"name", tool}, {"arguments", arguments}});
  }

  // The text of a tool's result.
  std::string text(const std::string& tool, const json& arguments) {
    const json answer = call(tool, arguments);
    EXPECT_TRUE(answer.contains("result")) << answer;
    return answer.contains("result") ? answer["result"]["content"][0]["text"].get<std::string>()
                                     : "";
  }

  Session session;
};

inline int code(const json& answer) {
  return answer.contains("error") ? answer["error"]["code"].get<int>() : 0;
}

inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// Three books on ropes and one article.
inline void fill(SmallShelf& shelf) {
  WorkInfo knots = book("The Book of Knots", {"Ann Lee", "Bob Ray"}, 2011);
  knots.subtitle = "Bends and Hitches";
  knots.topics = {"knots", "sailing"};
  const auto first = shelf.work(knots);
  shelf.add({"knots.md",
             "The bowline makes a loop that does not slip. Sailors tie it with one hand.",
             {"Loops", "The bowline"},
             {first}});
  shelf.add({"knots.md", "The sheet bend joins two ropes of unequal size.", {"Bends"}, {first}});
  shelf.add({"knots.md", "The clove hitch holds on a spar while it is under load.", {}, {first}});
  const auto second = shelf.work(book("Rope Work", {"Cara Day"}, 1999));
  shelf.add(
      {"rope.md", "A splice joins ropes for good, where a bend can be untied.", {}, {second}});
  const auto third = shelf.work(book("Sails", {"Dan Eve"}));
  shelf.add({"sails.md", "A bowline ties the sheet to the clew of a jib.", {}, {third}});
  WorkInfo article = book("On Rope", {"Eva Fox"}, 2020);
  article.kind = Kind::kArticle;
  const auto fourth = shelf.work(article);
  shelf.add({"article.txt", "Nylon stretches, and so it holds anchors well.", {}, {fourth}});
}

}  // namespace tome::mcp::test
