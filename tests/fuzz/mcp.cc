// SPDX-License-Identifier: GPL-2.0-or-later
// A session of the Model Context Protocol: each line is a message. A first line that begins with !
// leaves out the handshake.
#include <nlohmann/json.hpp>

#include "asked_shelf.h"
#include "mcp/lines.h"
#include "mcp/session.h"
#include "target.h"
#include "text/text.h"

namespace tome::fuzz {
namespace {

constexpr std::string_view kHandshake =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26"}})";
constexpr std::size_t kLongestLine = 1 << 16;

void ask(mcp::Session& session, std::string_view line) {
  std::string answer = mcp::handle(session, line);
  if (answer.empty()) return;
  require(answer.find('\n') == std::string::npos, "an answer of two lines");
  require(nlohmann::json::accept(answer), "an answer that is not JSON");
  require(repair_utf8(answer) == 0, "an answer that is not UTF-8");
}

}  // namespace

void run_mcp(std::string_view bytes) {
  static mcp::Session session;  // keeps its shelf open
  session.index = asked_index();
  session.version = "0";
  session.revision = nullptr;
  if (bytes.starts_with('!')) {
    bytes.remove_prefix(1);
  } else {
    ask(session, kHandshake);
  }
  mcp::Lines lines(kLongestLine);
  while (const std::optional<std::string> line = lines.next(bytes)) {
    require(line->size() <= kLongestLine + 1, "a line over its bound");
    ask(session, *line);
  }
  ask(session, lines.rest());
}

}  // namespace tome::fuzz
