// SPDX-License-Identifier: GPL-2.0-or-later
// The tools: what tools/list says of them, and tools/call.
#pragma once

#include <string>
#include <vector>

#include "mcp/arguments.h"
#include "mcp/json.h"
#include "mcp/session.h"

namespace tome::mcp {

// What a call gave: the same as text and as structured content.
struct Called {
  std::string text;
  Json structured;
};

struct Tool {
  const char* name;
  const char* title;
  const char* description;  // what it does and when to use it
  Json input;               // JSON Schema of the arguments
  Json output;              // JSON Schema of the structured content
  // Reads all arguments first; what it does when one of them is wrong is not looked at.
  Result<Called> (*call)(Session& session, Arguments& arguments);
};

Tool search_passages_tool();
Tool best_books_tool();
Tool read_passage_tool();
Tool similar_passages_tool();
Tool list_works_tool();

const std::vector<Tool>& all_tools();

// REQUIRES: `params` is an object.
Reply list_tools(const Revision& revision, const Input& params);
Reply call_tool(Session& session, const Input& params);

// JSON Schemas of arguments and results.
Json schema_text(const char* description);
Json schema_number(const char* description, int least, int most, int fallback);
Json schema_flag(const char* description);
Json schema_list(Json items, const char* description);
Json schema_object(Json properties, const std::vector<std::string>& needed);

}  // namespace tome::mcp
