// SPDX-License-Identifier: GPL-2.0-or-later
// No index, a new one, a damaged one; hostile texts; bounds of answers.
#include <algorithm>
#include <fstream>

#include "mcp/client.h"
#include "mcp/plain.h"
#include "text/text.h"

namespace tome::mcp::test {
namespace {

namespace fs = std::filesystem;

const std::pair<const char*, json> kCalls[] = {
    {"search_passages", {{"question", "rope"}}},
    {"best_books", {{"question", "rope"}}},
    {"read_passage", {{"id", "aaaaaaaaaaaa"}}},
    {"similar_passages", {{"id", "aaaaaaaaaaaa"}}},
    {"list_works", json::object()},
};

TEST(Trouble, WithoutAnIndexEachToolSaysWhatToDo) {
  Client client("/nonexistent/index");
  for (const auto& [tool, arguments] : kCalls) {
    const json result = client.call(tool, arguments)["result"];
    EXPECT_EQ(result["isError"], true) << tool;
    const std::string text = result["content"][0]["text"];
    EXPECT_TRUE(has(text, "there is no index yet")) << text;
    EXPECT_TRUE(has(text, "tome index FOLDER")) << text;
  }
  EXPECT_EQ(code(client.ask("resources/list")), -32603);
  EXPECT_EQ(code(client.ask("resources/read", {{"uri", "tome://work/x"}})), -32603);
}

TEST(Trouble, AnIndexThatComesLaterAnswers) {
  SmallShelf shelf;
  Client client(shelf.folder());
  EXPECT_EQ(client.call("list_works", json::object())["result"]["isError"], true);
  fill(shelf);
  shelf.open();
  EXPECT_FALSE(client.call("list_works", json::object())["result"].contains("isError"));
}

TEST(Trouble, ANewGenerationAnswersTheNextCall) {
  SmallShelf shelf;
  fill(shelf);
  shelf.open();
  Client client(shelf.folder());
  EXPECT_TRUE(has(client.text("search_passages", {{"question", "+marlinspike"}}), "Nothing found"));
  shelf.add({"new.md", "A marlinspike opens the lay of a rope.", {}, {}});
  shelf.open();
  EXPECT_TRUE(has(client.text("search_passages", {{"question", "+marlinspike"}}), "A marlinspike"));
}

TEST(Trouble, ADamagedIndexIsAToolsFailureAndCanBeMended) {
  SmallShelf shelf;
  fill(shelf);
  shelf.open();
  Client client(shelf.folder());
  EXPECT_FALSE(client.call("list_works", json::object())["result"].contains("isError"));
  const fs::path current = shelf.folder() / "current";
  fs::copy_file(current, shelf.folder() / "kept");
  std::ofstream(current) << "what\n";
  for (const auto& [tool, arguments] : kCalls) {
    const json result = client.call(tool, arguments)["result"];
    EXPECT_EQ(result["isError"], true) << tool;
    EXPECT_TRUE(has(result["content"][0]["text"].get<std::string>(), "the index is damaged"));
  }
  fs::copy_file(shelf.folder() / "kept", current, fs::copy_options::overwrite_existing);
  EXPECT_FALSE(client.call("list_works", json::object())["result"].contains("isError"));
}

// Every string in an answer is what may be shown on a terminal.
void expect_clean(const json& value) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    for (std::size_t i = 0; i < text.size();) {
      const std::int32_t c = next_character(text, i);
      EXPECT_TRUE(c == '\n' || (c >= 0x20 && !(c >= 0x7F && c <= 0x9F) &&
                                !(c >= 0x2028 && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069)))
          << c << " in " << text.substr(0, 200);
    }
  }
  if (value.is_structured()) {
    for (const json& each : value) expect_clean(each);
  }
}

