// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a Document is what extract/document.h says. One pass over its text.
#pragma once

#include <string>

#include "extract/document.h"

namespace tome {

// The first fault, in words; empty when there is none.
std::string fault_of(const Document& document);

}  // namespace tome
