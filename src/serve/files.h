// SPDX-License-Identifier: GPL-2.0-or-later
// The original files, with --allow-files: by source ID alone, never by a path of a request.
#pragma once

#include <string>
#include <string_view>

#include "serve/contents.h"
#include "serve/message.h"

namespace tome {

// The file of the source with this ID; status 404 when there is none. Symbolic links within the
// root are not followed, as they are not when indexing. Only PDF, plain text and images may be
// shown by the browser; all else is to be saved, and nothing of it may run (CSP sandbox).
Response file_response(const Contents& contents, std::string_view source);

}  // namespace tome
