// SPDX-License-Identifier: GPL-2.0-or-later
// JSON-RPC and the life of a session, without a shelf.
#include "mcp/session.h"

#include "mcp/client.h"

namespace tome::mcp::test {
namespace {

constexpr const char* kNowhere = "/nonexistent/index";

TEST(Session, RefusesWhatIsNoRequest) {
  const struct {
    std::string line;
    int code;
    std::string message;
  } cases[] = {
      {"x", -32700, "the message is not JSON in UTF-8"},
      {"{\"jsonrpc\":\"2.0\",\"id\":1,", -32700, "the message is not JSON in UTF-8"},
      {"{}{}", -32700, "the message is not JSON in UTF-8"},
      {R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":")"
       "\xC3\x28"
       R"("}})",
       -32700, "the message is not JSON in UTF-8"},
      {R"({"jsonrpc":"2.0","id":1,"method":"pi)"
       "\xFF"
       R"(ng"})",
       -32700, "the message is not JSON in UTF-8"},
      {R"({"jsonrpc":"2.0","id":1,"method":"\ud800"})", -32700, "the message is not JSON in UTF-8"},
      {R"({"jsonrpc":"2.0","id":1e999,"method":"ping"})", -32700,
       "the message is not JSON in UTF-8"},
      {"1", -32600, "a message must be an object"},
      {"null", -32600, "a message must be an object"},
      {"\"ping\"", -32600, "a message must be an object"},
      {"{}", -32600, "jsonrpc must be \"2.0\""},
      {R"({"id":1,"method":"ping"})", -32600, "jsonrpc must be \"2.0\""},
      {R"({"jsonrpc":"1.0","id":1,"method":"ping"})", -32600, "jsonrpc must be \"2.0\""},
      {R"({"jsonrpc":2.0,"id":1,"method":"ping"})", -32600, "jsonrpc must be \"2.0\""},
      {R"({"jsonrpc":"2.0","id":1})", -32600, "method must be a string"},
      {R"({"jsonrpc":"2.0","id":1,"method":7})", -32600, "method must be a string"},
      {R"({"jsonrpc":"2.0","id":null,"method":"ping"})", -32600,
       "id must be a string or a whole number"},
      {R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", -32600,
       "id must be a string or a whole number"},
      {R"({"jsonrpc":"2.0","id":true,"method":"ping"})", -32600,
       "id must be a string or a whole number"},
      {R"({"jsonrpc":"2.0","id":[1],"method":"ping"})", -32600,
       "id must be a string or a whole number"},
      {R"({"jsonrpc":"2.0","id":{},"method":"ping"})", -32600,
       "id must be a string or a whole number"},
      {R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[]})", -32602,
       "params must be an object"},
      {R"({"jsonrpc":"2.0","id":1,"method":"ping","params":"x"})", -32602,
       "params must be an object"},
      {R"({"jsonrpc":"2.0","id":1,"method":"no/such"})", -32601, "there is no method no/such"},
      {R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel"})", -32601,
       "there is no method logging/setLevel"},
      {R"({"jsonrpc":"2.0","id":1,"method":"prompts/list"})", -32601,
       "there is no method prompts/list"},
      {R"({"jsonrpc":"2.0","id":1,"method":"notifications/initialized"})", -32601,
       "there is no method notifications/initialized"},
      {R"({"jsonrpc":"2.0","id":1,"method":"a\u001b[31mb\u202e\n"})", -32601,
       "there is no method a\uFFFD[31mb\uFFFD"},
      {"[]", -32600, "this revision has no batches"},
  };
  Client client(kNowhere);
  for (const auto& c : cases) {
    const json answer = client.line(c.line);
    EXPECT_EQ(code(answer), c.code) << c.line;
    EXPECT_EQ(answer["jsonrpc"], "2.0") << c.line;
    EXPECT_EQ(answer["error"]["message"], c.message) << c.line;
    EXPECT_EQ(client.ask("ping")["result"], json::object()) << c.line;
  }
}

