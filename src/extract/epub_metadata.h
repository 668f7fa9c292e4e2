// SPDX-License-Identifier: GPL-2.0-or-later
// <metadata> of a package document (EPUB 2 and 3) -> WorkInfo. Safe from any thread.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "tome/work.h"

namespace tome::epub {

// What the package says of the book; kind is always kBook. What it does not say stays empty.
WorkInfo read_metadata(pugi::xml_node package);

}  // namespace tome::epub
