// SPDX-License-Identifier: GPL-2.0-or-later
// The two shapes of JSON here, and how a request is answered.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

namespace tome::mcp {

// What a client sent: objects are maps, so that one with a million keys costs what it should.
using Input = nlohmann::json;
// What is sent: objects keep the order in which they are written.
using Json = nlohmann::ordered_json;

// Codes of JSON-RPC 2.0, 5.1, and the protocol's own.
inline constexpr int kParseError = -32700;
inline constexpr int kInvalidRequest = -32600;
inline constexpr int kMethodNotFound = -32601;
inline constexpr int kInvalidParams = -32602;
inline constexpr int kInternalError = -32603;
inline constexpr int kResourceNotFound = -32002;

// A request that is refused.
struct Fault {
  int code = kInternalError;
  std::string message;  // one sentence, no final full stop
};

// The result of a request, or why there is none.
using Reply = std::variant<Json, Fault>;

}  // namespace tome::mcp