TEST(Session, SaysNothingTo) {
  Client client(kNowhere);
  for (const char* line :
       {"", " ", "\r", R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
        R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}})",
        R"({"jsonrpc":"2.0","method":"notifications/no-such","params":[]})",
        R"({"jsonrpc":"2.0","method":"tools/list"})", R"({"jsonrpc":"2.0","id":3,"result":{}})",
        R"({"jsonrpc":"2.0","id":3,"error":{"code":-1,"message":"no"}})",
        R"({"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"no"}})"}) {
    EXPECT_EQ(handle(client.session, line), "") << line;
  }
}

TEST(Session, EchoesIdsWithTheirType) {
  Client client(kNowhere);
  for (const char* id :
       {"0", "-7", "1", "\"1\"", "\"\"", "\"a b\\n\"", "\"日本\"", "9223372036854775807",
        "-9223372036854775808", "18446744073709551615", "1.0"}) {
    const std::string line = std::string(R"({"jsonrpc":"2.0","id":)") + id + R"(,"method":"ping"})";
    EXPECT_EQ(handle(client.session, line),
              std::string(R"({"jsonrpc":"2.0","id":)") + id + R"(,"result":{}})");
  }
}

TEST(Session, AnErrorWithoutRequestHasTheIdOfItsRevision) {
  Client client(kNowhere, "");
  EXPECT_TRUE(client.line("x").at("id").is_null());
  client.initialize("2025-06-18");
  EXPECT_TRUE(client.line("x").at("id").is_null());
  EXPECT_FALSE(Client(kNowhere, "2025-11-25").line("x").contains("id"));
}

TEST(Session, Negotiates) {
  const std::pair<const char*, const char*> cases[] = {
      {"2025-11-25", "2025-11-25"}, {"2025-06-18", "2025-06-18"}, {"2025-03-26", "2025-03-26"},
      {"2024-11-05", "2024-11-05"}, {"2024-10-07", "2024-10-07"}, {"2031-01-01", "2025-11-25"},
      {"1.0.0", "2025-11-25"},      {"", "2025-11-25"},
  };
  for (const auto& [wanted, spoken] : cases) {
    Client client(kNowhere, "");
    const json result = client.initialize(wanted)["result"];
    EXPECT_EQ(result["protocolVersion"], spoken);
    EXPECT_EQ(result["capabilities"],
              (json{{"tools", json::object()}, {"resources", json::object()}}));
    EXPECT_EQ(result["serverInfo"]["name"], "tome");
    EXPECT_EQ(result["serverInfo"].contains("title"), std::string_view(spoken) >= "2025-06-18");
  }
}

TEST(Session, NothingButPingBeforeInitialize) {
  Client client(kNowhere, "");
  EXPECT_EQ(client.ask("ping")["result"], json::object());
  for (const char* method : {"tools/list", "tools/call", "resources/list", "resources/read",
                             "resources/templates/list", "no/such"}) {
    EXPECT_EQ(code(client.ask(method)), -32600) << method;
  }
  for (const json& params : {json::object(), json{{"protocolVersion", 1}},
                             json{{"protocolVersion", "2025-11-25"}, {"capabilities", 1}},
                             json{{"protocolVersion", "2025-11-25"}, {"clientInfo", "x"}}}) {
    EXPECT_EQ(code(client.ask("initialize", params)), -32602) << params;
    EXPECT_EQ(code(client.ask("tools/list")), -32600);
  }
  EXPECT_EQ(code(client.initialize("2025-11-25")), 0);
  EXPECT_EQ(code(client.ask("tools/list")), 0);
  EXPECT_EQ(code(client.initialize("2025-11-25")), -32600);  // once
}

