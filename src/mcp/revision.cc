// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/revision.h"

#include <algorithm>
#include <iterator>

namespace tome::mcp {
namespace {

// Newest first. Batches came with 2025-03-26 and went with the next one.
constexpr Revision kRevisions[] = {
    {.name = "2025-11-25",
     .annotations = true,
     .structured = true,
     .arguments_to_tool = true,
     .error_without_id = true},
    {.name = "2025-06-18", .annotations = true, .structured = true},
    {.name = "2025-03-26", .batches = true, .annotations = true},
    {.name = "2024-11-05"},
    {.name = "2024-10-07"},
};

}  // namespace

const Revision& negotiate(std::string_view wanted) {
  const auto* const found =
      std::find_if(std::begin(kRevisions), std::end(kRevisions),
                   [&](const Revision& revision) { return revision.name == wanted; });
  return found == std::end(kRevisions) ? kRevisions[0] : *found;
}

}  // namespace tome::mcp
