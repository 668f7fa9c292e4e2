// SPDX-License-Identifier: GPL-2.0-or-later
// Revisions of the Model Context Protocol: which there are and what each has. Constants.
#pragma once

#include <string_view>

namespace tome::mcp {

struct Revision {
  std::string_view name;
  bool batches = false;            // several messages in one JSON array
  bool annotations = false;        // of tools: readOnlyHint and its like
  bool structured = false;         // outputSchema, structuredContent, titles
  bool arguments_to_tool = false;  // wrong arguments are a tool's failure, for the model to mend
  bool error_without_id = false;   // an error without a known request has no id; else a null
};

// The revision to speak with a client that asks for `wanted`: that one if there is one of this
// name, else the newest.
const Revision& negotiate(std::string_view wanted);

}  // namespace tome::mcp