TEST(Trouble, HostileTextsComeClean) {
  const std::string evil = "a\x1b]0;x\x07 \u202Eb\u2066c\u2028d\x7F\u009B e\tf\r\n\u200B";
  SmallShelf shelf;
  WorkInfo info = book("T " + evil, {"A " + evil, evil}, 2020);
  info.subtitle = info.publisher = info.isbn = info.url = evil;
  info.topics = info.features = {evil, "t" + evil};
  const auto work = shelf.work(info);
  const std::string path =
      "p\x1b[31m\n"
      "q\xFF\u202E.md";
  shelf.add({path, "rope " + evil + " text", {"H " + evil}, {work}});
  shelf.add({path, "second rope passage " + evil, {evil}, {work}});
  shelf.add({"other.md", "rope like it " + evil, {evil}, {}});
  shelf.open();
  Client client(shelf.folder());
  const std::string id = passage_id("shelf", path, 0);
  const json answers = {
      client.call("search_passages", {{"question", "rope " + evil}}),
      client.call("search_passages", {{"question", "qqqq" + evil}}),
      client.call("best_books", {{"question", "rope"}}),
      client.call("read_passage", {{"id", id}}),
      client.call("read_passage", {{"id", evil}}),
      client.call("similar_passages", {{"id", id}}),
      client.call("list_works", {{evil, 1}}),
      client.call(evil, json::object()),
      client.ask("resources/list"),
      client.ask("resources/read", {{"uri", "tome://passage/" + id}}),
      client.ask("resources/read", {{"uri", evil}}),
      client.ask("resources/list", {{"cursor", evil}}),
  };
  expect_clean(answers);
  EXPECT_EQ(answers[0]["result"]["structuredContent"]["passages"].size(), 3u);
  const json uri = answers[8]["result"]["resources"][0]["uri"];
  const json outline = client.ask("resources/read", {{"uri", uri}});
  expect_clean(outline);
  EXPECT_TRUE(outline.contains("result")) << outline;
}

TEST(Trouble, AnswersAreBounded) {
  SmallShelf shelf;
  const std::string long_text(3'000, 'x');
  for (int i = 0; i < 30; ++i) {
    const std::string number = std::to_string(i);
    WorkInfo info = book(number + " " + long_text, {long_text, "B"}, 2000 + i);
    info.topics = std::vector<std::string>(50, "topic " + long_text);
    info.features = info.topics;
    const auto work = shelf.work(info);
    std::string text;
    for (int word = 0; word < 300; ++word)
      text += "rope" + number + "w" + std::to_string(word) + " ";
    const std::vector<std::string> headings(20, "heading " + long_text);
    for (int passage = 0; passage < 3; ++passage) {
      shelf.add({number + ".md",
                 "rope " + std::to_string(passage) + " " + text + text + text,
                 headings,
                 {work}});
    }
  }
  shelf.open();
  Client client(shelf.folder());
  const std::size_t most = kPageBytes + 2000;
  const std::string_view kSimilar = "similar_passages";  // here there are but two
  const auto bounded = [&](const std::string& tool, const json& arguments) {
    const json answer = client.call(tool, arguments);
    EXPECT_LT(answer.dump().size(), 4 * kPageBytes) << tool;
    const std::string text = answer["result"]["content"][0]["text"];
    EXPECT_LT(text.size(), most) << tool;
    EXPECT_EQ(has(text, "cut here") || has(text, "more: cursor"), tool != kSimilar) << text;
    return answer["result"]["structuredContent"];
  };
  const json page =
      bounded("search_passages", {{"question", "rope"}, {"count", 20}, {"all", true}});
  const json next = client.call(
      "search_passages",
      {{"question", "rope"}, {"count", 20}, {"all", true}, {"offset", page["next_offset"]}});
  EXPECT_EQ(page["next_offset"], page["passages"].size());
  for (const json& passage : next["result"]["structuredContent"]["passages"]) {
    EXPECT_EQ(std::count(page["passages"].begin(), page["passages"].end(), passage), 0);
  }
  bounded("best_books", {{"question", "rope"}, {"count", 20}});
  bounded("similar_passages", {{"id", passage_id("shelf", "0.md", 0)}, {"count", 20}});
  bounded("list_works", {{"count", 100}});
  const json view = client.call("read_passage",
                                {{"id", passage_id("shelf", "0.md", 1)}, {"context", 5}})["result"];
  EXPECT_LT(view["content"][0]["text"].get<std::string>().size(), most);
  const json list = client.ask("resources/list");
  EXPECT_LT(list.dump().size(), 200'000u);
  const json outline =
      client.ask("resources/read", {{"uri", list["result"]["resources"][0]["uri"]}});
  EXPECT_LT(outline.dump().size(), most);
}

}  // namespace
}  // namespace tome::mcp::test
