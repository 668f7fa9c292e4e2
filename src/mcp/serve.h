// SPDX-License-Identifier: GPL-2.0-or-later
// The session over two file descriptors: a message a line in, an answer a line out.
#pragma once

#include "mcp/session.h"
#include "tome/result.h"

namespace tome::mcp {

// Answers until `in` ends or nobody reads `out` any more. kIo when reading or writing fails.
Status serve(Session& session, int in, int out);

}  // namespace tome::mcp
