// SPDX-License-Identifier: GPL-2.0-or-later
// What holds for every Document and for what structure() makes of it.
#pragma once

#include <cstddef>
#include <string>

#include "extract/document.h"
#include "tome/result.h"

namespace tome::fuzz {

// The first thing that extract/document.h promises and that is not so; empty when there is none.
std::string broken_promise(const Document& document);

// Aborts unless the document keeps all promises, is no longer than `bytes` of input can tell, and
// so do its passages. An error must say something.
void check(const Result<Document>& document, std::size_t bytes);

void check_structure(const Document& document);

}  // namespace tome::fuzz
