// SPDX-License-Identifier: GPL-2.0-or-later
// The other side of an Extractor: answers its requests, one after the other.
#pragma once

#include <string_view>

#include "extract/extract.h"
#include "tome/result.h"

namespace tome {

using Reading = Result<Document> (*)(std::string_view name, Format format, std::string_view bytes);
using Unpacking = Result<Document> (*)(std::string_view bytes);

// Says kHello, then answers what comes from the socket `fd` with what `read` or, for kUnpack,
// `unpack` makes of it, until the other side is gone; false when it was cut short. Memory that ran
// out is an answer.
bool serve(int fd, Reading read, Unpacking unpack);

}  // namespace tome