TEST(Session, ToolsAreToldAsTheRevisionHasThem) {
  for (const char* revision :
       {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"}) {
    Client client(kNowhere, revision);
    const json tools = client.ask("tools/list")["result"]["tools"];
    ASSERT_EQ(tools.size(), 5u);
    const std::string_view since = revision;
    for (const json& tool : tools) {
      EXPECT_EQ(tool["inputSchema"]["type"], "object");
      EXPECT_EQ(tool.contains("outputSchema"), since >= "2025-06-18") << revision;
      EXPECT_EQ(tool.contains("title"), since >= "2025-06-18") << revision;
      EXPECT_EQ(tool.contains("annotations"), since >= "2025-03-26") << revision;
      if (since >= "2025-03-26") {
        EXPECT_EQ(tool["annotations"]["readOnlyHint"], true);
      }
      EXPECT_LT(tool["description"].get<std::string>().size(), 300u);
    }
    EXPECT_EQ(code(client.ask("tools/list", {{"cursor", "x"}})), -32602);
  }
}

TEST(Session, BatchesWhereTheRevisionHasThem) {
  const std::string ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
  const std::string note = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
  for (const char* revision : {"2025-11-25", "2025-06-18", "2024-11-05", ""}) {
    EXPECT_EQ(code(Client(kNowhere, revision).line("[" + ping + "]")), -32600) << revision;
  }
  Client client(kNowhere, "2025-03-26");
  const json answers =
      client.line("[" + ping + "," + note + R"(,1,{"jsonrpc":"2.0","id":"b","method":"x"}])");
  ASSERT_EQ(answers.size(), 3u) << answers;
  EXPECT_EQ(answers[0], json::parse(R"({"jsonrpc":"2.0","id":1,"result":{}})"));
  EXPECT_EQ(code(answers[1]), -32600);
  EXPECT_EQ(code(answers[2]), -32601);
  EXPECT_EQ(answers[2]["id"], "b");
  EXPECT_EQ(handle(client.session, "[" + note + "," + note + "]"), "");
  EXPECT_EQ(code(client.line("[]")), -32600);
  EXPECT_EQ(code(client.line("[[" + ping + "]]")[0]), -32600);
  const json again = client.line(
      R"([{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"x"}}])");
  EXPECT_EQ(code(again[0]), -32600);
  std::string many = ping;
  for (std::size_t i = 1; i < kMaxBatch; ++i) many += "," + ping;
  EXPECT_EQ(client.line("[" + many + "]").size(), kMaxBatch);
  EXPECT_EQ(code(client.line("[" + many + "," + ping + "]")), -32600);
}

TEST(Session, NestingIsBounded) {
  Client client(kNowhere);
  const auto nested = [](std::size_t arrays) {
    return R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":)" + std::string(arrays, '[') +
           std::string(arrays, ']') + "}}";
  };
  EXPECT_EQ(code(client.line(nested(kMaxNesting - 2))), 0);
  EXPECT_EQ(code(client.line(nested(kMaxNesting - 1))), -32600);
  EXPECT_EQ(code(client.line(nested(1'900'000))), -32600);
  EXPECT_EQ(code(client.line(std::string(3'900'000, '['))), -32600);
  EXPECT_EQ(code(client.line(std::string(3'900'000, '{'))), -32600);
  // Brackets in strings are not nesting.
  EXPECT_EQ(code(client.line(R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\")" +
                             std::string(1000, '[') + "\"}}")),
            0);
  EXPECT_EQ(code(client.ask("ping")), 0);
}

TEST(Session, LongMessagesAreRefused) {
  Client client(kNowhere);
  const auto padded = [](std::size_t size) {
    std::string line = R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":""}})";
    return line.insert(line.size() - 3, size - line.size(), 'x');
  };
  EXPECT_EQ(code(client.line(padded(kMaxMessage))), 0);
  EXPECT_EQ(code(client.line(padded(kMaxMessage + 1))), -32600);
  EXPECT_EQ(code(client.line(padded(10'000'000))), -32600);
  EXPECT_EQ(code(client.ask("ping")), 0);
}

// ordered_json looks keys up one by one: 400,000 of them took hours.
TEST(Session, ManyKeysTakeLinearTime) {
  std::string line = R"({"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":1)";
  for (int i = 0; line.size() < kMaxMessage - 20; ++i) line += ",\"" + std::to_string(i) + "\":1";
  Client client(kNowhere);
  EXPECT_EQ(code(client.line(line + "}}")), 0);
}

}  // namespace
}  // namespace tome::mcp::test
